"""The settings on which accountants are timed against each other."""

import math

import numpy as np
from dp_accounting.pld import privacy_loss_distribution as pld
from loss_inversion import REMOVE, Composition
from reference_table import DP_ACCOUNTING, write


def bench_grid():
    """Two hundred settings drawn log-uniformly, those kept whose epsilon is 0.01 to 50."""
    generator = np.random.default_rng(7)
    rows = []
    while len(rows) < 200:
        q = float(f"{10 ** generator.uniform(-5, 0):.4g}")
        z = float(f"{10 ** generator.uniform(math.log10(0.5), math.log10(20)):.4g}")
        rounds = int(10 ** generator.uniform(0, 6))
        delta = float(generator.choice([1e-5, 1e-6, 1e-8, 1e-10]))
        # The estimate spares the other package settings whose epsilon is huge.
        if not 1e-3 < Composition([(q, z, rounds)], REMOVE).epsilon_near(math.log(delta)) < 60:
            continue
        one = pld.from_gaussian_mechanism(z, value_discretization_interval=1e-4, sampling_prob=q)
        if 0.01 < one.self_compose(rounds).get_epsilon_for_delta(delta) < 50:
            rows.append((len(rows), q, z, rounds, delta))
    write(
        "bench_grid.csv",
        [
            "Settings of Poisson-sampled Gaussian mechanisms on which accountants are timed: bench_grid.py, seed 7, rates",
            "1e-5 ... 1, noise multipliers 0.5 ... 20, rounds 1 ... 10^6, log-uniform; kept where epsilon is between 0.01",
            f"and 50 ({DP_ACCOUNTING}, from_gaussian_mechanism(z, value_discretization_interval=1e-4, sampling_prob=q))",
        ],
        ["setting", "sampling_rate", "noise_multiplier", "rounds", "delta"],
        rows,
    )


TABLES = [bench_grid]
