/* Stories of terminals: kinds, colours, locales, the mouse; and places that are none. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "terminal/story.h"

static bool ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static void leave(struct terminal *t)
{
	terminal_type(t, "Q");
	terminal_must(t, terminal_end(t) == 0);
	terminal_clean(t);
	terminal_free(t);
}

static struct terminal *drift_on(const char *term, const char *const *env, const char *const *words)
{
	static const char *const usual[] = { "demo.clv", NULL };
	struct terminal *t = story_start((struct terminal_ask){ .term = term, .env = env, .words = words ? words : usual }, NULL);
	terminal_type(t, "6");
	terminal_idle(t);
	terminal_must(t, strstr(terminal_row(t, 1), "Drift"));
	return t;
}

static void colours(const char *term, const char *const *env, const char *const *words, bool wanted)
{
	struct terminal *t = drift_on(term, env, words);
	if (terminal_coloured(t) != wanted)
		terminal_fail(t, "%s: colours are %s", term ? term : "xterm-256color", wanted ? "missing" : "there");
	leave(t);
}

static void with_colours(void)
{
	colours(NULL, NULL, NULL, true);
	colours("xterm", NULL, NULL, true);
	colours("screen-256color", NULL, NULL, true);
	colours("tmux-256color", NULL, NULL, true);
	colours("linux", NULL, NULL, true);
}

static void without_colours(void)
{
	static const char *const no_color[] = { "NO_COLOR=1", NULL }, *const empty[] = { "NO_COLOR=", NULL }, *const off[] = { "CLICOLOR=0", NULL };
	static const char *const force[] = { "CLICOLOR=0", "CLICOLOR_FORCE=1", NULL };
	static const char *const never[] = { "--color", "never", "demo.clv", NULL }, *const always[] = { "--color=always", "demo.clv", NULL };
	colours(NULL, no_color, NULL, false);
	colours(NULL, empty, NULL, true);
	colours(NULL, off, NULL, false);
	colours(NULL, force, NULL, true);
	colours(NULL, NULL, never, false);
	colours(NULL, no_color, always, true);
	colours("xterm-mono", NULL, NULL, false);
	colours("vt100", NULL, NULL, false);
}

static void glyphs(const char *term, const char *const *env, const char *const *words, bool wanted)
{
	struct terminal *t = drift_on(term, env, words);
	if (ascii(terminal_text(t)) != wanted)
		terminal_fail(t, "%s: what is drawn is %sASCII", term ? term : "xterm-256color", wanted ? "not " : "");
	leave(t);
}

static void plain_glyphs(void)
{
	static const char *const c[] = { "LC_ALL=C", NULL }, *const latin[] = { "LC_ALL", "LANG=xx_XX.ISO-8859-1", NULL };
	static const char *const utf8[] = { "LC_ALL=xx_XX.UTF-8", NULL };
	static const char *const ask[] = { "--glyphs", "ascii", "demo.clv", NULL };
	static const char *const set[] = { "--set", "screen.glyphs=ascii", "demo.clv", NULL };
	glyphs(NULL, NULL, NULL, false);
	glyphs(NULL, c, NULL, true);
	glyphs(NULL, latin, NULL, true);
	glyphs(NULL, utf8, NULL, false);
	glyphs(NULL, NULL, ask, true);
	glyphs(NULL, NULL, set, true);
	glyphs("vt100", c, NULL, true);
	glyphs("vt220", NULL, NULL, true);
	glyphs("linux", NULL, NULL, true);
	glyphs("screen", NULL, NULL, false);
	glyphs("tmux", NULL, NULL, false);
}

static void none(const char *term, const char *const *env, const char *says)
{
	struct terminal *t = terminal_start(&(struct terminal_ask){ .term = term, .env = env, .words = (const char *const[]){ "demo.clv", NULL } });
	terminal_must(t, terminal_end(t) == 2);
	terminal_expect(t, says);
	terminal_expect(t, "--batch");
	terminal_clean(t);
	terminal_free(t);
}

static void no_terminal(void)
{
	static const char *const unset[] = { "TERM", NULL };
	none("dumb", NULL, "TERM is dumb");
	none(NULL, unset, "TERM is not set");
	none("nosuchterm", NULL, "is not known here");
}

static void mouse(void)
{
	static const char *const off[] = { "--set", "screen.mouse=false", "demo.clv", NULL };
	size_t           n;
	struct terminal *t = story_open("demo.clv");
	const char      *on = terminal_stream(t, &n);
	terminal_must(t, memmem(on, n, "\033[?1006;1000h", 13));
	terminal_click(t, 3, 7);
	terminal_sync(t);
	leave(t);
	t = story_start((struct terminal_ask){ .words = off }, NULL);
	const char *stream = terminal_stream(t, &n);
	terminal_must(t, !memmem(stream, n, "\033[?1006;1000h", 13));
	leave(t);
}

static void title(void)
{
	struct terminal *t = story_open("demo.clv");
	terminal_idle(t);
	terminal_must(t, *terminal_title(t) && ascii(terminal_title(t)));
	leave(t);
}

/* A copy goes to the terminal's clipboard, or into a file where it has none. */
static void copies(void)
{
	static const char *const env[] = { "XDG_RUNTIME_DIR", "TMPDIR=/tmp", NULL };
	struct terminal *t = drift_on(NULL, env, NULL);
	char             file[64];
	terminal_type(t, "4");
	terminal_idle(t);
	terminal_do(t, "yc");
	terminal_must(t, *terminal_copied(t));
	terminal_expect(t, "copied: ");
	leave(t);
	t = drift_on("vt220", env, NULL);
	snprintf(file, sizeof file, "/tmp/clv-copied-%d.txt", terminal_pid(t));
	terminal_type(t, "4");
	terminal_idle(t);
	terminal_do(t, "yc");
	terminal_must(t, !*terminal_copied(t));
	terminal_expect(t, "kept in /tmp/clv-copied-");
	struct stat st;
	terminal_must(t, !stat(file, &st) && (st.st_mode & 0777) == 0600);
	unlink(file);
	leave(t);
}

static const struct story stories[] = {
	{ "colours where there are some", with_colours },
	{ "no colours where none are wanted", without_colours },
	{ "ASCII where there is no more", plain_glyphs },
	{ "no terminal: one sentence", no_terminal },
	{ "the mouse on and off", mouse },
	{ "the terminal's title", title },
	{ "copies", copies },
	{ NULL, NULL },
};

const struct stories kinds_stories = { .name = "kinds", .story = stories };
