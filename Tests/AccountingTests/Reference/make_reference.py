"""Writes the reference tables in this folder with tools that share no code with the package.

    python3 -m venv .venv
    .venv/bin/pip install dp-accounting==0.6.0 mpmath==1.4.1 prv-accountant==0.2.0 python-flint==0.9.0
    .venv/bin/python make_reference.py

Takes about an hour; names of tables as arguments make only those. Epsilons and divergences are of add-or-remove-one
neighbors unless a column or the header says otherwise; `noise_multiplier` is the standard deviation over ONE unit's contribution.
"""

import itertools
import logging
import math
import sys

import bench_grid
import composition_reference
import dp_accounting
import mpmath as mp
import package_reference
from dp_accounting.pld import privacy_loss_distribution as pld
from dp_accounting.rdp import rdp_privacy_accountant as rdp
from reference_table import DP_ACCOUNTING, MPMATH, write

logging.getLogger().setLevel(logging.ERROR)


# --- Gaussian mechanism, full participation


def log_delta(mu, epsilon):
    a, b = epsilon / mu - mu / 2, epsilon / mu + mu / 2
    tail = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
    return mp.log(tail(a) - mp.exp(epsilon) * tail(b))


def gaussian_delta():
    rows = []
    for mu, multiple in itertools.product(
        ["0.000001", "0.001", "0.05", "0.3", "0.99", "1.01", "2", "7", "40", "1000"],
        ["0", "0.01", "0.4", "1", "3", "8", "20", "50"],
    ):
        with mp.workdps(1200):
            mu_exact = mp.mpf(float(mu))
            # Epsilons from 0 to where delta is e^-1250: the mean loss and multiples of its deviation.
            epsilon = mp.mpf(float(mu_exact**2 / 2 * min(1, mp.mpf(multiple)) + mu_exact * mp.mpf(multiple)))
            rows.append((mu_exact, epsilon, log_delta(mu_exact, epsilon)))
    write(
        "gaussian_delta.csv",
        [
            f"{MPMATH}, 1200 digits: log(Q(e/mu - mu/2) - exp(e) Q(e/mu + mu/2)), Q(x) = erfc(x / sqrt(2)) / 2",
            "(Balle & Wang 2018, Theorem 8); mu = 1 / noise multiplier",
        ],
        ["mu", "epsilon", "log_delta"],
        rows,
    )


def analytic_gaussian_sigma():
    printed = {
        "1e-5": [30.7496, 7.0318, 3.7306, 1.9938, 1.3906, 1.0812, 0.6002, 0.4999],
        "1e-6": [36.3047, 8.0576, 4.2247, 2.2305, 1.5439, 1.1935, 0.6529, 0.5411],
    }
    rows = []
    for delta, values in printed.items():
        for epsilon, value in zip([0.1, 0.5, 1, 2, 3, 4, 8, 10], values):
            with mp.workdps(40):
                sigma = mp.findroot(
                    lambda s: log_delta(1 / s, mp.mpf(epsilon)) - mp.log(mp.mpf(float(delta))), value
                )
            assert abs(sigma - value) < 1e-4, (delta, epsilon, sigma)
            rows.append((float(delta), float(epsilon), sigma))
    write(
        "analytic_gaussian_sigma.csv",
        [
            f"{MPMATH}, 40 digits: findroot of log delta (gaussian_delta.csv) in sigma = 1 / mu;",
            "checked against a printed table with four decimals; epsilon 1, 3, 10 at delta 1e-6 are the",
            "sigma 4.22, 1.54, 0.541 of Andrew et al. 2024 (ICLR), Table 1",
        ],
        ["delta", "epsilon", "noise_multiplier"],
        rows,
    )


# --- Renyi divergences


def poisson_divergence(q, z, order, directions=2):
    """One or both directions, integrated over the noise in units of z."""
    q, z, order = mp.mpf(q), mp.mpf(z), mp.mpf(order)
    ratio = lambda y: 1 - q + q * mp.exp(y / z - 1 / (2 * z * z))
    forward = lambda y: mp.npdf(y) * (ratio(y) ** order - 1 - order * (ratio(y) - 1))
    backward = lambda y: mp.npdf(y) * (ratio(y) ** (1 - order) - 1 + (order - 1) * (ratio(y) - 1))
    end = order / z + 40
    knots = [mp.mpf(-40), -20, -10, -5, 0] + [k for k in mp.linspace(0, end, int(end / 3) + 2)][1:]
    values = [mp.log1p(mp.quad(f, knots)) / (order - 1) for f in (forward, backward)[:directions]]
    return values


def poisson_rdp():
    rows = []
    for q, z, order in itertools.product(
        [1e-6, 1e-3, 0.01, 0.1, 0.5, 0.99],
        [0.3, 0.6, 1.0, 4.0, 30.0],
        [1.01, 1.1, 1.5, 2.0, 2.7182818, 5.0, 10.3, 32.0],
    ):
        with mp.workdps(40):
            forward, backward = poisson_divergence(q, z, order)
            assert forward >= backward * (1 - mp.mpf(10) ** -15), (q, z, order)
            rows.append((q, z, order, forward))
    for q, z, order in itertools.product([1e-5, 0.01, 0.3], [0.8, 5.0, 200.0], [64, 1024, 16384]):
        with mp.workdps(60):
            qm, zm = mp.mpf(q), mp.mpf(z)
            total, weight = mp.mpf(0), (1 - qm) ** order
            for k in range(order + 1):
                total += weight * mp.expm1((k * k - k) / (2 * zm * zm))
                weight *= mp.mpf(order - k) / (k + 1) * qm / (1 - qm)
            rows.append((q, z, float(order), mp.log1p(total) / (order - 1)))
    write(
        "poisson_gaussian_rdp.csv",
        [
            f"{MPMATH}, 40 digits: Renyi divergence of (1-q) N(0,z^2) + q N(1,z^2) from N(0,z^2) by quad over",
            "the definition, asserted to be at least the opposite direction; orders from 64: 60 digits, the",
            "binomial sum over k of C(a,k) (1-q)^(a-k) q^k expm1((k^2-k) / (2 z^2)), then log1p, / (a-1)",
        ],
        ["sampling_rate", "noise_multiplier", "order", "divergence"],
        rows,
    )


def laplace_rdp():
    rows = []
    for b, order in itertools.product([0.05, 0.7, 3.0, 1000.0], [1.01, 2.0, 9.5, 300.0, 60000.0]):
        with mp.workdps(60):
            bm, a = mp.mpf(b), mp.mpf(order)
            value = a / (2 * a - 1) * mp.exp((a - 1) / bm) + (a - 1) / (2 * a - 1) * mp.exp(-a / bm)
            rows.append((b, order, mp.log(value) / (a - 1)))
    write(
        "laplace_rdp.csv",
        [f"{MPMATH}, 60 digits: Mironov 2017 (Renyi Differential Privacy), Table II"],
        ["noise_multiplier", "order", "divergence"],
        rows,
    )


def without_replacement_rdp():
    rows = []
    for (m, n), z, order in itertools.product(
        [(1, 1000), (100, 10000), (30, 300), (90, 100)], [0.7, 2.0, 10.0, 60.0], [2, 3, 8, 32, 300, 1000]
    ):
        with mp.workdps(60):
            c, p = mp.mpf(m) / n, 4 / mp.mpf(z) ** 2
            cumulant = lambda j: j * (j - 1) * p / 2
            theorem = c**2 * mp.binomial(order, 2) * min(
                4 * mp.expm1(cumulant(2)), 2 * mp.exp(cumulant(2))
            )
            for j in range(3, order + 1):
                theorem += mp.binomial(order, j) * c**j * 2 * mp.exp(cumulant(j))
            theorem = mp.log1p(theorem) / (order - 1)
        attained = mp.mpf(0)
        if order <= 8:
            attained = max(attained_divergence(c, mp.mpf(z), order, rest) for rest in (-1, 0, 1))
        tool = rdp._compute_rdp_sample_wor_gaussian(m / n, z / 2, [float(order)])[0]
        rows.append((m, n, z, order, theorem, float(tool), attained))
    write(
        "without_replacement_rdp.csv",
        [
            "Gaussian noise on cohorts without replacement, replace-one neighbors (distance 2 / z).",
            f"theorem9: {MPMATH}, 60 digits, Wang, Balle & Kasiviswanathan 2019, Theorem 9.",
            f"attained: {MPMATH}, quad over the definition of true divergences between mixtures of cohorts with the",
            "unit at 1 or -1 and without it at -1, 0 or 1, the largest, for orders up to 8, else 0.",
            f"dp_accounting: {DP_ACCOUNTING}, rdp_privacy_accountant._compute_rdp_sample_wor_gaussian(m/n, z/2,",
            "[order]): it takes the multiplier relative to the replace-one distance, 2 clipping norms; up to order",
            "256 it uses more than Theorem 9.",
        ],
        [
            "cohort_size", "population_size", "noise_multiplier", "order",
            "theorem9", "dp_accounting", "attained",
        ],
        rows,
    )


def attained_divergence(c, z, order, rest):
    """Renyi divergence of (1-c) N(rest) + c N(1) from (1-c) N(rest) + c N(-1), or back."""
    P = lambda x: (1 - c) * mp.npdf(x, rest, z) + c * mp.npdf(x, 1, z)
    Q = lambda x: (1 - c) * mp.npdf(x, rest, z) + c * mp.npdf(x, -1, z)
    reach = 10 * z + order
    knots = mp.linspace(-reach - order, reach + order, 12)
    best = mp.mpf(0)
    for f, g in ((P, Q), (Q, P)):
        ratio = lambda x: f(x) / g(x)
        excess = mp.quad(lambda x: g(x) * (ratio(x) ** order - 1 - order * (ratio(x) - 1)), knots)
        best = max(best, mp.log1p(excess) / (order - 1))
    return best


def ternary_moments():
    """E_r[((p - q) / r)^j] for triangles of normal distributions no more than s apart, r at the origin."""
    rows = []
    half = mp.sqrt(3) / 2
    shapes = {
        0: ((1, 0), (0, 0)), 1: ((mp.mpf(1) / 2, 0), (mp.mpf(-1) / 2, 0)),
        2: ((1, 0), (mp.mpf(1) / 2, half)), 3: ((1, 0), (mp.mpf("0.95"), mp.mpf("0.1"))),
        4: ((1, 0), (mp.mpf(1) / 2, mp.mpf(0))), 5: ((mp.mpf("0.8"), mp.mpf("0.1")), (mp.mpf("0.7"), -mp.mpf("0.5"))),
    }
    for s, j, (shape, (p, q)) in itertools.product(
        [0.001, 0.05, 0.3, 1.0, 3.0], [2, 4, 6, 10, 20, 60], shapes.items()
    ):
        with mp.workdps(600):
            total = mp.mpf(0)
            for k in range(j + 1):
                mix = [(j - k) * a + k * b for a, b in zip(p, q)]
                square = lambda v: sum(mp.mpf(x) ** 2 for x in v)
                exponent = (square(mix) - (j - k) * square(p) - k * square(q)) * mp.mpf(s) ** 2 / 2
                total += mp.binomial(j, k) * (-1) ** k * mp.exp(exponent)
            rows.append((s, j, shape, mp.log(total)))
    write(
        "ternary_moments.csv",
        [
            f"{MPMATH}, 600 digits: log E_r[((p - q) / r)^j] for normal distributions of unit width, r at the origin,",
            "p and q at s times a shape whose sides are at most 1, by the binomial sum of",
            "exp((|(j-k) p + k q|^2 - (j-k) |p|^2 - k |q|^2) / 2); shape 2 is the equilateral triangle",
        ],
        ["distance", "degree", "shape", "log_moment"],
        rows,
    )


def discrete_laplace_log_moment(scale, sensitivity, order):
    """log E_Q[(P/Q)^order] as three geometric sums: left of both centers, between them, right of them."""
    r, m, a = mp.exp(-1 / mp.mpf(scale)), sensitivity, mp.mpf(order)
    step = r ** (1 - 2 * a)
    total = (r ** (a * m) + r ** (m - a * m)) / (1 - r) + r ** (a * m) * (step**m - step) / (step - 1)
    return mp.log(total * (1 - r) / (1 + r))


def discrete_laplace_rdp():
    rows = []
    for (scale, m), order in itertools.product(
        [(0.05, 1), (1.0, 1), (1.0, 7), (40.0, 1), (40.0, 100), (1e6, 1), (1e6, 3 * 10**6), (1e9, 2**31)],
        [1.01, 2.0, 9.5, 300.0, 16384.0],
    ):
        with mp.workdps(400):
            value = discrete_laplace_log_moment(scale, m, order)
            if scale <= 1:
                pmf = lambda x: mp.exp(-abs(x) / mp.mpf(scale))
                xs = range(-900, 900)
                direct = sum(pmf(x - m) ** mp.mpf(order) * pmf(x) ** (1 - mp.mpf(order)) for x in xs)
                direct = mp.log(direct / sum(map(pmf, range(-2000, 2001))))
                assert abs(direct / value - 1) < mp.mpf(10) ** -50, (scale, m, order)
            rows.append((scale, m, order, value / (mp.mpf(order) - 1)))
    write(
        "discrete_laplace_rdp.csv",
        [
            f"{MPMATH}, 400 digits: Renyi divergence of integers x with probability proportional to",
            "exp(-|x - sensitivity| / scale) from exp(-|x| / scale), by geometric sums, which are asserted to be the",
            "plain sum over the outcomes for scales up to 1",
        ],
        ["scale", "sensitivity", "order", "divergence"],
        rows,
    )


def finite_divergence(first, second, order):
    a = mp.mpf(order)
    return mp.log(sum(p**a * q ** (1 - a) for p, q in zip(first, second))) / (a - 1)


def randomized_response_rdp():
    rows = []
    for (p, k), order in itertools.product(
        [(1e-9, 2), (0.01, 5), (0.5, 2), (0.75, 40), (0.999999, 3), (1.0, 2)], [1.01, 2.0, 9.5, 300.0]
    ):
        with mp.workdps(60):
            pm = mp.mpf(p)
            own = [1 - pm + pm / k] + [pm / k] * (k - 1)
            other = own[1:] + own[:1]
            uniform = [mp.mpf(1) / k] * k
            replaced = finite_divergence(own, other, order)
            blank = max(finite_divergence(own, uniform, order), finite_divergence(uniform, own, order))
            rows.append((p, k, order, replaced, blank))
    write(
        "randomized_response_rdp.csv",
        [
            f"{MPMATH}, 60 digits: Renyi divergences by the sum over all buckets, of a report from one that has",
            "another true bucket, and the larger one of both directions between a report and a uniform one",
        ],
        ["noise_parameter", "bucket_count", "order", "replace_one", "zero_out"],
        rows,
    )


def sampled_divergence(q, outcomes, order):
    """The larger direction, over (probability under noise around 0, likelihood ratio of the shifted noise)."""
    q, a = mp.mpf(q), mp.mpf(order)
    forward = sum(w * ((1 - q + q * l) ** a) for w, l in outcomes)
    backward = sum(w * ((1 - q + q * l) ** (1 - a)) for w, l in outcomes)
    assert forward >= backward, (q, order)
    return mp.log(forward) / (a - 1)


def laplace_sampled_divergence(q, b, order):
    q, d, a = mp.mpf(q), 1 / mp.mpf(b), mp.mpf(order)
    forward = mp.exp(-d) / 2 * (1 - q + q * mp.exp(d)) ** a + mp.mpf(1) / 2 * (1 - q + q * mp.exp(-d)) ** a
    middle = mp.quad(lambda x: mp.exp(-x) / 2 * (1 - q + q * mp.exp(2 * x - d)) ** a, mp.linspace(0, d, 9))
    return mp.log(forward + middle) / (a - 1)


def poisson_noise_rdp():
    rows = []
    settings = [(0, 0.3, 1), (0, 1.0, 1), (0, 20.0, 1), (1, 0.7, 2), (1, 5.0, 1), (1, 30.0, 40), (2, 0.7, 1), (2, 4.0, 3)]
    for (noise, width, m), q, order in itertools.product(
        settings, [1e-5, 0.01, 0.3, 0.99], [1.2, 2.0, 3.0, 7.5, 20.0, 100.0]
    ):
        with mp.workdps(60):
            if noise == 0:
                value = laplace_sampled_divergence(q, width, order)
            else:
                w = mp.mpf(width)
                pmf = (lambda x: mp.exp(-abs(x) / w)) if noise == 1 else (lambda x: mp.exp(-x * x / (2 * w * w)))
                reach = int((150 * w if noise == 1 else 25 * w) + order * m + 10)
                total = sum(pmf(x) for x in range(-reach, reach + 1))
                outcomes = [(pmf(x) / total, pmf(x - m) / pmf(x)) for x in range(-reach, reach + 1)]
                value = sampled_divergence(q, outcomes, order)
            rows.append((noise, width, m, q, order, value))
    write(
        "poisson_noise_rdp.csv",
        [
            f"{MPMATH}, 60 digits: Renyi divergence of noise whose center is, with probability sampling_rate, moved",
            "by sensitivity, from noise that is not. noise 0: Laplace of scale width (quad over the",
            "definition); 1: discrete Laplace of scale width, 2: discrete Gaussian of parameter width (sums over the",
            "integers, asserted to be at least the opposite direction).",
        ],
        ["noise", "width", "sensitivity", "sampling_rate", "order", "divergence"],
        rows,
    )


def without_replacement_laplace_rdp():
    rows = []
    for c, b, order in itertools.product([0.001, 0.1, 0.9], [1.0, 6.0, 50.0], [2, 3, 5]):
        with mp.workdps(30):
            noise = lambda x, center: mp.exp(-abs(x - center) / mp.mpf(b)) / (2 * mp.mpf(b))
            best = mp.mpf(0)
            for rest in (-1, 0, 1):
                P = lambda x: (1 - mp.mpf(c)) * noise(x, rest) + mp.mpf(c) * noise(x, 1)
                Q = lambda x: (1 - mp.mpf(c)) * noise(x, rest) + mp.mpf(c) * noise(x, -1)
                knots = [-60 * b, -10 * b, -2 * b - 1, -1, 0, 1, 2 * b + 1, 10 * b, 60 * b]
                for f, g in ((P, Q), (Q, P)):
                    moment = mp.quad(lambda x: f(x) ** order * g(x) ** (1 - order), knots)
                    best = max(best, mp.log(moment) / (order - 1))
            rows.append((c, b, order, best))
    write(
        "without_replacement_laplace_rdp.csv",
        [
            f"{MPMATH}, 30 digits: quad over the definition of Renyi divergences between mixtures of cohorts with the",
            "unit at 1 or -1 and without it at -1, 0 or 1, the largest; Laplace noise of scale noise_multiplier",
        ],
        ["sampling_rate", "noise_multiplier", "order", "attained"],
        rows,
    )


# --- Epsilons


def exact_rdp_epsilon(q, z, rounds, delta, orders, known={}):
    """The least conversion over the orders, by ternary search with exact divergences."""

    def epsilon(index):
        order = orders[index]
        if (q, z, order) not in known:
            qm, zm, a = mp.mpf(q), mp.mpf(z), mp.mpf(order)
            if q == 1:
                known[q, z, order] = a / (2 * zm**2)
            elif order == int(order):
                total, weight = mp.mpf(0), (1 - qm) ** a
                for k in range(int(order) + 1):
                    total += weight * mp.expm1((k * k - k) / (2 * zm * zm))
                    weight *= (a - k) / (k + 1) * qm / (1 - qm)
                known[q, z, order] = mp.log1p(total) / (a - 1)
            else:
                known[q, z, order] = poisson_divergence(q, z, order, directions=1)[0]
        a = mp.mpf(order)
        price = (mp.log(mp.mpf(delta)) + mp.log(a)) / (a - 1)
        return max(0, rounds * known[q, z, order] + mp.log1p(-1 / a) - price)

    first, last = 0, len(orders) - 1
    while first < last:
        middle = (first + last) // 2
        if epsilon(middle) <= epsilon(middle + 1):
            last = middle
        else:
            first = middle + 1
    return orders[first], epsilon(first)


def rdp_epsilon():
    orders = sorted(
        {1 + 0.01 * math.exp(k / 50) for k in range(366)}
        | {float(k) for k in range(2, 51)}
        | {float(round(50 * math.exp(k / 50))) for k in range(360)}
    )
    orders = [order for order in orders if order <= 2000]
    rows = []
    grid = itertools.product(
        [1e-5, 1e-3, 0.01, 0.1366, 1.0], [0.5, 0.8, 1.1, 4.0, 20.0], [1, 100, 10000], [1e-5, 1e-9]
    )
    for q, z, rounds, delta in grid:
        accountant = rdp.RdpAccountant(orders)
        event = dp_accounting.PoissonSampledDpEvent(q, dp_accounting.GaussianDpEvent(z))
        tool = accountant.compose(event, rounds).get_epsilon(delta)
        with mp.workdps(30):
            order, epsilon = exact_rdp_epsilon(q, z, rounds, delta, orders)
        # Total variation adds up, and a delta above it needs no epsilon at all.
        variation = rounds * q * (2 * mp.ncdf(1 / (2 * mp.mpf(z))) - 1)
        if 1.01 < order < 1900 and variation > delta:
            rows.append((q, z, rounds, delta, float(tool), epsilon))
    write(
        "rdp_epsilon.csv",
        [
            f"dp_accounting: {DP_ACCOUNTING}, RdpAccountant(orders).compose(PoissonSampledDpEvent(q,",
            "GaussianDpEvent(z)), rounds).get_epsilon(delta), orders 1 + 0.01 exp(k/50), all integers to 50,",
            "round(50 exp(k/50)), up to 2000. It drops orders whose series it cannot sum, and is then too high.",
            f"epsilon: {MPMATH}, 30 digits, the same conversion and orders with divergences by quad over the",
            "definition or the binomial sum. Left out: rows whose best order is the first or about the last, and",
            "those where rounds * q * (2 Phi(1 / 2z) - 1), which bounds the total variation, is at most delta.",
        ],
        ["sampling_rate", "noise_multiplier", "rounds", "delta", "dp_accounting", "epsilon"],
        rows,
    )


def zcdp_epsilon():
    rows = []
    for rho, delta in itertools.product([1e-8, 1e-4, 0.01, 0.5, 3.0, 200.0], [1e-12, 1e-5, 0.01]):
        with mp.workdps(50):
            r, d = mp.mpf(rho), mp.mpf(delta)
            # In t = log(order - 1); the derivative of the conversion changes sign once.
            value = lambda t: (1 + mp.exp(t)) * r + mp.log1p(-1 / (1 + mp.exp(t))) - (
                mp.log(d) + mp.log1p(mp.exp(t))) / mp.exp(t)
            start = mp.log(mp.sqrt(mp.log(1 / d) / r))
            grid = [start + mp.mpf(k) / 50 for k in range(-300, 300)]
            best = min(grid, key=value)
            t = mp.findroot(lambda x: mp.diff(value, x), best)
            if value(t) <= 0:
                continue
            assert abs(t - best) < 0.05 and value(t) <= min(map(value, grid)), (rho, delta)
            rows.append((rho, delta, value(t)))
    write(
        "zcdp_epsilon.csv",
        [
            f"{MPMATH}, 50 digits: the least over all orders a of a rho + log((a-1)/a) - (log delta + log a) / (a-1)",
            "(Canonne, Kamath & Steinke 2020, Proposition 12), by findroot of its derivative",
        ],
        ["rho", "delta", "epsilon"],
        rows,
    )


def equal_loss_delta():
    """Kairouz, Oh & Viswanath 2015, Theorem 3.3, at any epsilon."""
    rows = []
    for (k, e), deviations in itertools.product(
        [(1, 0.7), (2, 3.0), (10, 0.1), (100, 0.5), (1000, 2.0), (10**5, 0.01), (10**7, 0.001)], [0.2, 1, 4, 12]
    ):
        with mp.workdps(60):
            em = mp.mpf(e)
            p = 1 / (1 + mp.exp(em))
            mean, deviation = k * (1 - 2 * p) * em, 2 * em * mp.sqrt(k * p * (1 - p))
            wanted = mp.mpf(float(mean + deviations * deviation))
            if not 0 <= wanted < k * em:
                continue
            last = int(mp.floor((k - wanted / em) / 2))
            first = max(0, last - int(40 * mp.sqrt(k)) - 5)
            log_weight = (
                mp.loggamma(k + 1) - mp.loggamma(last + 1) - mp.loggamma(k - last + 1)
                + last * mp.log(p) + (k - last) * mp.log1p(-p)
            )
            weight, total = mp.exp(log_weight), mp.mpf(0)
            for l in range(last, first - 1, -1):
                total += weight * max(mp.mpf(0), 1 - mp.exp(wanted - (k - 2 * l) * em))
                weight *= mp.mpf(l) / (k - l + 1) * mp.exp(em)
                if l < last - 50 and weight < total * mp.mpf(10) ** -40:
                    break
            rows.append((k, e, wanted, mp.log(total)))
    write(
        "equal_loss_delta.csv",
        [
            f"{MPMATH}, 60 digits: log of the sum over l of C(k,l) e^((k-l) e) / (1+e^e)^k max(0, 1 - e^(x-(k-2l) e)),",
            "k = count, e = pure_epsilon, x = epsilon, from the last positive term down to a relative 1e-40",
        ],
        ["count", "pure_epsilon", "epsilon", "log_delta"],
        rows,
    )


def pld_epsilon():
    rows = []
    cases = [
        (8192 / 60000, 4.05, 280, 1e-5), (512 / 60000, 1.23, 4680, 1e-5), (0.01, 4.0, 10000, 1e-5),
        (0.01, 0.8, 100, 1e-5), (0.01, 0.6, 1, 1e-3), (0.1, 0.5, 1, 1e-5), (0.1, 1.0, 50, 1e-6),
        (0.1, 20.0, 10, 1e-8), (0.5, 2.0, 10, 1e-5), (0.9, 5.0, 30, 1e-5), (0.99, 1.0, 3, 1e-9),
        (1.0, 1.0, 1, 1e-5), (1.0, 10.0, 100, 1e-7), (0.001, 0.5, 2000, 1e-5), (0.02, 0.4, 20, 1e-5),
    ]
    for q, z, rounds, delta in cases:
        values = []
        for pessimistic in (False, True):
            one = pld.from_gaussian_mechanism(
                z, pessimistic_estimate=pessimistic, value_discretization_interval=1e-4, sampling_prob=q
            )
            values.append(float(one.self_compose(rounds).get_epsilon_for_delta(delta)))
        rows.append((q, z, rounds, delta, *values))
    write(
        "pld_epsilon.csv",
        [
            f"{DP_ACCOUNTING}: privacy_loss_distribution.from_gaussian_mechanism(z, pessimistic_estimate=...,",
            "value_discretization_interval=1e-4, sampling_prob=q).self_compose(rounds).get_epsilon_for_delta(delta);",
            "the true epsilon is between optimistic and pessimistic, but for what rounding in convolution adds",
        ],
        ["sampling_rate", "noise_multiplier", "rounds", "delta", "optimistic", "pessimistic"],
        rows,
    )


def pld_noise_epsilon():
    """Everything but continuous Gaussian noise; self_compose counts what PLDAccountant's reports do not."""
    rows = []
    cases = [
        # noise, width, sensitivity, rate, rounds, delta
        (0, 1.0, 1, 1.0, 1, 1e-5), (0, 10.0, 1, 1.0, 200, 1e-6), (0, 0.5, 1, 0.1, 5, 1e-5),
        (0, 3.0, 1, 0.02, 500, 1e-5), (0, 40.0, 1, 0.3, 1000, 1e-8),
        (1, 2.0, 3, 1.0, 1, 1e-5), (1, 30.0, 4, 1.0, 100, 1e-6), (1, 5.0, 2, 0.1, 300, 1e-5), (1, 0.5, 1, 0.01, 20, 1e-4),
        (2, 4.0, 1, 1.0, 1, 1e-5), (2, 20.0, 5, 1.0, 50, 1e-6), (2, 3.0, 2, 0.05, 300, 1e-5), (2, 0.8, 1, 0.01, 10, 1e-5),
        (3, 0.5, 2, 1.0, 1, 1e-3), (3, 0.7550813375962908, 2, 1.0, 100, 1e-6), (3, 0.9, 10, 1.0, 40, 1e-5),
        (4, 0.5, 2, 1.0, 20, 1e-3), (4, 0.9, 10, 1.0, 40, 1e-5),
    ]
    for noise, width, m, q, rounds, delta in cases:
        values = []
        for pessimistic in (False, True):
            common = dict(value_discretization_interval=1e-4, pessimistic_estimate=pessimistic)
            if noise == 0:
                one = pld.from_laplace_mechanism(width, sampling_prob=q, **common)
            elif noise == 1:
                one = pld.from_discrete_laplace_mechanism(1 / width, sensitivity=m, sampling_prob=q, **common)
            elif noise == 2:
                one = pld.from_discrete_gaussian_mechanism(width, sensitivity=m, sampling_prob=q, **common)
            else:
                relation = dp_accounting.NeighboringRelation
                relation = relation.REPLACE_ONE if noise == 3 else relation.REPLACE_SPECIAL
                one = pld.from_randomized_response(width, m, neighboring_relation=relation, **common)
            values.append(float(one.self_compose(rounds).get_epsilon_for_delta(delta)))
        rows.append((noise, width, m, q, rounds, delta, *values))
    write(
        "pld_noise_epsilon.csv",
        [
            f"{DP_ACCOUNTING}: privacy_loss_distribution, value_discretization_interval=1e-4, both estimates,",
            "self_compose(rounds).get_epsilon_for_delta(delta); the truth is between, but for rounding in convolution.",
            "noise 0: from_laplace_mechanism(width, sampling_prob); 1: from_discrete_laplace_mechanism(1 / width,",
            "sensitivity, sampling_prob); 2: from_discrete_gaussian_mechanism(width, sensitivity, sampling_prob);",
            "3 and 4: from_randomized_response(width, num_buckets = sensitivity), REPLACE_ONE and REPLACE_SPECIAL",
        ],
        ["noise", "width", "sensitivity", "sampling_rate", "rounds", "delta", "optimistic", "pessimistic"],
        rows,
    )


if __name__ == "__main__":
    tables = [
        gaussian_delta, analytic_gaussian_sigma, poisson_rdp, laplace_rdp, without_replacement_rdp, ternary_moments,
        discrete_laplace_rdp, randomized_response_rdp, poisson_noise_rdp, without_replacement_laplace_rdp,
        rdp_epsilon, zcdp_epsilon, equal_loss_delta, pld_epsilon, pld_noise_epsilon,
        *composition_reference.TABLES, *package_reference.TABLES, *bench_grid.TABLES,
    ]
    for table in tables:
        if len(sys.argv) == 1 or table.__name__ in sys.argv[1:]:
            table()
