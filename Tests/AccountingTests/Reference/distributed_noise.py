"""Writes skellam_rdp.csv, discrete_gaussian_sum_rdp.csv and distributed_noise_epsilon.csv.

    python3 -m venv venv && venv/bin/pip install mpmath==1.3.0 dp-accounting==0.6.0
    venv/bin/python distributed_noise.py

Divergences are sums over the whole numbers with 50 digits. Bounds are the formulas of the papers:
Agarwal, Kairouz & Liu 2021 (arXiv 2110.04995), Theorem 3.5; Kairouz, Liu & Steinke 2021 (arXiv
2102.06387), Proposition 14.
"""

import mpmath as mp
from dp_accounting.rdp import rdp_privacy_accountant as rdp

from reference_table import DP_ACCOUNTING, MPMATH, write

mp.mp.dps = 50


def skellam_bound(variance, l2, l1, order):
    extra = min(
        ((2 * order - 1) * l2**2 + 6 * l1) / (4 * variance**2), 3 * l1 / (2 * variance)
    )
    return order * l2**2 / (2 * variance) + extra


def tau(deviation, contributors):
    return 10 * mp.fsum(
        mp.exp(-2 * mp.pi**2 * deviation**2 * k / (k + 1)) for k in range(1, contributors)
    )


def sum_bound(deviation, contributors, l2, l1, dimension, order):
    t = tau(deviation, contributors)
    scale = mp.sqrt(contributors) * deviation
    return min(
        order * (l2 / scale) ** 2 / 2 + t * dimension,
        order / 2 * ((l2 / scale) ** 2 + 2 * l1 / scale * t + t**2 * dimension),
        order / 2 * (l2 / scale + t * mp.sqrt(dimension)) ** 2,
    )


def divergence(log_mass, reach, distance, order):
    """Of a symmetric law of whole numbers from a copy moved by `distance`."""
    total = mp.fsum(
        mp.exp(order * log_mass(x - distance) + (1 - order) * log_mass(x))
        for x in range(-reach + distance, reach + 1)
    )
    return mp.log(total) / (order - 1)


def skellam_log_mass(variance, reach):
    masses = [mp.log(mp.besseli(x, variance)) - variance for x in range(reach + 1)]
    return lambda x: masses[abs(x)]


def sum_log_mass(deviation, contributors, reach):
    one = [mp.exp(-mp.mpf(x * x) / (2 * deviation**2)) for x in range(-reach, reach + 1)]
    total = mp.fsum(one)
    one = [mass / total for mass in one]
    law = {0: mp.mpf(1)}
    for _ in range(contributors):
        following = {}
        for x in range(-reach, reach + 1):
            following[x] = mp.fsum(
                law.get(x - y, 0) * one[y + reach] for y in range(-reach, reach + 1)
            )
        law = following
    masses = {x: mp.log(mass) for x, mass in law.items()}
    return lambda x: masses[x]


def skellam_rows():
    for variance in [mp.mpf(1) / 4, mp.mpf(1), mp.mpf(4), mp.mpf(30), mp.mpf(400)]:
        reach = int(60 + 30 * mp.sqrt(variance) + 64 * 5)
        mass = skellam_log_mass(variance, reach)
        for distance in [1, 2, 5]:
            for order in [mp.mpf("1.25"), 2, 3, mp.mpf("4.5"), 8, 32]:
                order = mp.mpf(order)
                yield [
                    variance, distance, order, divergence(mass, reach, distance, order),
                    skellam_bound(variance, distance, distance, order),
                ]


def sum_rows():
    for deviation in [mp.mpf(1) / 2, mp.mpf("0.6"), mp.mpf("0.8"), mp.mpf(1), mp.mpf(2)]:
        for contributors in [2, 3, 6]:
            reach = int(70 + 10 * deviation * mp.sqrt(contributors))
            mass = sum_log_mass(deviation, contributors, reach)
            for distance in [1, 3]:
                for order in [mp.mpf("1.25"), 2, mp.mpf("4.5"), 8]:
                    order = mp.mpf(order)
                    yield [
                        deviation, contributors, distance, order,
                        divergence(mass, reach // 2, distance, order),
                        sum_bound(deviation, contributors, distance, distance, 1, order),
                    ]


def sampled(bound, rate, order):
    """Zhu & Wang 2019, Theorem 6."""
    order = int(order)
    total = (1 - rate) ** (order - 1) * (order * rate - rate + 1)
    for k in range(2, order + 1):
        total += (
            mp.binomial(order, k) * (1 - rate) ** (order - k) * rate**k
            * mp.exp((k - 1) * bound(mp.mpf(k)))
        )
    return mp.log(total) / (order - 1)


def epsilon_rows():
    orders = list(range(2, 51)) + [55, 60, 70, 85, 100, 128, 160, 200, 256]
    settings = [
        # noise (0 sum of discrete Gaussians, 1 Skellam), deviation of one share, contributors,
        # squared L2 sensitivity, dimension, rate, rounds, delta
        (0, "0.5", 100, 9, 64, 1, 1, 1e-5),
        (0, "0.75", 100, 30, 1024, 1, 3, 1e-5),
        (0, "3", 100, 400, 8192, 1, 10, 1e-6),
        (0, "250", 40, 5000000, 8192, 1, 1, 1e-5),
        (0, "2", 100, 900, 4096, 0.1, 50, 1e-5),
        (1, "0.5", 100, 9, 64, 1, 1, 1e-5),
        (1, "3", 100, 400, 8192, 1, 10, 1e-6),
        (1, "250", 40, 5000000, 8192, 1, 1, 1e-5),
        (1, "2", 100, 900, 4096, 0.1, 50, 1e-5),
    ]
    for noise, deviation, contributors, squared, dimension, rate, rounds, delta in settings:
        deviation, l2 = mp.mpf(deviation), mp.sqrt(squared)
        l1 = mp.floor(min(mp.sqrt(dimension * squared), squared))

        def bound(order):
            if noise == 0:
                return sum_bound(deviation, contributors, l2, l1, dimension, order)
            return skellam_bound(contributors * deviation**2, l2, l1, order)

        values = [
            rounds * (bound(mp.mpf(o)) if rate == 1 else sampled(bound, mp.mpf(rate), o))
            for o in orders
        ]
        epsilon, order = rdp.compute_epsilon(orders, [float(v) for v in values], delta)
        yield [
            noise, deviation, contributors, squared, dimension, rate, rounds, delta, epsilon, order
        ]


if __name__ == "__main__":
    write(
        "skellam_rdp.csv",
        [
            f"{MPMATH}: divergence is a sum over whole numbers with 50 digits; bound is the formula of",
            "Agarwal, Kairouz & Liu 2021, Theorem 3.5, one coordinate. distributed_noise.py, skellam_rows",
        ],
        ["variance", "distance", "order", "divergence", "bound"], skellam_rows())
    write(
        "discrete_gaussian_sum_rdp.csv",
        [
            f"{MPMATH}: divergence is a sum over whole numbers with 50 digits, of laws convolved with each",
            "other; bound is the formula of Kairouz, Liu & Steinke 2021, Proposition 14, one coordinate.",
            "distributed_noise.py, sum_rows",
        ],
        ["standard_deviation", "contributors", "distance", "order", "divergence", "bound"], sum_rows())
    write(
        "distributed_noise_epsilon.csv",
        [
            f"{MPMATH}: divergences of both papers' formulas, on Poisson cohorts by Zhu & Wang 2019, Theorem",
            f"6; {DP_ACCOUNTING}: rdp_privacy_accountant.compute_epsilon on whole orders.",
            "distributed_noise.py, epsilon_rows. noise: 0 sum of discrete Gaussians, 1 Skellam",
        ],
        [
            "noise", "standard_deviation", "contributors", "squared_l2", "dimension", "sampling_rate",
            "rounds", "delta", "epsilon", "order",
        ],
        epsilon_rows())
