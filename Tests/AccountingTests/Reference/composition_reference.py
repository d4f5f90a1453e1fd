"""delta(epsilon) of compositions to at least ten digits: closed forms, exact sums and transform inversion."""

import itertools

import flint
import mpmath as mp
import numpy as np
from loss_inversion import ADD, REMOVE, Composition
from reference_table import MPMATH, write

FLINT = f"python-flint {flint.__version__}"
INVERSION = f"loss_inversion.py with numpy {np.__version__}, 80-bit"
TARGETS = [1e-1, 1e-3, 1e-5, 1e-8, 1e-10, 1e-15, 1e-50]


def rounded(epsilon):
    return float(f"{epsilon:.4g}")


# --- Poisson-sampled Gaussian


def one_round(q, z, epsilon, direction):
    """delta of one round: the loss grows or falls with the noise, so an outcome is either in the best test or not."""
    tail = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
    r = mp.exp(direction * epsilon) - 1 + q
    if r <= 0:
        return 1 - mp.exp(epsilon) if direction == REMOVE else mp.mpf(0)
    x = z * z * mp.log(r / q) + mp.mpf(1) / 2
    none, one = tail(direction * x / z), tail(direction * (x - 1) / z)
    mixed = (1 - q) * none + q * one
    P, Q = (mixed, none) if direction == REMOVE else (none, mixed)
    return P - mp.exp(epsilon) * Q


def two_rounds(q, z, epsilon, direction):
    """The mean of one_round over the loss of the other round, by the trapezoidal rule; None unless it has converged."""
    previous = None
    for count in (200, 400, 800):
        end = 14 * z
        step = (2 * end + 1) / mp.mpf(count)
        total = mp.mpf(0)
        for index in range(count + 1):
            x = -end + index * step
            none, one = mp.npdf(x, 0, z), mp.npdf(x, 1, z)
            mixed = (1 - q) * none + q * one
            loss = direction * mp.log(mixed / none)
            total += (mixed if direction == REMOVE else none) * one_round(q, z, epsilon - loss, direction)
        total *= step
        if previous and abs(total / previous - 1) < 1e-13:
            return total
        previous = total
    return None


def epsilon_for(q, z, rounds, direction, target):
    return rounded(Composition([(q, z, rounds)], direction).epsilon_near(np.log(target)))


def pld_high_precision():
    rows = []
    checked = 0
    targets = itertools.cycle(TARGETS)
    rates, noises = [1e-4, 1e-3, 0.01, 0.1, 0.5, 0.9], [0.3, 0.5, 0.8, 1.0, 2.0, 5.0]
    for rounds, q, z, direction in itertools.product([1, 2, 3, 10, 100, 1000, 10000], rates, noises, [REMOVE, ADD]):
        epsilon = epsilon_for(q, z, rounds, direction, next(targets))
        if not 1e-5 < epsilon < 500:
            continue
        composition = Composition([(q, z, rounds)], direction)
        inverted = None if rounds <= 2 and q < 0.1 else composition.log_delta(epsilon)
        value = inverted
        if rounds <= 2:
            with mp.workdps(50):
                direct = (one_round if rounds == 1 else two_rounds)(mp.mpf(q), mp.mpf(z), mp.mpf(epsilon), direction)
                if not direct:
                    continue
                value = mp.log(direct)
            if inverted is not None:
                assert abs(value - mp.mpf(str(inverted))) < 1e-11, (q, z, rounds, direction, epsilon)
                checked += 1
        if value is not None:
            rows.append((q, z, rounds, direction, epsilon, value))
            print(*rows[-1], flush=True)
    write(
        "pld_high_precision.csv",
        [
            "Poisson-sampled Gaussian, add-or-remove-one: natural logarithm of delta(epsilon), at least 11 digits.",
            "direction 1: a unit is removed, P the mixture; -1: it is added, Q the mixture.",
            f"rounds 1: {MPMATH}, 50 digits, closed form. rounds 2: {MPMATH}, 50 digits, mean of the closed form over the",
            "loss of the other round by the trapezoidal rule, until halving the step changes less than 1e-13. From 3:",
            f"{INVERSION}, Composition([(q, z, rounds)], direction)",
            f".log_delta(epsilon): two contours with different steps agree to 2e-12; {checked} rows of 1 and 2 rounds",
            "were made both ways and agree to 1e-11. Rows for which a method does not come to that are left out.",
        ],
        ["sampling_rate", "noise_multiplier", "rounds", "direction", "epsilon", "log_delta"],
        rows,
    )


def pld_two_phases():
    rows = []
    targets = itertools.cycle(TARGETS[:6])
    cases = [
        ((0.1, 1.0, 10), (0.01, 0.6, 100)), ((0.01, 0.8, 1000), (0.01, 1.6, 1000)), ((1.0, 5.0, 1), (0.01, 1.0, 500)),
        ((0.5, 2.0, 5), (0.1, 4.0, 50)), ((0.9, 5.0, 20), (0.001, 1.0, 1000)), ((1.0, 20.0, 30), (0.05, 3.0, 2000)),
        ((0.02, 1.1, 3000), (0.2, 6.0, 100)), ((0.3, 1.5, 4), (0.3, 3.0, 4)),
    ]
    for phases, direction, _ in itertools.product(cases, [REMOVE, ADD], range(2)):
        composition = Composition(phases, direction)
        epsilon = rounded(composition.epsilon_near(np.log(next(targets))))
        value = composition.log_delta(epsilon) if epsilon > 0 else None
        if value is not None:
            rows.append((*phases[0], *phases[1], direction, epsilon, value))
    write(
        "pld_two_phases.csv",
        [
            "Poisson-sampled Gaussian (rate 1: everyone) in two phases, one after the other: logarithm of delta(epsilon).",
            f"{INVERSION}, Composition([phase_1, phase_2], direction).log_delta(epsilon);",
            "direction as in pld_high_precision.csv",
        ],
        [
            "sampling_rate_1", "noise_multiplier_1", "rounds_1", "sampling_rate_2", "noise_multiplier_2", "rounds_2",
            "direction", "epsilon", "log_delta",
        ],
        rows,
    )


# --- Laplace


def laplace_delta(b, rounds, epsilon):
    """Outcomes beyond either end have loss 1/b or -1/b; between them it has density exp((l - 1/b) / 2) / 4."""
    total = mp.mpf(0)
    for top, bottom in itertools.product(range(rounds + 1), repeat=2):
        m = rounds - top - bottom
        if m < 0:
            continue
        ways = mp.factorial(rounds) / mp.factorial(top) / mp.factorial(bottom) / mp.factorial(m)
        atoms = ways * mp.mpf(2) ** -top * (mp.exp(-1 / b) / 2) ** bottom
        rest = epsilon - (top - bottom) / b
        if m == 0:
            total += atoms * max(0, 1 - mp.exp(rest))
            continue
        knots = [(2 * k - m) / b for k in range(m + 1)]
        knots = [max(knots[0], rest)] + [knot for knot in knots if knot > max(knots[0], rest)]
        if len(knots) < 2:
            continue

        def density(loss):
            u = (loss * b + m) / 2
            spline = sum((-1) ** j * mp.binomial(m, j) * (u - j) ** (m - 1) for j in range(m + 1) if u > j)
            return (2 / b) ** (m - 1) * spline / mp.factorial(m - 1)

        part = mp.quad(lambda loss: mp.exp(loss / 2) * -mp.expm1(rest - loss) * density(loss), knots)
        total += atoms * mp.mpf(4) ** -m * mp.exp(-m / (2 * b)) * part
    return total


def laplace_composition():
    rows = []
    for b, rounds, part in itertools.product([0.4, 1.0, 2.5, 20.0], [1, 2, 3, 6], [0.05, 0.4, 0.9, 0.999]):
        epsilon = rounded(part * rounds / b)
        with mp.workdps(60):
            value = laplace_delta(mp.mpf(b), rounds, mp.mpf(epsilon))
            if rounds == 1:
                assert abs(value + mp.expm1((mp.mpf(epsilon) - 1 / mp.mpf(b)) / 2)) < 1e-40
            rows.append((b, rounds, epsilon, mp.log(value)))
    write(
        "laplace_composition.csv",
        [
            f"{MPMATH}, 60 digits: logarithm of delta(epsilon) of `rounds` Laplace mechanisms of scale b over sensitivity 1:",
            "the sum over how many rounds end beyond either end, and quad over the density of the rest between its knots;",
            "one round asserted equal to 1 - exp((epsilon - 1/b) / 2)",
        ],
        ["noise_multiplier", "rounds", "epsilon", "log_delta"],
        rows,
    )


# --- Losses on a lattice: the distribution of the sum is a power of a polynomial


def lattice_log_delta(probabilities, spacing, lowest, rounds, epsilon):
    """`probabilities[k]` is that of the loss lowest + k spacing under P."""
    power = flint.arb_poly(probabilities) ** rounds
    total = flint.arb(0)
    for index in range(power.degree() + 1):
        gap = epsilon - rounds * lowest - index * spacing
        if gap < 0:
            total -= power[index] * gap.expm1()
    return total.log()


def digits(value):
    assert value.rad() < 1e-20, value
    return mp.mpf(value.mid().str(30, radius=False))


def discrete_gaussian_composition():
    rows = []
    flint.ctx.prec = 600
    for sigma, sensitivity, rounds, part in itertools.product(
        [0.5, 1.0, 3.0, 10.0], [1, 3], [1, 2, 10, 100], [1.0, 4.0]
    ):
        s = flint.arb(sigma)
        mean = rounds * sensitivity**2 / (2 * sigma**2)
        epsilon = rounded(mean + part * (2 * mean) ** 0.5)
        # Beyond the reach the noise has less than exp(-400) of its mass.
        reach = int(29 * sigma) + 2
        weights = [(-flint.arb(x * x) / (2 * s * s)).exp() for x in range(-reach, reach + 1)]
        whole = sum(weights, flint.arb(0))
        # P = noise + sensitivity, Q = noise: at noise x under P, loss = (2 sensitivity x + sensitivity^2) / 2 sigma^2.
        spacing = flint.arb(sensitivity) / (s * s)
        lowest = (flint.arb(sensitivity) ** 2 - 2 * sensitivity * reach) / (2 * s * s)
        value = lattice_log_delta(
            [weight / whole for weight in weights], spacing, lowest, rounds, flint.arb(epsilon)
        )
        if value > -200:
            rows.append((sigma, sensitivity, rounds, epsilon, digits(value)))
    write(
        "discrete_gaussian_composition.csv",
        [
            f"{FLINT}, balls of 600 bits: logarithm of delta(epsilon) of `rounds` discrete Gaussian mechanisms,",
            "noise proportional to exp(-x^2 / (2 standard_deviation^2)) on the integers, by the exact sum over the",
            "distribution of the total noise",
        ],
        ["standard_deviation", "sensitivity", "rounds", "epsilon", "log_delta"],
        rows,
    )


def discrete_laplace_composition():
    rows = []
    flint.ctx.prec = 600
    for scale, sensitivity, rounds, part in itertools.product(
        [0.5, 1.0, 4.0, 30.0], [1, 2, 5], [1, 2, 10, 300], [0.03, 0.5, 0.99]
    ):
        a = 1 / flint.arb(scale)
        epsilon = rounded(part * rounds * sensitivity / scale)
        mass = lambda x: (-a * abs(x)).exp() * (a / 2).tanh()
        # P = noise at 0, Q = noise at the sensitivity; beyond either end the loss is constant.
        probabilities = [mass(sensitivity) / (1 - (-a).exp())]
        probabilities += [mass(x) for x in range(sensitivity - 1, 0, -1)]
        probabilities += [mass(0) / (1 - (-a).exp())]
        assert abs(sum(probabilities, flint.arb(0)) - 1) < 1e-100
        value = lattice_log_delta(
            probabilities, 2 * a, -a * sensitivity, rounds, flint.arb(epsilon)
        )
        if value > -200:
            rows.append((scale, sensitivity, rounds, epsilon, digits(value)))
    write(
        "discrete_laplace_composition.csv",
        [
            f"{FLINT}, balls of 600 bits: logarithm of delta(epsilon) of `rounds` discrete Laplace mechanisms,",
            "noise proportional to exp(-|x| / scale) on the integers, by the exact sum over the total loss",
        ],
        ["scale", "sensitivity", "rounds", "epsilon", "log_delta"],
        rows,
    )


def randomized_response_composition():
    rows = []
    flint.ctx.prec = 600
    for noise, buckets, rounds, part in itertools.product(
        [0.05, 0.5, 0.95], [2, 4, 50], [1, 10, 300, 10000], [0.5, 2.0, 8.0]
    ):
        other = flint.arb(noise) / buckets
        truth = 1 - flint.arb(noise) + other
        loss = (truth / other).log()
        spread = float(loss) * rounds**0.5
        mean = float(loss * (truth - other)) * rounds
        epsilon = rounded(min(mean + part * spread, 0.99 * rounds * float(loss)))
        value = lattice_log_delta(
            [other, (buckets - 2) * other, truth], loss, -loss, rounds, flint.arb(epsilon)
        )
        if value > -200:
            rows.append((noise, buckets, rounds, epsilon, digits(value)))
    write(
        "randomized_response_composition.csv",
        [
            f"{FLINT}, balls of 600 bits: logarithm of delta(epsilon) of `rounds` randomized responses, which report",
            "a uniform bucket of all with probability noise_parameter and else the truth; one unit's answers replaced;",
            "by the exact sum over the trinomial distribution of the total loss",
        ],
        ["noise_parameter", "bucket_count", "rounds", "epsilon", "log_delta"],
        rows,
    )


def pure_composition():
    """Kairouz, Oh & Viswanath 2015, Theorem 3.3, inverted in epsilon between its steps."""
    rows = []
    flint.ctx.prec = 600
    for epsilon, rounds, delta in itertools.product(
        [0.001, 0.01, 0.1, 1.0, 3.0], [1, 2, 10, 100, 1000, 10000], [1e-2, 1e-5, 1e-9]
    ):
        e = flint.arb(epsilon)
        truth = e.exp() / (1 + e.exp())
        power = flint.arb_poly([1 - truth, truth]) ** rounds
        # With S successes the loss is (2 S - rounds) epsilon. Where the S above s are in the best test,
        # delta = P(S > s) - exp(total) Q(S > s), and Q(S) = P(rounds - S).
        P, Q = flint.arb(0), flint.arb(0)
        answer = flint.arb(0)
        for successes in range(rounds, -1, -1):
            P += power[successes]
            Q += power[rounds - successes]
            if not P > delta:
                continue
            total = ((P - delta) / Q).log()
            if total > (2 * (successes - 1) - rounds) * e:
                answer = total
                break
        rows.append((epsilon, rounds, delta, digits(answer) if answer > 0 else mp.mpf(0)))
    write(
        "pure_composition.csv",
        [
            f"{FLINT}, balls of 600 bits: the least epsilon at which `rounds` mechanisms of pure epsilon_each, in the worst",
            "case, are (epsilon, delta)-private (Kairouz, Oh & Viswanath 2015, Theorem 3.3, solved for epsilon)",
        ],
        ["epsilon_each", "rounds", "delta", "epsilon"],
        rows,
    )


TABLES = [
    pld_high_precision, pld_two_phases, laplace_composition, discrete_gaussian_composition,
    discrete_laplace_composition, randomized_response_composition, pure_composition,
]
