/* Accuracy of the special functions: values in 40 digits (mpmath 1.3, rounded to 20) at ordinary points and at the edges. The largest error of
 * each function is printed and held against what special.h states; of logarithms it is relative to 1 and more. */
#include "config.h"

#include "near.h"

#include <stdio.h>
#include <string.h>

#include "math/special.h"

#define ARGS 6

struct point { const char *name; double arg[ARGS], value; };

static const struct point points[] = {
	{ "log_gamma", { 1e-08 }, 18.420680738180208884 },
	{ "digamma", { 1e-08 }, -100000000.57721564636 },
	{ "trigamma", { 1e-08 }, 10000000000000001.226 },
	{ "log_gamma", { 0.001 }, 6.9071788853838536617 },
	{ "digamma", { 0.001 }, -1000.5755719318102797 },
	{ "trigamma", { 0.001 }, 1000001.6425331958273 },
	{ "log_gamma", { 0.25 }, 1.2880225246980774574 },
	{ "digamma", { 0.25 }, -4.2274535333762654081 },
	{ "trigamma", { 0.25 }, 17.197329154507110739 },
	{ "log_gamma", { 0.999999 }, 5.7721648738556523794e-7 },
	{ "digamma", { 0.999999 }, -0.57721730983680181412 },
	{ "trigamma", { 0.999999 }, 1.6449364709652797986 },
	{ "log_gamma", { 1.5 }, -0.12078223763524522235 },
	{ "digamma", { 1.5 }, 0.036489973978576520559 },
	{ "trigamma", { 1.5 }, 0.93480220054467930942 },
	{ "log_gamma", { 2.0 }, 0.0 },
	{ "digamma", { 2.0 }, 0.42278433509846713939 },
	{ "trigamma", { 2.0 }, 0.64493406684822643647 },
	{ "log_gamma", { 17.3 }, 31.515624178175291864 },
	{ "digamma", { 17.3 }, 2.8215264235398670628 },
	{ "trigamma", { 17.3 }, 0.059506256436290675813 },
	{ "log_gamma", { 10000.0 }, 82099.717496442377273 },
	{ "digamma", { 10000.0 }, 9.2102903711428494036 },
	{ "trigamma", { 10000.0 }, 0.00010000500016666666633 },
	{ "log_gamma", { 10000000000.0 }, 220258509288.81058147 },
	{ "digamma", { 10000000000.0 }, 23.02585092989045684 },
	{ "trigamma", { 10000000000.0 }, 1.00000000005e-10 },
	{ "log_gamma_ratio", { 0.001, 1.0 }, -6.9077552789821370312 },
	{ "digamma_diff", { 0.001, 1.0 }, 999.99999999999997918 },
	{ "log_gamma_ratio", { 0.25, 3.0 }, -0.35222059358935209911 },
	{ "digamma_diff", { 0.25, 3.0 }, 5.2444444444444444444 },
	{ "log_gamma_ratio", { 0.25, 450.0 }, 2297.2649931700532543 },
	{ "digamma_diff", { 0.25, 450.0 }, 10.336145612196860898 },
	{ "log_gamma_ratio", { 6.5, 0.5 }, 0.91668915215295946654 },
	{ "digamma_diff", { 6.5, 0.5 }, 0.079873004698534197478 },
	{ "log_gamma_ratio", { 100000.0, 7.0 }, 80.590688250241745935 },
	{ "digamma_diff", { 100000.0, 7.0 }, 0.000069997900090995590227 },
	{ "log_gamma_ratio", { 1000000000.0, 250.0 }, 5180.8164903616002005 },
	{ "digamma_diff", { 1000000000.0, 250.0 }, 2.4999996887500517712e-7 },
	{ "log_gamma_ratio", { 3000000.0, 10000.0 }, 149157.87498137945347 },
	{ "digamma_diff", { 3000000.0, 10000.0 }, 0.0033277906463845866035 },
	{ "log_beta", { 0.001, 0.001 }, 7.6009008170083473785 },
	{ "log_beta", { 0.8, 2.5 }, -0.55035602902197792828 },
	{ "log_beta", { 0.001, 1000000.0 }, 6.8933633753253894704 },
	{ "log_beta", { 500.0, 0.3 }, -0.7683744067380001158 },
	{ "log_beta", { 10000000.0, 2.2 }, -35.362863097317660044 },
	{ "log_beta", { 100000.0, 100000.0 }, -138633.92706134806235 },
	{ "log_add", { 0.0, -40.0 }, 4.2483542552915889863e-18 },
	{ "log_sub", { 0.0, -40.0 }, -4.2483542552915890044e-18 },
	{ "log_add", { 3.0, 2.9999999 }, 3.6931471305599466412 },
	{ "log_sub", { 3.0, 2.9999999 }, -13.118095702594898163 },
	{ "log_add", { -700.0, -700.5 }, -699.52592301581989332 },
	{ "log_sub", { -700.0, -700.5 }, -700.93275212956718857 },
	{ "log_add", { 800.0, 10.0 }, 800.0 },
	{ "log_sub", { 800.0, 10.0 }, 800.0 },
	{ "log1m_exp", { -1e-12 }, -27.631021115929048228 },
	{ "log1m_exp", { -0.3 }, -1.3502256128148467113 },
	{ "log1m_exp", { -0.7 }, -0.6863410028083851535 },
	{ "log1m_exp", { -40.0 }, -4.2483542552915890044e-18 },
	{ "log_2f1_one", { 0.5, 1.5, 0.3 }, 0.11605175286692618219 },
	{ "log_2f1_one", { 2.2, 9.0, 0.69 }, 0.19899813990362697691 },
	{ "log_2f1_one", { 2.2, 9.0, 0.71 }, 0.206004359185633649 },
	{ "log_2f1_one", { 40.0, 41.0, 0.99 }, 3.7447746619735414821 },
	{ "log_2f1_one", { 3.0, 900.0, 0.9999 }, 0.0033422863012528734272 },
	{ "log_2f1_one", { 700.0, 1200.0, 0.95 }, 0.80873055058890840141 },
	{ "log_2f1_one", { 5.0, 6.0, 0.999999 }, 4.0717785104661853133 },
	{ "log_2f1_one", { 3.0, 4.0, -2.0 }, -0.88678142539502722068 },
	{ "log_2f1_one", { 90.0, 200.0, -100000.0 }, -10.708279509721522049 },
	{ "log_two_powers", { 2.55, 1.6, 10.6, 11.7, 30.43, 38.86 }, 1.760330886762787241 },
	{ "log_two_powers", { 2.55, 1.6, 11.7, 10.6, 0.0, 38.0 }, 1.2637875418074621446 },
	{ "log_two_powers", { 445.0, 1.6, 10.0, 11.0, 20.0, 500.0 }, -2.6981087234452821778 },
	{ "log_two_powers", { 0.5, 200000.0, 10.0, 1000000.0, 0.0, 300.0 }, 1.4383432010033616232 },
	{ "log_two_powers", { 3.0, 2.0, 5.0, 5.0, 1.0, 1.000001 }, -13.815510974713155291 },
	{ "log_two_powers", { 30.0, 1.2, 0.01, 80.0, 0.0, 10000.0 }, -7.9724713730772091134 },
	{ "log_expint_scaled", { 0.2, 0.0001 }, 7.5197543357661102531 },
	{ "log_expint_scaled", { 1.0, 0.05 }, 0.95336697412348124533 },
	{ "log_expint_scaled", { 0.6, 0.12 }, 1.1362026775380395801 },
	{ "log_expint_scaled", { 2.5, 3.0 }, -1.6337594682562947232 },
	{ "log_expint_scaled", { 40.0, 7.0 }, -3.8319939252575525548 },
	{ "log_expint_scaled", { 1000.0, 5000.0 }, -8.6994869777600831106 },
	{ "log_expint_scaled", { 1000.0, 0.5 }, -6.9072556549414537464 },
	{ "log_expint_scaled", { 1.5, 600.0 }, -6.3994224031780112087 },
	{ "beta_inc", { 0.3, 0.8, 0.001, 0.99899999999999999998 }, 0.11463091743906628359 },
	{ "beta_inc_upper", { 0.3, 0.8, 0.001, 0.99899999999999999998 }, 0.88536908256093371641 },
	{ "beta_inc", { 2, 5, 0.4, 0.5999999999999999778 }, 0.76672000000000003453 },
	{ "beta_inc_upper", { 2, 5, 0.4, 0.5999999999999999778 }, 0.23327999999999996547 },
	{ "beta_inc", { 80, 3, 0.97, 0.030000000000000026645 }, 0.55230740069931273078 },
	{ "beta_inc_upper", { 80, 3, 0.97, 0.030000000000000026645 }, 0.44769259930068726922 },
	{ "beta_inc", { 1000.0, 1000.0, 0.48, 0.52000000000000001776 }, 0.036779483278639569417 },
	{ "beta_inc_upper", { 1000.0, 1000.0, 0.48, 0.52000000000000001776 }, 0.96322051672136043058 },
	{ "beta_inc", { 0.001, 2, 0.5, 0.5 }, 0.99980674653694774818 },
	{ "beta_inc_upper", { 0.001, 2, 0.5, 0.5 }, 0.00019325346305225182068 },
	{ "beta_inc", { 10000.0, 7, 0.9999, 0.000099999999999988986588 }, 0.99991657986601183586 },
	{ "beta_inc_upper", { 10000.0, 7, 0.9999, 0.000099999999999988986588 }, 0.000083420133988164143942 },
	{ "beta_inc", { 5, 100000.0, 1e-06, 0.999999 }, 7.6685745956034988621e-8 },
	{ "beta_inc_upper", { 5, 100000.0, 1e-06, 0.999999 }, 0.99999992331425404397 },
	{ "gamma_inc_upper", { 0.05, 0.001 }, 0.27282077094707735078 },
	{ "gamma_inc_upper", { 0.5, 3.0 }, 0.014305878435429639526 },
	{ "gamma_inc_upper", { 4.0, 4.5 }, 0.34229595583459106891 },
	{ "gamma_inc_upper", { 100.0, 130.0 }, 0.002750408367306526277 },
	{ "gamma_inc_upper", { 10000.0, 9900.0 }, 0.84134880780643534304 },
	{ "gamma_inc_upper", { 100000.0, 101000.0 }, 0.00080842151292559073247 },
	{ "nbd_log_pmf", { 0.0, 0.25, 8.0 }, -0.5493061443340548457 },
	{ "nbd_log_pmf", { 3.0, 0.25, 8.0 }, -3.0466353141206123092 },
	{ "nbd_log_upper", { 3.0, 0.25, 8.0 }, -1.5002613173707837492 },
	{ "nbd_log_pmf", { 250.0, 1.2, 40.0 }, -9.4392938017548793847 },
	{ "nbd_log_upper", { 250.0, 1.2, 40.0 }, -5.6974762040912732515 },
	{ "nbd_log_pmf", { 7.0, 100000.0, 0.0001 }, -2.4070557129901143531 },
	{ "nbd_log_upper", { 7.0, 100000.0, 0.0001 }, -0.13943913083161962209 },
	{ "nbd_log_pmf", { 2000.0, 3.0, 20.0 }, -92.203738538135321126 },
	{ "nbd_log_upper", { 2000.0, 3.0, 20.0 }, -89.13922750477446449 },
	{ "normal_upper", { -8.0 }, 0.9999999999999993779 },
	{ "normal_upper", { -1.0 }, 0.84134474606854294859 },
	{ "normal_upper", { 0.0 }, 0.5 },
	{ "normal_upper", { 0.3 }, 0.38208857781104736693 },
	{ "normal_upper", { 2.0 }, 0.0227501319481792072 },
	{ "normal_upper", { 10.0 }, 7.619853024160526066e-24 },
	{ "normal_upper", { 30.0 }, 4.9067139271481870595e-198 },
	{ "beta_geometric_count", { 2.2, 0.8, 4.4, 1.2 }, 2.1017871548290274666 },
	{ "beta_geometric_count", { 0.25, 0.79, 2.4, 0.6 }, 0.13820922660836683565 },
	{ "beta_geometric_count", { 26.2, 0.9, 28.0, 1.6 }, 26.791591840710737989 },
	{ "beta_geometric_count", { 0.25, 1.7, 0.4, 3.0 }, 0.33798009000750228178 },
	{ "beta_geometric_count", { 300.0, 2.2, 240.0, 0.5 }, 88.513152445514221104 },
};

#define CALL1(name) static double call_##name(const double *x) { return name(x[0]); }
#define CALL2(name) static double call_##name(const double *x) { return name(x[0], x[1]); }
#define CALL3(name) static double call_##name(const double *x) { return name(x[0], x[1], x[2]); }
#define CALL4(name) static double call_##name(const double *x) { return name(x[0], x[1], x[2], x[3]); }
#define CALL6(name) static double call_##name(const double *x) { return name(x[0], x[1], x[2], x[3], x[4], x[5]); }

CALL1(log_gamma)
CALL1(digamma)
CALL1(trigamma)
CALL2(log_gamma_ratio)
CALL2(digamma_diff)
CALL2(log_beta)
CALL2(log_add)
CALL2(log_sub)
CALL1(log1m_exp)
CALL3(log_2f1_one)
CALL6(log_two_powers)
CALL2(log_expint_scaled)
CALL4(beta_inc)
CALL4(beta_inc_upper)
CALL2(gamma_inc_upper)
CALL3(nbd_log_pmf)
CALL3(nbd_log_upper)
CALL1(normal_upper)
CALL4(beta_geometric_count)

static const struct { const char *name; double (*call)(const double *x); double stated; } functions[] = {
#define FUNCTION(name, stated) { #name, call_##name, stated }
	FUNCTION(log_gamma, 1e-14), FUNCTION(digamma, 1e-13), FUNCTION(trigamma, 1e-13), FUNCTION(log_gamma_ratio, 1e-13), FUNCTION(digamma_diff, 1e-13),
	FUNCTION(log_beta, 1e-13), FUNCTION(log_add, 1e-14), FUNCTION(log_sub, 1e-14), FUNCTION(log1m_exp, 1e-14), FUNCTION(log_2f1_one, 2e-11),
	FUNCTION(log_two_powers, 1e-12), FUNCTION(log_expint_scaled, 1e-12), FUNCTION(beta_inc, 1e-11), FUNCTION(beta_inc_upper, 1e-11),
	FUNCTION(gamma_inc_upper, 1e-11), FUNCTION(nbd_log_pmf, 1e-12), FUNCTION(nbd_log_upper, 1e-12), FUNCTION(normal_upper, 1e-13),
	FUNCTION(beta_geometric_count, 1e-10),
};

Test(special_accuracy, measured)
{
	for (size_t f = 0; f < COUNT(functions); f++) {
		double worst = 0;
		size_t n = 0;
		for (size_t i = 0; i < COUNT(points); i++) {
			if (strcmp(points[i].name, functions[f].name) != 0)
				continue;
			double got = functions[f].call(points[i].arg), size = fabs(points[i].value);
			double error = fabs(got - points[i].value) / (strncmp(points[i].name, "log", 3) && strncmp(points[i].name, "nbd_log", 7) ? size : fmax(1, size));
			cr_expect(error <= functions[f].stated, "%s(%g, %g, %g): %.17g, not %.17g", points[i].name, points[i].arg[0], points[i].arg[1],
			          points[i].arg[2], got, points[i].value);
			worst = fmax(worst, error);
			n++;
		}
		cr_expect_gt(n, 0, "%s has no value", functions[f].name);
		printf("# %-22s %2zu values, largest error %.1e, stated %.0e\n", functions[f].name, n, worst, functions[f].stated);
	}
}
