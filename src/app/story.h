/* One customer's story: the number taken apart into orders x money x discount, in words. */
#ifndef CLV_APP_STORY_H
#define CLV_APP_STORY_H

#include "app/command.h"

/* Answer `show customer ID`: {customer:{...}, story:[...]}; the text is the story. RC_USAGE when there is no such customer, with the nearest id. */
enum rc story_answer(struct call *call);

#endif
