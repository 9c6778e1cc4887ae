/* make accuracy, the part of covariates. */
#ifndef CLV_TESTS_MODELS_ACCURACY_EFFECT_H
#define CLV_TESTS_MODELS_ACCURACY_EFFECT_H

/* What covariates are worth in a holdout, whether fits find the coefficients that so many simulated shops were made from, and what a fit of a
 * million customers costs. Prints. */
void accuracy_effects(unsigned shops);

#endif
