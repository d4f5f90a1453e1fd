"""Writes the tables beside it: statistics of small samples, by SciPy.

Python 3.11, NumPy and SciPy as the first line of each table says.

- summaries.csv: numpy.mean, numpy.var(ddof=1), scipy.stats.sem, and scipy.stats.t.interval.
- paired.csv: scipy.stats.ttest_rel(b, a) with confidence_interval, and
  scipy.stats.permutation_test((d,), statistic=mean, permutation_type="samples", n_resamples=inf).
- welch.csv: scipy.stats.ttest_ind(b, a, equal_var=False) with confidence_interval.
- bootstrap.csv: for n <= 6 the BCa interval over ALL n^n resamples, each mean an exact fraction, with
  scipy.stats.norm and numpy.quantile on the repeated means; for the irregular twelve, of which no
  resample but itself reaches the mean, scipy.stats.bootstrap(method="BCa") with 1,000,000 resamples of
  random_state 1. `least` and `most` are that with the bias and the level each moved by 6.2 of their
  standard errors for 9,999 resamples.
- replicates.csv: the first n of 2, 3, 4, ... with scipy.stats.t.ppf((1 + level) / 2, n - 1) * deviation
  / sqrt(n) <= half_width.
- holm.csv: p.adjust(p, "holm") of R, asked through Rscript.

  $ python3 statistics_reference.py
"""

import csv
import itertools
import subprocess
from collections import Counter
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

HERE = Path(__file__).parent

SAMPLES = {
    "fedavg": [0.8325, 0.8316, 0.8305, 0.8309, 0.8321],
    "skewed": [1, 2, 4, 8, 40],
    "two": [0.6, 0.7],
    "signed": [-3.5, 0.25, 7, -0.125, 2, 11],
    "large offset": [1e6 + 1, 1e6 + 2, 1e6 + 4],
    "irregular": [0.4123, 0.9371, 0.1317, 0.5519, 0.5923, 0.3529, 0.8731, 0.4637, 0.6141, 0.2243, 0.7347, 0.3049],
    "twelve": [0.4, 0.9, 0.1, 0.5, 0.55, 0.35, 0.8, 0.45, 0.6, 0.2, 0.7, 0.3],
}
PAIRS = {
    "fedavg": ([0.8325, 0.8316, 0.8305, 0.8309, 0.8321], [0.8285, 0.8267, 0.8251, 0.8264, 0.8275]),
    "noise": ([0.8285, 0.8267, 0.8251, 0.8264, 0.8275], [0.8255, 0.8291, 0.8262, 0.8281, 0.8268]),
    "two": ([0.5, 0.6], [0.55, 0.7]),
    "mixed": ([3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8, 1, 8]),
    "ties": ([0, 0, 0, 0, 0, 0], [1, -1, 2, 2, -1, 3]),
    "ten": ([5, 3, 6, 2, 7, 4, 8, 1, 9, 5], [6.5, 3.25, 8, 2.5, 6, 5, 11, 1.25, 10, 5.5]),
}
UNPAIRED = {
    "equal counts": ([0.83, 0.81, 0.82], [0.85, 0.86, 0.80]),
    "unlike": ([0.83, 0.81, 0.82, 0.84, 0.825], [0.91, 0.70]),
    "one constant": ([1, 1, 1, 1], [2, 4, 3]),
}
LEVELS = [0.5, 0.95, 0.999]


def written(values):
    return ";".join(repr(float(value)) for value in values)


def write(name, header, rows, tools=f"NumPy {np.__version__}, SciPy {scipy.__version__}"):
    with open(HERE / name, "w", newline="") as file:
        file.write(f"# statistics_reference.py, with {tools}\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for row in rows:
            out.writerow([cell if isinstance(cell, str) else repr(float(cell)) for cell in row])


def summaries():
    for name, values in SAMPLES.items():
        for level in LEVELS:
            ends = stats.t.interval(level, len(values) - 1, np.mean(values), stats.sem(values))
            yield [written(values), level, np.mean(values), np.var(values, ddof=1), stats.sem(values), *ends]


def paired():
    for name, (a, b) in PAIRS.items():
        differences = np.subtract(b, a)
        test = stats.ttest_rel(b, a)
        flips = stats.permutation_test(
            (differences,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
        )
        for level in LEVELS:
            ends = test.confidence_interval(level)
            yield [written(a), written(b), level, np.mean(differences), ends.low, ends.high, test.pvalue, flips.pvalue]


def welch():
    for name, (a, b) in UNPAIRED.items():
        test = stats.ttest_ind(b, a, equal_var=False)
        for level in LEVELS:
            ends = test.confidence_interval(level)
            yield [written(a), written(b), level, np.mean(b) - np.mean(a), test.df, ends.low, ends.high, test.pvalue]


RESAMPLES = 9_999
STANDARD_ERRORS = 6.2


def bca(means, half, values, level):
    """The ends, with what 9,999 resamples make of them at the least and at the most."""
    bias = stats.norm.ppf(half)
    bias_error = np.sqrt(half * (1 - half) / RESAMPLES) / stats.norm.pdf(bias)
    deviations = np.subtract(values, np.mean(values))
    acceleration = (deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5)

    def end(probability, moved_by):
        start = bias + moved_by * bias_error
        moved = start + stats.norm.ppf(probability)
        place = stats.norm.cdf(start + moved / (1 - acceleration * moved))
        place += moved_by * np.sqrt(place * (1 - place) / RESAMPLES)
        return np.quantile(means, min(1, max(0, place)))

    return [
        end(probability, moved_by)
        for probability in [(1 - level) / 2, (1 + level) / 2]
        for moved_by in [0, -STANDARD_ERRORS, STANDARD_ERRORS]
    ]


def all_resamples(values):
    n = len(values)
    exact = [Fraction(value) for value in values]
    counts = Counter(sum(exact[i] for i in drawn) / n for drawn in itertools.product(range(n), repeat=n))
    center = sum(exact) / n
    half = (sum(count for value, count in counts.items() if value < center) + counts[center] / 2) / n**n
    return np.repeat(*zip(*((float(value), counts[value]) for value in sorted(counts)))), half


def bootstrap():
    for name in ["fedavg", "skewed", "signed"]:
        means, half = all_resamples(SAMPLES[name])
        for level in [0.5, 0.9, 0.95]:
            yield [written(SAMPLES[name]), level, *bca(means, half, SAMPLES[name], level)]
    values = SAMPLES["irregular"]
    for level in [0.5, 0.9, 0.95]:
        drawn = stats.bootstrap(
            (np.array(values),), np.mean, n_resamples=1_000_000, batch=100_000, confidence_level=level,
            method="BCa", random_state=1,
        )
        means = drawn.bootstrap_distribution
        half = ((means < np.mean(values)).mean() + (means <= np.mean(values)).mean()) / 2
        ends = bca(means, half, values, level)
        assert np.allclose([ends[0], ends[3]], drawn.confidence_interval, rtol=1e-12)
        yield [written(values), level, *ends]


def replicates():
    for deviation in [0.0, 0.1, 0.35, 1.0, 7.5]:
        for half_width in [0.2, 1.0]:
            for level in LEVELS:
                n = 2
                while stats.t.ppf((1 + level) / 2, n - 1) * deviation / np.sqrt(n) > half_width:
                    n += 1
                yield [deviation, half_width, level, n]


def holm():
    for values in [[0.01, 0.04, 0.03, 0.005], [0.5, 0.2, 0.9], [0.02], [0.03, 0.03, 0.001, 1], [0, 0.4, 0.011, 0.012, 0.049]]:
        text = ",".join(map(repr, values))
        answer = subprocess.run(
            ["Rscript", "-e", f'cat(format(p.adjust(c({text}), "holm"), digits = 17))'],
            capture_output=True, check=True, text=True,
        ).stdout
        yield [written(values), written(answer.split())]


if __name__ == "__main__":
    write("summaries.csv", ["values", "level", "mean", "variance", "standard_error", "lower", "upper"], summaries())
    write(
        "paired.csv",
        ["first", "second", "level", "estimate", "lower", "upper", "p_value", "sign_flip_p_value"],
        paired(),
    )
    write(
        "welch.csv",
        ["first", "second", "level", "estimate", "degrees_of_freedom", "lower", "upper", "p_value"],
        welch(),
    )
    write(
        "bootstrap.csv",
        ["values", "level", "lower", "lower_least", "lower_most", "upper", "upper_least", "upper_most"],
        bootstrap(),
    )
    write("replicates.csv", ["standard_deviation", "half_width", "level", "replicates"], replicates())
    version = subprocess.run(["Rscript", "--version"], capture_output=True, check=True, text=True)
    write("holm.csv", ["p_values", "adjusted"], holm(), (version.stdout + version.stderr).strip())
