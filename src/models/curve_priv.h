/* What the files of the curves share. */
#ifndef CLV_MODELS_CURVE_PRIV_H
#define CLV_MODELS_CURVE_PRIV_H

#include "models/curve.h"

/* Room for `more` points behind those that are there. RC_NOMEM. */
enum rc curves_grow(struct arena *a, struct curves *c, size_t more);

#endif
