"""Writes membership.json beside it: curves and likelihood ratios of attacks, by the tools that it names.

- curves: sklearn.metrics.roc_curve(drop_intermediate=False), roc_auc_score, and
  balanced_accuracy_score at every threshold, of which the greatest. `tprAt` is the last tpr whose fpr is
  no more than the rate.
- ratios: the attack model by model, with scipy.stats.norm.logpdf, numpy.mean and
  numpy.var(ddof=1) of the other models' values; pooled variances are means of numpy.var(ddof=1) weighted by
  their degrees of freedom.

  $ python3 membership_reference.py
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

HERE = Path(__file__).parent
VERSIONS = (
    f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}, "
    f"scikit-learn {sklearn.__version__}"
)
RATES = [0, 0.01, 0.1, 0.25, 0.5, 1]


def numbers(values):
    return [float(value) for value in np.ravel(values)]


def curve(members, others):
    truth = np.r_[np.ones(len(members)), np.zeros(len(others))]
    scores = np.r_[members, others]
    fpr, tpr, thresholds = metrics.roc_curve(truth, scores, drop_intermediate=False)
    balanced = max(metrics.balanced_accuracy_score(truth, scores >= t) for t in thresholds)
    at = [tpr[np.where(fpr <= rate)[0][-1]] for rate in RATES]
    return {
        "members": numbers(members), "others": numbers(others), "fpr": numbers(fpr),
        "tpr": numbers(tpr), "area": float(metrics.roc_auc_score(truth, scores)),
        "balanced": float(balanced), "rates": RATES, "tprAt": numbers(at),
    }


def ratios(values, coins, pooled):
    """values and coins [model][example]; every example is with and without in two others at least."""
    models, examples = values.shape
    scores = np.zeros_like(values)
    for model in range(models):
        rest = np.arange(models) != model
        groups = [
            [values[rest & (coins[:, example] == side), example] for example in range(examples)]
            for side in (True, False)
        ]
        for example in range(examples):
            logs = []
            for side in groups:
                variance = np.var(side[example], ddof=1)
                if pooled:
                    variance = np.average(
                        [np.var(g, ddof=1) for g in side], weights=[len(g) - 1 for g in side])
                logs.append(
                    stats.norm.logpdf(
                        values[model, example], np.mean(side[example]), np.sqrt(variance)))
            scores[model, example] = logs[0] - logs[1]
    return scores


def main():
    random = np.random.default_rng(20261126)
    cases = [
        ([3, 2, 1], [0, -1]),
        ([1, 2, 2, 3], [0, 2, 2, 1]),
        ([0, 0], [0, 0, 0]),
        ([-1, -2], [1, 2, 3]),
        (np.round(random.normal(1, 1, 40), 1), np.round(random.normal(0, 1, 50), 1)),
    ]
    curves = [curve(np.array(m, float), np.array(o, float)) for m, o in cases]

    models, examples = 12, 4
    coins = np.array([[(m >> e) % 2 == 0 for e in range(examples)] for m in range(models)])
    coins[:, 3] = [m % 4 != 1 for m in range(models)]
    values = np.round(
        random.normal(0, 1, (models, examples)) + [0, 2, 30, -4] + 1.5 * coins, 3)
    ratio = {
        "values": [numbers(row) for row in values], "coins": coins.tolist(),
        "perExample": [numbers(row) for row in ratios(values, coins, pooled=False)],
        "pooled": [numbers(row) for row in ratios(values, coins, pooled=True)],
    }
    document = {"tool": VERSIONS, "call": "membership_reference.py", "curves": curves, "ratios": ratio}
    (HERE / "membership.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
