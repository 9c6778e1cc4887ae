/* Stories: what a person does at the terminal and sees. Each runs in a process of its own, in a folder with two stores. */
#ifndef CLV_TESTS_STORY_H
#define CLV_TESTS_STORY_H

#include "kit/terminal.h"

struct story {
	const char *name;
	void      (*tell)(void);
};

struct stories {
	const char         *name;
	const struct story *story; /* name NULL ends */
};

extern const struct stories look_stories, leave_stories, kinds_stories, work_stories;

/* The program on a store of the folder: "shop.clv", a small shop after a run; "demo.clv", with a review that waits, where it was made. */
struct terminal *story_open(const char *store);
struct terminal *story_start(struct terminal_ask ask, const char *word);

/* A copy of a store that the story may write to. */
void story_copy(const char *from, const char *to);
/* Run the program without a screen; its exit status. What it says goes to the file `said`. */
int  story_batch(const char *words);
/* The number that a query answers; -1: none. */
long story_number(const char *store, const char *sql);

#endif
