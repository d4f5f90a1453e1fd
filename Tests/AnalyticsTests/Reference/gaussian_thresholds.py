"""Writes gaussian_thresholds.csv: noise and threshold of thresholded Gaussian counts.

- pydp: GaussianPartitionSelectionStrategy of python-dp 1.1.5 (PyPI, wheel of Google's C++ library),
  pydp.algorithms.partition_selection.create_gaussian_partition_strategy(epsilon, delta, L).threshold,
  which gives half of delta to the threshold. It does not show its noise; that is solved from
  probability_of_keep(n) = 1 - Phi((threshold - n) / sigma) at the n for which the chance is nearest 1/2.
- gopi: the weighted Gaussian with norm 1 of Gopi et al. 2020, Theorem 5.1, with half of delta for the
  threshold: sigma from SciPy's brentq on the exact delta of the Gaussian mechanism (Balle & Wang 2018),
  threshold max over t in 1..L of 1/sqrt(t) + sigma Phi^-1((1 - delta/2)^(1/t)) by scipy.stats.norm
  (SciPy 1.17.1, NumPy 2.4.6, Python 3.11); both times sqrt(L), so that one user of L keys adds 1 to each.

  $ python3 gaussian_thresholds.py > gaussian_thresholds.csv
"""

import math

import pydp.algorithms.partition_selection as selection
from scipy.optimize import brentq
from scipy.stats import norm


def pydp(epsilon, delta, keys):
    strategy = selection.create_gaussian_partition_strategy(epsilon, delta, keys)
    threshold = strategy.threshold
    n = round(threshold) - 1
    sigma = (threshold - n) / norm.isf(strategy.probability_of_keep(n))
    return sigma, threshold


def gopi(epsilon, delta, keys):
    def excess(log_sigma):
        sigma = math.exp(log_sigma)
        left = norm.cdf(0.5 / sigma - epsilon * sigma)
        return left - math.exp(epsilon) * norm.cdf(-0.5 / sigma - epsilon * sigma) - delta / 2

    sigma = math.exp(brentq(excess, math.log(1e-3), math.log(1e3), xtol=1e-14))
    intact = math.log1p(-delta / 2)
    threshold = max(
        1 / math.sqrt(t) + sigma * norm.isf(-math.expm1(intact / t)) for t in range(1, keys + 1)
    )
    return math.sqrt(keys) * sigma, math.sqrt(keys) * threshold


print("# gaussian_thresholds.py, with python-dp 1.1.5 and SciPy 1.17.1")
print("tool,epsilon,delta,keys_per_user,standard_deviation,threshold")
for tool in pydp, gopi:
    for epsilon in 0.5, 1.0, 4.0, 8.0:
        for delta in 1e-5, 1e-8:
            for keys in 1, 30, 300:
                sigma, threshold = tool(epsilon, delta, keys)
                print(f"{tool.__name__},{epsilon},{delta},{keys},{float(sigma)!r},{float(threshold)!r}")
