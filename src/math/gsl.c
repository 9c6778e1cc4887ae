/* The only file that calls GSL: digamma, trigamma, the normal quantile and symmetric eigenvalues. Nothing
 * here computes by itself; the shape of the answers is the rest of the room's business. */
#include "config.h"

#include "math/gsl_priv.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_psi.h>
#include <gsl/gsl_version.h>

#include "math/special.h"

/* Before main: no thread can be inside GSL yet, and no caller can forget it. */
__attribute__((constructor)) static void quiet(void)
{
	gsl_set_error_handler_off();
}

static double checked(int status, const gsl_sf_result *r)
{
	return status == GSL_SUCCESS && isfinite(r->val) ? r->val : NAN;
}

double door_psi(double x)
{
	gsl_sf_result r = { NAN, NAN };

	return checked(gsl_sf_psi_e(x, &r), &r);
}

double door_psi_1(double x)
{
	gsl_sf_result r = { NAN, NAN };

	return checked(gsl_sf_psi_1_e(x, &r), &r);
}

double door_normal_quantile(double p)
{
	double x = gsl_cdf_ugaussian_Pinv(p);

	return isfinite(x) ? x : NAN;
}

bool door_eigen(const double *matrix, size_t n, double *value, double *vector)
{
	gsl_matrix *a = gsl_matrix_alloc(n, n), *v = gsl_matrix_alloc(n, n);
	gsl_vector *e = gsl_vector_alloc(n);
	gsl_eigen_symmv_workspace *work = gsl_eigen_symmv_alloc(n);
	bool good = a && v && e && work;

	for (size_t i = 0; good && i < n * n; i++)
		gsl_matrix_set(a, i / n, i % n, matrix[i]);
	good = good && gsl_eigen_symmv(a, e, v, work) == GSL_SUCCESS &&
	       gsl_eigen_symmv_sort(e, v, GSL_EIGEN_SORT_VAL_ASC) == GSL_SUCCESS;
	for (size_t i = 0; good && i < n; i++) {
		value[i] = gsl_vector_get(e, i);
		good = isfinite(value[i]);
		for (size_t j = 0; j < n; j++)
			vector[i * n + j] = gsl_matrix_get(v, i, j);
	}
	if (work)
		gsl_eigen_symmv_free(work);
	gsl_vector_free(e);
	gsl_matrix_free(v);
	gsl_matrix_free(a);
	return good;
}

const char *special_library(void)
{
	return gsl_version;
}
