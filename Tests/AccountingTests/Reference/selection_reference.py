"""Writes repeat_and_select.csv: divergences and epsilons of dp-accounting for the best of a random number of runs.

    python3 -m venv .venv && .venv/bin/pip install dp-accounting==0.6.0 mpmath==1.4.1
    .venv/bin/python selection_reference.py
"""

import math

import mpmath as mp
from dp_accounting import dp_event as dp
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from reference_table import DP_ACCOUNTING, MPMATH, write

# Those of RenyiOrders.
ORDERS = sorted(
    set(
        [1 + 0.01 * math.exp(k / 50) for k in range(int(50 * math.log(1500)) + 1)]
        + list(range(2, 51))
        + [round(50 * math.exp(k / 50)) for k in range(int(50 * math.log(2**14 / 50)) + 1)]
        + [2**14]
    )
)
BASES = [
    (0, 1.0, 1.0, 1),
    (0, 4.0, 1.0, 1),
    (0, 1.0, 0.01, 1000),
    (0, 2.0, 0.05, 200),
    (1, 1.0, 1.0, 1),
    (1, 5.0, 1.0, 10),
]
LAWS = [(shape, mean) for shape in (0.0, 0.5, 1.0, 3.0, math.inf) for mean in (2.0, 10.0, 300.0)]
# Sampled cohorts take seconds each.
FEW_LAWS = [(0.0, 10.0), (1.0, 100.0), (math.inf, 10.0)]


def base(noise, multiplier, rate, rounds):
    release = [dp.GaussianDpEvent, dp.LaplaceDpEvent][noise](multiplier)
    sampled = release if rate == 1 else dp.PoissonSampledDpEvent(rate, release)
    return dp.SelfComposedDpEvent(sampled, rounds)


def spent(event):
    accountant = rdp.RdpAccountant(ORDERS)
    accountant.compose(event)
    return accountant


def epsilons():
    for noise, multiplier, rate, rounds in BASES:
        event = base(noise, multiplier, rate, rounds)
        single = spent(event)
        for shape, mean in LAWS if rate == 1 else FEW_LAWS:
            selected = spent(dp.RepeatAndSelectDpEvent(event, mean, shape))
            for delta in (1e-5, 1e-9):
                yield (
                    noise, multiplier, rate, rounds, shape, mean, delta,
                    float(single.get_epsilon(delta)), float(selected.get_epsilon(delta)),
                )


def gammas():
    """log(1 / gamma), by Definition 1 with 50 digits."""
    mp.mp.dps = 50
    for shape in ("-0.9", "-0.5", "0", "1e-6", "0.5", "1", "4", "100"):
        for mean in ("1.001", "2", "10", "1000", "1e9"):
            eta, target = mp.mpf(shape), mp.mpf(mean)

            def log_mean(u):
                factor = u if eta == 0 else (1 - mp.exp(-eta * u)) / eta
                return mp.log(mp.expm1(u)) - mp.log(factor)

            high = mp.mpf(1)
            while log_mean(high) < mp.log(target):
                high *= 2
            low = mp.mpf("1e-12")
            for _ in range(150):
                middle = (low + high) / 2
                if log_mean(middle) < mp.log(target):
                    low = middle
                else:
                    high = middle
            yield shape, mean, high


write(
    "repeat_and_select.csv",
    [
        f"{DP_ACCOUNTING}, RdpAccountant(orders).compose(RepeatAndSelectDpEvent(SelfComposedDpEvent(event,",
        "rounds), mean, shape)).get_epsilon(delta) in column epsilon, and of one run in column single; event is",
        "GaussianDpEvent (noise 0) or LaplaceDpEvent (noise 1), in PoissonSampledDpEvent below rate 1; the",
        "orders are 1 + 0.01 exp(k/50), all integers to 50 and round(50 exp(k/50)), up to 2^14. Shape inf is",
        "the Poisson law.",
    ],
    ["noise", "noise_multiplier", "sampling_rate", "rounds", "shape", "mean", "delta", "single", "epsilon"],
    epsilons(),
)
write(
    "repetition_gamma.csv",
    [
        f"{MPMATH}, 50 digits: u = log(1 / gamma) by bisection of the mean of Papernot & Steinke 2022,",
        "Definition 1: shape (1 - gamma) / (gamma (1 - gamma^shape)), and (1 / gamma - 1) / log(1 / gamma) at 0.",
    ],
    ["shape", "mean", "log_inverse_gamma"],
    gammas(),
)
