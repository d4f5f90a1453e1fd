"""Writes the tables beside it: what audits prove, by SciPy and mpmath.

Python 3.11, with the versions that the first line of each table says.

- one_run_p_values.csv: of so many right guesses, by scipy.stats.binom.sf and .pmf, the theorem of Steinke,
  Nasr & Jagielski 2023 taken literally: a maximum over every i.
- one_run_bounds.csv: where that p-value is the level, by scipy.optimize.brentq.
- clopper_pearson.csv: scipy.stats.beta.isf(false_alarms, count + 1, trials - count).
- gaussian_dp.csv: mu by scipy.special.ndtri; epsilon where mpmath.ncdf(mu / 2 - epsilon / mu)
  - e^epsilon mpmath.ncdf(-mu / 2 - epsilon / mu) is delta, with 40 digits, by bisection.
- normal_pairs.csv: delta(epsilon) = integral of max(0, p - e^epsilon q), by mpmath.quad with 30 digits between
  sign changes found on a grid, and epsilon where it is delta, by bisection.

  $ python3 auditing_reference.py
"""

import csv
from pathlib import Path

import mpmath
import numpy as np
import scipy
from scipy import optimize, special, stats

HERE = Path(__file__).parent
TOOLS = f"SciPy {scipy.__version__}, NumPy {np.__version__}, mpmath {mpmath.__version__}"


def write(name, call, header, rows):
    with open(HERE / name, "w", newline="") as file:
        file.write(f"# auditing_reference.py, with {TOOLS}: {call}\n")
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        for row in rows:
            out.writerow([repr(float(cell)) for cell in row])


def p_value(canaries, guesses, correct, epsilon, delta):
    right = stats.binom(guesses, special.expit(epsilon))
    below = np.cumsum(right.pmf(np.arange(correct - 1, -1, -1))) / np.arange(1, correct + 1)
    worst = below.max() if correct else 0
    return min(1, right.sf(correct - 1) + 2 * canaries * delta * worst)


GUESSES = [
    (100, 100, 100), (100, 100, 80), (100, 10, 9), (1000, 100, 90), (1000, 1000, 520), (1000, 1000, 750),
    (5000, 400, 371), (20000, 20000, 12500), (100000, 100000, 60000), (100000, 1000, 993), (7, 7, 0), (1, 1, 1),
]


def p_values():
    for guesses in GUESSES:
        for epsilon in [0, 0.25, 1, 3]:
            for delta in [0, 1e-5, 1e-3]:
                value = p_value(*guesses, epsilon, delta)
                if value > 1e-250:
                    yield [*guesses, epsilon, delta, value]


def bounds():
    for guesses in GUESSES:
        for level in [0.05, 1e-3, 1e-10]:
            for delta in [0, 1e-5]:
                if p_value(*guesses, 0, delta) < level * 0.999:
                    bound = optimize.brentq(
                        lambda epsilon: p_value(*guesses, epsilon, delta) - level, 0, 30, xtol=1e-13
                    )
                    yield [*guesses, delta, 1 - level, bound]


def clopper_pearson():
    for trials in [1, 10, 500, 5000, 100_000, 10_000_000]:
        for count in sorted({0, 1, 3, trials // 50, trials // 2, trials - 1}):
            for level in [0.25, 0.025, 1e-6]:
                if count < trials:
                    yield [count, trials, level, stats.beta.isf(level, count + 1, trials - count)]


def gaussian_dp():
    mpmath.mp.dps = 40
    for alarms in [1e-5, 1e-3, 0.05, 0.3]:
        for misses in [1e-4, 0.01, 0.2, 0.6]:
            mu = special.ndtri(1 - alarms) - special.ndtri(misses)
            m = mpmath.mpf(mu)
            for delta in [1e-8, 1e-5, 0.01]:

                def excess(epsilon):
                    hit = mpmath.ncdf(m / 2 - epsilon / m)
                    return hit - mpmath.exp(epsilon) * mpmath.ncdf(-m / 2 - epsilon / m) - delta

                if excess(mpmath.mpf(0)) > 0:
                    high = mpmath.mpf(1)
                    while excess(high) > 0:
                        high *= 2
                    low = mpmath.mpf(0)
                    for _ in range(70):
                        middle = (low + high) / 2
                        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
                    yield [alarms, misses, mu, delta, high]


def hockey_stick(one, other, epsilon):
    """The integral of max(0, p - e^epsilon q)."""

    def loss(x):
        return (
            -((x - one[0]) ** 2) / (2 * one[1] ** 2) - np.log(one[1])
            + (x - other[0]) ** 2 / (2 * other[1] ** 2) + np.log(other[1]) - epsilon
        )

    reach = 14 * max(one[1], other[1])
    grid = np.linspace(min(one[0], other[0]) - reach, max(one[0], other[0]) + reach, 20001)
    values = loss(grid)
    cuts = [grid[0]]
    for a, b, u, v in zip(grid, grid[1:], values, values[1:]):
        if (u < 0) != (v < 0):
            cuts.append(optimize.brentq(loss, a, b, xtol=1e-15))
    cuts.append(grid[-1])

    def gap(x):
        return mpmath.npdf(x, *one) - mpmath.exp(epsilon) * mpmath.npdf(x, *other)

    total = mpmath.mpf(0)
    for a, b in zip(cuts, cuts[1:]):
        if loss((a + b) / 2) > 0:
            total += mpmath.quad(gap, np.linspace(a, b, 12).tolist())
    return total


def normal_pairs():
    mpmath.mp.dps = 30
    for one, other in [
        ((1.0, 1.0), (0.0, 1.0)), ((1.0, 1.3), (0.0, 1.0)), ((1.0, 0.7), (0.0, 1.0)), ((0.0, 1.5), (0.0, 1.0)),
        ((-2.0, 0.9), (0.5, 1.1)), ((0.2, 1.01), (0.0, 1.0)), ((0.0037, 0.001), (0.0, 0.00098)),
    ]:
        for delta in [1e-6, 1e-3, 0.05]:
            def both(epsilon):
                return max(hockey_stick(one, other, epsilon), hockey_stick(other, one, epsilon))

            low, high = 0.0, 1.0
            if both(low) <= delta:
                continue
            while both(high) > delta:
                high *= 2
            while high - low > 1e-9 * high:
                middle = (low + high) / 2
                low, high = (middle, high) if both(middle) > delta else (low, middle)
            yield [*one, *other, delta, high]


if __name__ == "__main__":
    write(
        "one_run_p_values.csv", "scipy.stats.binom.sf, .pmf",
        ["canaries", "guesses", "correct", "epsilon", "delta", "p_value"], p_values(),
    )
    write(
        "one_run_bounds.csv", "scipy.optimize.brentq",
        ["canaries", "guesses", "correct", "delta", "confidence", "epsilon"], bounds(),
    )
    write(
        "clopper_pearson.csv", "scipy.stats.beta.isf", ["count", "trials", "false_alarms", "rate"], clopper_pearson()
    )
    write(
        "gaussian_dp.csv", "scipy.special.ndtri, mpmath.ncdf",
        ["false_alarms", "misses", "mu", "delta", "epsilon"], gaussian_dp(),
    )
    write(
        "normal_pairs.csv", "mpmath.quad",
        ["mean", "deviation", "other_mean", "other_deviation", "delta", "epsilon"], normal_pairs(),
    )
