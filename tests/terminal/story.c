/* Tells the stories of one group and counts them as TAP. story GROUP [NAME]: NAME alone. */
#include "config.h"

#include "terminal/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct stories *const groups[] = { &look_stories, &leave_stories, &kinds_stories, &work_stories };

struct terminal *story_start(struct terminal_ask ask, const char *word)
{
	const char *const words[] = { word, NULL };
	if (!ask.words)
		ask.words = words;
	struct terminal *t = terminal_start(&ask);
	if (!ask.unwatched) {
		terminal_ready(t);
		terminal_sync(t);
	}
	return t;
}

struct terminal *story_open(const char *store)
{
	return story_start((struct terminal_ask){ 0 }, store);
}

static int run(const char *command)
{
	fflush(stdout);
	int status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void story_copy(const char *from, const char *to)
{
	char command[512];
	snprintf(command, sizeof command, "cp %s %s", from, to);
	run(command);
}

int story_batch(const char *words)
{
	char command[2048];
	snprintf(command, sizeof command, "CLV_TEST=1 CLV_NOW=2026-11-20T12:00:00Z \"$CLV\" --batch %s >said 2>&1", words);
	return run(command);
}

long story_number(const char *store, const char *sql)
{
	char  words[1024], line[64] = "";
	long  number = -1;
	snprintf(words, sizeof words, "-s %s --format csv sql '%s'", store, sql);
	FILE *f = story_batch(words) ? NULL : fopen("said", "r");
	while (f && fgets(line, sizeof line, f)) {
		char *end;
		long  v = strtol(line, &end, 10);
		number = end > line ? v : number;
	}
	if (f)
		fclose(f);
	return number;
}

static bool told(const struct story *s)
{
	fflush(stdout);
	pid_t child = fork();
	if (!child) {
		alarm(600);
		s->tell();
		fflush(stdout);
		_exit(0);
	}
	int status = 1;
	waitpid(child, &status, 0);
	return status == 0;
}

int main(int argc, char **argv)
{
	int number = 0;
	for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
		if (argc < 2 || strcmp(groups[g]->name, argv[1]) != 0)
			continue;
		for (const struct story *s = groups[g]->story; s->name; s++)
			if (argc < 3 || !strcmp(argv[2], s->name))
				printf("%sok %d - %s\n", told(s) ? "" : "not ", ++number, s->name);
	}
	printf("1..%d\n", number);
	return number ? 0 : 1;
}
