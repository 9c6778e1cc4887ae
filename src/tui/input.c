/* Raw input made into keys, pastes and clicks. No terminal and no workbench here: bytes and names in, values out. */
#include "config.h"

#include "tui/input_priv.h"

#include <stdio.h>
#include <string.h>

#define PASTE_MOST     ((size_t)1 << 20) /* what comes after is dropped */
#define DOUBLE_SECONDS 0.4

static void name(struct input *in, const char *key)
{
	snprintf(in->key, sizeof in->key, "%s", key);
	in->held = 0;
}

/* Length that the first byte of a character announces; 0: it cannot begin one. */
static size_t announced(unsigned char first)
{
	return first < 0x80 ? 1 : first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/* A byte of a character beyond ASCII. Those that make none are dropped. */
static enum input_kind take_part(struct input *in, unsigned char byte)
{
	if ((byte & 0xC0) != 0x80)
		in->held = 0;
	else if (!in->held)
		return INPUT_NONE;
	in->key[in->held++] = (char)byte;
	size_t whole = announced((unsigned char)in->key[0]);
	if (in->held < whole)
		return INPUT_NONE;
	in->key[in->held] = '\0';
	bool valid = whole && str_utf8_valid(in->key, in->held) == in->held;
	in->held = 0;
	return valid ? INPUT_KEY : INPUT_NONE;
}

static enum input_kind take_byte(struct input *in, unsigned char byte)
{
	char one[2] = { (char)byte, '\0' };
	if (byte >= 0x80)
		return take_part(in, byte);
	if (byte == '\r' || byte == '\n')
		name(in, "Enter");
	else if (byte == '\t')
		name(in, "Tab");
	else if (byte == 0x1B)
		name(in, "Esc");
	else if (byte == ' ')
		name(in, "Space");
	else if (byte == 0x7F || byte == 0x08)
		name(in, "Backspace");
	else if (byte >= 0x01 && byte <= 0x1A)
		snprintf(in->key, sizeof in->key, "^%c", 'A' + byte - 1);
	else if (byte < 0x20)
		return INPUT_NONE;
	else
		name(in, one);
	in->held = 0;
	return INPUT_KEY;
}

/* Pasted text keeps its line ends and tabs and no other control. */
static void paste_byte(struct input *in, unsigned char byte)
{
	if (in->text.n >= PASTE_MOST || (byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7F)
		return;
	str_add_char(&in->text, byte == '\r' ? '\n' : (char)byte);
}

/* Bytes that are no UTF-8 do not leave this file. */
static void drop_invalid(struct str *t)
{
	struct str clean = { 0 };
	for (size_t i = 0; i < t->n;) {
		size_t good = str_utf8_valid(t->s + i, t->n - i);
		str_add_span(&clean, t->s + i, good);
		i += good + 1;
	}
	str_clear(t);
	*t = clean;
}

enum input_kind input_end_paste(struct input *in)
{
	if (!in->pasting)
		return INPUT_NONE;
	in->pasting = false;
	drop_invalid(&in->text);
	str_add(&in->text, "");
	return INPUT_PASTE;
}

static enum input_kind take_press(struct input *in, const struct raw *raw, double now)
{
	bool again = in->pressed_at > 0 && now - in->pressed_at < DOUBLE_SECONDS && raw->x == in->pressed_x && raw->y == in->pressed_y;
	in->mouse = again ? MOUSE_DOUBLE : MOUSE_CLICK;
	in->pressed_at = again ? 0 : now;
	in->pressed_x = raw->x;
	in->pressed_y = raw->y;
	return INPUT_MOUSE;
}

static enum input_kind take_pasted(struct input *in, const struct raw *raw)
{
	if (raw->kind == RAW_BYTE)
		paste_byte(in, raw->byte);
	else if (raw->kind == RAW_KEY && !strcmp(raw->name, "Enter"))
		paste_byte(in, '\n');
	return raw->kind == RAW_PASTE_OFF ? input_end_paste(in) : INPUT_NONE;
}

enum input_kind input_take(struct input *in, const struct raw *raw, double now)
{
	in->x = raw->x;
	in->y = raw->y;
	if (raw->kind == RAW_SYNC_IDLE || raw->kind == RAW_SYNC_NOW) {
		in->pasting = false;
		return raw->kind == RAW_SYNC_IDLE ? INPUT_SYNC_IDLE : INPUT_SYNC_NOW;
	}
	if (in->pasting)
		return take_pasted(in, raw);
	switch (raw->kind) {
	case RAW_BYTE:
		return take_byte(in, raw->byte);
	case RAW_KEY:
		name(in, raw->name);
		return INPUT_KEY;
	case RAW_PRESS:
		return take_press(in, raw, now);
	case RAW_WHEEL_UP:
	case RAW_WHEEL_DOWN:
		in->mouse = raw->kind == RAW_WHEEL_UP ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN;
		return INPUT_MOUSE;
	case RAW_PASTE_ON:
		in->pasting = true;
		str_clear(&in->text);
		return INPUT_NONE;
	default:
		return INPUT_NONE;
	}
}

void input_clear(struct input *in)
{
	str_clear(&in->text);
	*in = (struct input){ 0 };
}
