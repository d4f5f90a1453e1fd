"""Writes renyi_filter.csv and renyi_odometer.csv: what releases that are chosen one after another may cost.

    python3 -m venv .venv && .venv/bin/pip install dp-accounting==0.6.0 mpmath==1.4.1
    .venv/bin/python adaptive_reference.py
"""

import mpmath as mp
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from reference_table import DP_ACCOUNTING, MPMATH, write

mp.mp.dps = 50
# Those of RenyiOdometer.
ORDERS = [1 + mp.mpf(2) ** (mp.mpf(k) / 4) for k in range(-12, 45)]


def total(epsilon, delta, order):
    """The divergence that converts to epsilon (Canonne, Kamath & Steinke 2020, Proposition 12)."""
    gain = mp.log((order - 1) / order)
    return epsilon - gain + (mp.log(delta) + mp.log(order)) / (order - 1)


def filter_rows():
    for epsilon in (0.1, 1, 3, 10):
        for delta in (1e-5, 1e-9):
            for order in (1.5, 2, 3.25, 6.75, 33, 257):
                divergence = total(mp.mpf(epsilon), mp.mpf(delta), mp.mpf(order))
                if divergence <= 0:
                    continue
                theirs, _ = rdp.compute_epsilon([order], [float(divergence)], delta)
                assert abs(theirs / epsilon - 1) < 1e-9, (epsilon, delta, order, theirs)
                yield epsilon, delta, order, divergence


def divergence(rate, noise, order):
    """Of (1 - rate) N(0, noise^2) + rate N(1, noise^2) from N(0, noise^2)."""
    if rate == 1:
        return order / (2 * noise**2)
    moment = mp.quad(
        lambda x: mp.npdf(x, 0, noise) * (1 - rate + rate * mp.exp((2 * x - 1) / (2 * noise**2))) ** order,
        mp.linspace(-20 * noise, order + 20 * noise, 41),
    )
    return mp.log(moment) / (order - 1)


def reading(rate, noise, rounds, delta):
    """Where the mean of exp((a - 1) (loss - divergence)) over the orders is 1 / delta."""
    costs = [(order, rounds * divergence(rate, noise, order)) for order in ORDERS]

    def excess(loss):
        mean = mp.fsum(mp.exp((order - 1) * (loss - cost)) for order, cost in costs) / len(costs)
        return mp.log(mean) + mp.log(delta)

    top = min(cost + mp.log(len(costs) / delta) / (order - 1) for order, cost in costs)
    return mp.findroot(excess, (mp.mpf(0), top), solver="anderson", tol=1e-40)


def odometer_rows():
    for rate, noise, rounds in [(1, 1, 1), (1, 20, 1), (1, 2, 30), (1, 0.25, 1)]:
        for delta in (0.3, 1e-5, 1e-9):
            yield rate, noise, rounds, delta, reading(rate, mp.mpf(noise), rounds, mp.mpf(delta))
    mp.mp.dps = 30
    yield 0.01, 1.0, 100, 1e-5, reading(mp.mpf(0.01), mp.mpf(1), 100, mp.mpf(1e-5))


write(
    "renyi_filter.csv",
    [
        f"divergence: {MPMATH}, 50 digits: epsilon - log((a-1)/a) + (log delta + log a) / (a-1) for order a",
        f"(Canonne, Kamath & Steinke 2020, Proposition 12); {DP_ACCOUNTING}, compute_epsilon([order],",
        "[divergence], delta) gives epsilon back to 1e-9. Left out: rows where it is negative",
    ],
    ["epsilon", "delta", "order", "divergence"],
    filter_rows(),
)
write(
    "renyi_odometer.csv",
    [
        f"{MPMATH}, 50 digits (30 for the sampled row): findroot of the loss at which the mean, over the orders",
        "1 + 2^(k/4) for k = -12 ... 44, of exp((order - 1) (loss - rounds * divergence)) is 1 / delta, with the",
        "divergence of Gaussian noise on cohorts of this rate: order / (2 z^2), or quad over the definition",
    ],
    ["sampling_rate", "noise_multiplier", "rounds", "delta", "epsilon"],
    odometer_rows(),
)
