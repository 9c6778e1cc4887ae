/* The terminal through ncursesw, and the only file that knows it: grids out, raw input in. Decides nothing about keys or panes.
 * ncurses keeps one terminal per process; struct terminal is what this file knows beside it. */
#include "config.h"

#include "tui/terminal_priv.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <ncursesw/curses.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "tui/signals_priv.h"

#define COPY_MOST 74994 /* bytes of OSC 52 that every terminal which knows it takes, in base 64 */

/* Codes of sequences that ncurses has no key for. */
enum { KEY_OF_PASTE_ON = KEY_MAX + 1, KEY_OF_PASTE_OFF, KEY_OF_FOCUS, KEY_OF_SYNC_IDLE, KEY_OF_SYNC_NOW };
enum { PAIR_GOOD = 1, PAIR_WARN, PAIR_BAD };

struct terminal {
	SCREEN    *screen;
	WINDOW    *pad;       /* read from: reading from a window with changes would draw it */
	bool       colours, mouse, modern, utf8;
	bool       copies;    /* takes OSC 52 */
	bool       away;      /* given back for a while */
	struct str title;     /* as last written */
	struct str rescue;
};

/* --- what is there ---------------------------------------------------------------------------- */

/* The locale of characters alone: numbers stay what they are everywhere. A locale that is not installed but says UTF-8 is meant. */
static bool locale_is_utf8(void)
{
	if (!setlocale(LC_CTYPE, "")) {
		const char *all = getenv("LC_ALL"), *ctype = getenv("LC_CTYPE"), *lang = getenv("LANG");
		const char *name = all && *all ? all : ctype && *ctype ? ctype : lang ? lang : "";
		if (strstr(name, "UTF-8") || strstr(name, "utf8"))
			setlocale(LC_CTYPE, "C.UTF-8");
	}
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

static bool starts(const char *s, const char *head)
{
	return !strncmp(s, head, strlen(head));
}

/* A string of terminfo; NULL when the terminal has none. */
static const char *capability(const char *name)
{
	char *s = tigetstr(name);
	return s && s != (char *)-1 && *s ? s : NULL;
}

/* Does it say so (Ms), or is it one of those that are known for it? */
static bool takes_copies(void)
{
	static const char *const known[] = { "xterm", "tmux", "screen", "alacritty", "kitty", "foot", "wezterm", "ghostty", "contour", "mintty", "rio", "iterm" };
	const char              *term = getenv("TERM");
	bool                     named = capability("Ms") != NULL;
	for (size_t i = 0; term && i < sizeof known / sizeof known[0]; i++)
		named = named || starts(term, known[i]);
	return named && capability("kmous");
}

static enum rc no_terminal(enum rc rc)
{
	return err_do(rc, "clv --batch demo, clv --batch run FILE.csv and clv --snapshot home work without one");
}

enum rc terminal_check(enum glyphs *glyphs)
{
	const char *term = getenv("TERM");
	int         known = 0;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return no_terminal(err_set(RC_USAGE, "CMD-180", "the workbench needs a terminal, and there is none"));
	if (!term || !*term || !strcmp(term, "dumb"))
		return no_terminal(err_set(RC_USAGE, "CMD-181", "the workbench needs a terminal; TERM is %s",
		                           term && *term ? term : "not set"));
	bool addresses = setupterm(term, STDOUT_FILENO, &known) == OK && known == 1 && capability("cup");
	if (known == 1)
		del_curterm(set_curterm(NULL));
	if (!addresses)
		return no_terminal(err_set(RC_USAGE, "CMD-181", "the workbench needs a terminal; TERM '%s' %s", term,
		                           known == 1 ? "cannot place its cursor" : "is not known here"));
	bool plain = starts(term, "vt") || starts(term, "linux");
	*glyphs = locale_is_utf8() && !plain ? GLYPHS_UNICODE : GLYPHS_ASCII;
	return RC_OK;
}

static bool set_and(const char *name, const char *not)
{
	const char *v = getenv(name);
	return v && *v && strcmp(v, not) != 0;
}

/* The option and the setting first, then what is agreed among programs: NO_COLOR, CLICOLOR_FORCE, CLICOLOR=0. */
static bool wants_colours(const char *choice)
{
	const char *clicolor = getenv("CLICOLOR");
	if (strcmp(choice, "auto") != 0)
		return !strcmp(choice, "always");
	if (set_and("NO_COLOR", ""))
		return false;
	return set_and("CLICOLOR_FORCE", "0") || !clicolor || strcmp(clicolor, "0") != 0;
}

/* --- taking and giving back ------------------------------------------------------------------- */

/* Terminfo strings carry delays as $<5>; in a crash nobody waits. */
static void add_rescue(struct str *t, const char *name)
{
	const char *s = capability(name);
	while (s && *s) {
		const char *delay = starts(s, "$<") ? strchr(s, '>') : NULL;
		if (!delay)
			str_add_char(t, *s);
		s = delay ? delay + 1 : s + 1;
	}
}

static void make_rescue(struct terminal *t)
{
	static const char *const caps[] = { "rmacs", "sgr0", "op", "rmkx", "cnorm", "rmcup" };
	if (t->mouse)
		str_add(&t->rescue, "\033[?1000l\033[?1002l\033[?1003l\033[?1006l");
	if (t->modern)
		str_add(&t->rescue, "\033[?2004l\033[23;2t");
	for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++)
		add_rescue(&t->rescue, caps[i]);
	str_add(&t->rescue, "\r\n");
}

static void define_keys(bool test)
{
	static const struct { const char *bytes; int code; } keys[] = {
		{ "\033[200~", KEY_OF_PASTE_ON }, { "\033[201~", KEY_OF_PASTE_OFF }, { "\033[I", KEY_OF_FOCUS }, { "\033[O", KEY_OF_FOCUS },
		{ "\033[A", KEY_UP }, { "\033[B", KEY_DOWN }, { "\033[C", KEY_RIGHT }, { "\033[D", KEY_LEFT },
		{ "\033OA", KEY_UP }, { "\033OB", KEY_DOWN }, { "\033OC", KEY_RIGHT }, { "\033OD", KEY_LEFT },
		{ "\033[H", KEY_HOME }, { "\033OH", KEY_HOME }, { "\033[1~", KEY_HOME }, { "\033[7~", KEY_HOME },
		{ "\033[F", KEY_END }, { "\033OF", KEY_END }, { "\033[4~", KEY_END }, { "\033[8~", KEY_END },
		{ "\033[2~", KEY_IC }, { "\033[3~", KEY_DC }, { "\033[5~", KEY_PPAGE }, { "\033[6~", KEY_NPAGE }, { "\033[Z", KEY_BTAB },
	};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		define_key(keys[i].bytes, keys[i].code);
	if (test) {
		define_key("\033[7001~", KEY_OF_SYNC_IDLE);
		define_key("\033[7002~", KEY_OF_SYNC_NOW);
	}
}

/* What ncurses does not know of: written past it, right behind what it wrote. */
static void switch_on(struct terminal *t)
{
	wnoutrefresh(stdscr);
	doupdate();
	if (t->modern && t->away)
		terminal_write(t, "\033[22;2t", 7);
	if (t->modern)
		terminal_write(t, "\033[?2004h", 8);
	t->away = false;
}

/* Also from the background: a shell that took the terminal back must not find this program stopped for ever. */
static void switch_off(struct terminal *t)
{
	sigset_t kept;
	signals_hold(&kept);
	if (t->modern)
		terminal_write(t, "\033[?2004l\033[23;2t", 15);
	str_clear(&t->title);
	t->away = true;
	endwin();
	signals_release(&kept);
}

static void start_colours(struct terminal *t, const char *choice)
{
	t->colours = wants_colours(choice) && has_colors() && start_color() == OK && use_default_colors() == OK &&
	             init_pair(PAIR_GOOD, COLOR_GREEN, -1) == OK && init_pair(PAIR_WARN, COLOR_YELLOW, -1) == OK &&
	             init_pair(PAIR_BAD, COLOR_RED, -1) == OK;
}

static void start_mouse(struct terminal *t, bool wanted)
{
	if (!wanted || !capability("kmous"))
		return;
	mouseinterval(0); /* a click is told at once; two of them are put together elsewhere */
	t->mouse = mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL) != 0;
}

/* None of the calls below that may fail on a small terminal is needed by what follows. */
enum rc terminal_open(const struct settings *settings, bool test, struct terminal **out)
{
	struct terminal *t = mem_new(1, sizeof *t);
	int              width, height;
	t->utf8 = locale_is_utf8();
	t->away = true;
	t->screen = newterm(NULL, stdout, stdin);
	if (!t->screen) {
		free(t);
		return no_terminal(err_set(RC_USAGE, "CMD-181", "the terminal could not be opened as '%s'", getenv("TERM")));
	}
	set_escdelay((int)settings_int(settings, "screen.escape_ms"));
	raw();
	noecho();
	nonl();
	t->pad = newpad(1, 1);
	keypad(t->pad, TRUE);
	nodelay(t->pad, TRUE);
	meta(t->pad, TRUE);
	define_keys(test);
	t->modern = capability("kmous") != NULL;
	t->copies = takes_copies();
	start_colours(t, settings_text(settings, "screen.color"));
	start_mouse(t, settings_bool(settings, "screen.mouse"));
	make_rescue(t);
	terminal_size(t, &width, &height);
	switch_on(t);
	*out = t;
	return RC_OK;
}

void terminal_close(struct terminal *t)
{
	if (!t)
		return;
	switch_off(t);
	delwin(t->pad);
	delscreen(t->screen);
	str_clear(&t->rescue);
	free(t);
}

void terminal_suspend(struct terminal *t)
{
	switch_off(t);
}

void terminal_resume(struct terminal *t)
{
	reset_prog_mode();
	clearok(curscr, TRUE);
	switch_on(t);
}

const char *terminal_rescue(const struct terminal *t, size_t *n)
{
	*n = t->rescue.n;
	return t->rescue.s;
}

void terminal_size(struct terminal *t, int *width, int *height)
{
	struct winsize size;
	int            high = LINES, wide = COLS;
	(void)t;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_row && size.ws_col) {
		high = size.ws_row;
		wide = size.ws_col;
	}
	if (high != LINES || wide != COLS) {
		resizeterm(high, wide);
		clearok(curscr, TRUE);
	}
	*width = wide;
	*height = high;
}

void terminal_redraw(struct terminal *t)
{
	(void)t;
	clearok(curscr, TRUE);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static attr_t look(const struct terminal *t, unsigned style, short *pair)
{
	attr_t a = (style & STYLE_BOLD ? A_BOLD : 0) | (style & STYLE_DIM ? A_DIM : 0) | (style & STYLE_REVERSE ? A_REVERSE : 0);
	bool   speaks = style & (STYLE_WARN | STYLE_BAD);
	*pair = 0;
	if (!t->colours)
		return a | (speaks ? A_BOLD : 0);
	*pair = style & STYLE_BAD ? PAIR_BAD : style & STYLE_WARN ? PAIR_WARN : style & STYLE_GOOD ? PAIR_GOOD : 0;
	return a;
}

/* Lines go through the terminal's own set, which it may have where it has no Unicode. */
static const cchar_t *line(wchar_t c)
{
	switch (c) {
	case 0x2500: return WACS_HLINE;
	case 0x2502: return WACS_VLINE;
	case 0x250C: return WACS_ULCORNER;
	case 0x2510: return WACS_URCORNER;
	case 0x2514: return WACS_LLCORNER;
	case 0x2518: return WACS_LRCORNER;
	case 0x251C: return WACS_LTEE;
	case 0x2524: return WACS_RTEE;
	case 0x252C: return WACS_TTEE;
	case 0x2534: return WACS_BTEE;
	case 0x253C: return WACS_PLUS;
	default: return NULL;
	}
}

/* A cell's characters. One whose width the system does not agree upon would shift the row: it is shown as '?'. */
static void characters(const struct terminal *t, const struct cell *c, wchar_t out[CCHARW_MAX + 1])
{
	size_t n = strlen(c->text), k = 0;
	for (size_t i = 0, step; i < n && k < CCHARW_MAX; i += step) {
		uint32_t cp;
		step = str_utf8_next(c->text + i, n - i, &cp);
		int width = step && (t->utf8 || cp < 0x80) ? wcwidth((wchar_t)cp) : -1;
		if (!k && width != c->width)
			cp = '?';
		else if (k && width != 0)
			break;
		out[k++] = (wchar_t)cp;
		step = step ? step : 1;
		if (cp == '?')
			break;
	}
	if (!k)
		out[k++] = L' ';
	out[k] = L'\0';
}

static void draw_cell(const struct terminal *t, const struct cell *c, int x, int y)
{
	wchar_t text[CCHARW_MAX + 1];
	cchar_t drawn;
	short   pair, no_pair;
	attr_t  own = look(t, c->style, &pair), of_line = 0;
	characters(t, c, text);
	const cchar_t *ruled = line(text[0]);
	if (ruled)
		getcchar(ruled, text, &of_line, &no_pair, NULL);
	setcchar(&drawn, text, own | of_line, pair, NULL);
	mvadd_wch(y, x, &drawn); /* the last cell of the screen is drawn although it says ERR */
	if (c->width == 2 && text[0] == L'?')
		mvadd_wch(y, x + 1, &drawn);
}

/* Only a title that cannot steer anything gets here; it is cut all the same. */
static void draw_title(struct terminal *t, const char *title)
{
	char safe[256];
	if (!t->modern || !title || (t->title.s && !strcmp(t->title.s, title)))
		return;
	str_clear(&t->title);
	str_add(&t->title, title);
	struct str out = { 0 };
	str_copy_visible(safe, sizeof safe, title, strlen(title));
	str_addf(&out, "\033]2;%s\a", safe);
	terminal_write(t, out.s, out.n);
	str_clear(&out);
}

void terminal_draw(struct terminal *t, const struct grid *g, int x, int y, const char *title)
{
	erase();
	for (int row = 0; row < g->height && row < LINES; row++)
		for (int column = 0; column < g->width && column < COLS; column++) {
			const struct cell *c = grid_cell(g, column, row);
			if (c->width && (*c->text || c->style))
				draw_cell(t, c, column, row);
		}
	bool shown = x >= 0 && y >= 0 && x < COLS && y < LINES;
	curs_set(shown ? 1 : 0);
	move(shown ? y : LINES - 1, shown ? x : 0);
	wnoutrefresh(stdscr);
	doupdate();
	draw_title(t, title);
}

void terminal_write(struct terminal *t, const char *bytes, size_t n)
{
	(void)t;
	while (n) {
		ssize_t done = write(STDOUT_FILENO, bytes, n);
		if (done < 0 && errno != EINTR)
			return; /* the terminal went away: the reading side will say so */
		bytes += done > 0 ? done : 0;
		n -= done > 0 ? (size_t)done : 0;
	}
}

bool terminal_copy(struct terminal *t, const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)text;
	size_t               n = strlen(text);
	struct str           out = { 0 };
	if (!t->copies || (n + 2) / 3 * 4 > COPY_MOST)
		return false;
	str_add(&out, "\033]52;c;");
	for (size_t i = 0; i < n; i += 3) {
		unsigned three = (unsigned)s[i] << 16 | (i + 1 < n ? (unsigned)s[i + 1] << 8 : 0) | (i + 2 < n ? s[i + 2] : 0);
		str_add_char(&out, digits[three >> 18]);
		str_add_char(&out, digits[three >> 12 & 63]);
		str_add_char(&out, i + 1 < n ? digits[three >> 6 & 63] : '=');
		str_add_char(&out, i + 2 < n ? digits[three & 63] : '=');
	}
	str_add_char(&out, '\a');
	terminal_write(t, out.s, out.n);
	str_clear(&out);
	return true;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void read_mouse(struct raw *out)
{
	MEVENT e;
	out->kind = RAW_OTHER;
	if (getmouse(&e) != OK)
		return;
	out->x = e.x;
	out->y = e.y;
	if (e.bstate & BUTTON4_PRESSED)
		out->kind = RAW_WHEEL_UP;
	else if (e.bstate & BUTTON5_PRESSED)
		out->kind = RAW_WHEEL_DOWN;
	else if (e.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON1_DOUBLE_CLICKED))
		out->kind = RAW_PRESS;
}

static const char *name_of(int code)
{
	static const struct { int code; const char *name; } keys[] = {
		{ KEY_UP, "Up" }, { KEY_DOWN, "Down" }, { KEY_LEFT, "Left" }, { KEY_RIGHT, "Right" }, { KEY_HOME, "Home" }, { KEY_END, "End" },
		{ KEY_PPAGE, "PgUp" }, { KEY_NPAGE, "PgDn" }, { KEY_A1, "Home" }, { KEY_A3, "PgUp" }, { KEY_C1, "End" }, { KEY_C3, "PgDn" },
		{ KEY_BACKSPACE, "Backspace" }, { KEY_DC, "Delete" }, { KEY_IC, "Insert" }, { KEY_BTAB, "S-Tab" }, { KEY_ENTER, "Enter" },
	};
	static const char *const f[] = { "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12" };
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].code == code)
			return keys[i].name;
	return code >= KEY_F(1) && code <= KEY_F(12) ? f[code - KEY_F(1)] : NULL;
}

void terminal_read(struct terminal *t, struct raw *out)
{
	int code = wgetch(t->pad);
	*out = (struct raw){ .kind = RAW_OTHER };
	if (code == ERR)
		out->kind = RAW_NONE;
	else if (code == KEY_MOUSE)
		read_mouse(out);
	else if (code == KEY_OF_PASTE_ON || code == KEY_OF_PASTE_OFF)
		out->kind = code == KEY_OF_PASTE_ON ? RAW_PASTE_ON : RAW_PASTE_OFF;
	else if (code == KEY_OF_SYNC_IDLE || code == KEY_OF_SYNC_NOW)
		out->kind = code == KEY_OF_SYNC_IDLE ? RAW_SYNC_IDLE : RAW_SYNC_NOW;
	else if (code >= 0 && code <= 0xFF) {
		out->kind = RAW_BYTE;
		out->byte = (unsigned char)code;
	} else if ((out->name = name_of(code)))
		out->kind = RAW_KEY;
}
