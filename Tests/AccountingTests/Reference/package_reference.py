"""Epsilons of other packages, as intervals with the true value inside but for rounding in their convolutions."""

import math

import numpy as np
from dp_accounting.pld import privacy_loss_distribution as pld
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from prv_accountant import PRVAccountant
from prv_accountant.privacy_random_variables import PoissonSubsampledGaussianMechanism
from reference_table import DP_ACCOUNTING, write

PRV_ACCOUNTANT = "prv-accountant 0.2.0"


def dp_accounting_interval(q, z, rounds, delta, grid):
    """Optimistic and pessimistic epsilon."""
    return [
        float(
            pld.from_gaussian_mechanism(
                z,
                pessimistic_estimate=pessimistic,
                value_discretization_interval=grid,
                use_connect_dots=pessimistic,
                sampling_prob=q,
            )
            .self_compose(rounds)
            .get_epsilon_for_delta(delta)
        )
        for pessimistic in (False, True)
    ]


def prv_interval(q, z, rounds, delta, error=1e-3):
    """Lower end, estimate and upper end of epsilon."""
    mechanism = PoissonSubsampledGaussianMechanism(sampling_probability=q, noise_multiplier=z)
    accountant = PRVAccountant(
        prvs=[mechanism], max_self_compositions=[rounds], eps_error=error, delta_error=delta / 1000
    )
    return accountant.compute_epsilon(delta=delta, num_self_compositions=[rounds])


def pld_interval():
    """Fifty settings drawn so that epsilon is roughly between 0.05 and 20."""
    generator = np.random.default_rng(20)
    rows = []
    while len(rows) < 50:
        q = float(f"{10 ** generator.uniform(-5, math.log10(0.5)):.3g}")
        z = float(f"{10 ** generator.uniform(math.log10(0.5), 1):.3g}")
        rounds = int(10 ** generator.uniform(0, 5))
        delta = float(generator.choice([1e-5, 1e-6, 1e-7, 1e-8, 1e-9]))
        spread = q * math.sqrt(rounds * math.expm1(1 / z**2))
        if not 0.01 < spread < 4:
            continue
        grid = 1e-4
        try:
            lower, estimate, upper = prv_interval(q, z, rounds, delta)
        except (RuntimeError, ValueError, MemoryError):
            continue
        if not 0.02 < estimate < 30:
            continue
        optimistic, pessimistic = dp_accounting_interval(q, z, rounds, delta, grid)
        rows.append((q, z, rounds, delta, optimistic, pessimistic, grid, lower, estimate, upper))
        print(*rows[-1], flush=True)
    write(
        "pld_interval.csv",
        [
            f"optimistic, pessimistic: {DP_ACCOUNTING}, privacy_loss_distribution.from_gaussian_mechanism(z,",
            "pessimistic_estimate=..., value_discretization_interval=grid, use_connect_dots=pessimistic,",
            "sampling_prob=q).self_compose(rounds).get_epsilon_for_delta(delta); the first is far off at many rounds.",
            f"prv_*: {PRV_ACCOUNTANT}, PRVAccountant([PoissonSubsampledGaussianMechanism(q, z)], [rounds],",
            "eps_error=1e-3, delta_error=delta / 1000).compute_epsilon(delta, [rounds]).",
            "Add-or-remove-one; the true epsilon is inside both intervals, but for what floating-point rounding adds.",
        ],
        [
            "sampling_rate", "noise_multiplier", "rounds", "delta", "optimistic", "pessimistic", "grid",
            "prv_lower", "prv_estimate", "prv_upper",
        ],
        rows,
    )


CLASSIC_ORDERS = [k / 10 for k in range(11, 110)] + list(range(12, 64)) + [128, 256]
MOMENTS_ORDERS = range(2, 34)
# Rate, noise multiplier, rounds, orders, and what the accountant with them gives at delta = 1e-5, to its last digit.
HISTORICAL = [
    (0.01, 4.0, 10000, MOMENTS_ORDERS, 1.26),
    (8192 / 60000, 4.05, 280, CLASSIC_ORDERS, 2.998),
    (2048 / 60000, 2.15, 1160, CLASSIC_ORDERS, 3.003),
    (512 / 60000, 1.23, 4680, CLASSIC_ORDERS, 2.992),
    (8192 / 50000, 5.67, 360, CLASSIC_ORDERS, 2.853),
    (1024 / 50000, 1.54, 1440, CLASSIC_ORDERS, 3.002),
]


def published_epsilon():
    rows = []
    for q, z, rounds, orders, printed in HISTORICAL:
        divergences = rdp._compute_rdp_poisson_subsampled_gaussian(q, z, list(orders))
        historical = min(
            rounds * divergence - math.log(1e-5) / (order - 1) for order, divergence in zip(orders, divergences)
        )
        digit = 0.01 if orders is MOMENTS_ORDERS else 0.001
        assert abs(historical - printed) <= digit, (historical, printed)
        optimistic, pessimistic = dp_accounting_interval(q, z, rounds, 1e-5, 1e-4)
        lower, _, upper = prv_interval(q, z, rounds, 1e-5)
        rows.append((q, z, rounds, 1e-5, float(historical), optimistic, pessimistic, lower, upper))
    write(
        "published_epsilon.csv",
        [
            "historical: what the literature's accountants gave. First row: Abadi et al. 2016, Sec. 3.2, who print 1.26: the",
            "moments accountant, log moments 1 to 32. Then settings of Tramer & Boneh 2021, Table 1, whose epsilon is 3 or",
            "less, with the Renyi accountant of the time: D - log(delta) / (order - 1), orders 1.1 to 10.9 by 0.1, 12 to 63,",
            f"128 and 256. Divergences: {DP_ACCOUNTING}, rdp_privacy_accountant._compute_rdp_poisson_subsampled_gaussian.",
            f"optimistic, pessimistic: {DP_ACCOUNTING} as in pld_interval.csv, grid 1e-4.",
            f"prv_*: {PRV_ACCOUNTANT} as there.",
        ],
        [
            "sampling_rate", "noise_multiplier", "rounds", "delta", "historical", "optimistic", "pessimistic",
            "prv_lower", "prv_upper",
        ],
        rows,
    )


TABLES = [pld_interval, published_epsilon]
