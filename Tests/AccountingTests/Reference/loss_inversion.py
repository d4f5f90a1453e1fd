"""delta(epsilon) of compositions of Poisson-sampled Gaussian mechanisms, from the Laplace transform of their loss.

With L the total privacy loss under P and M(s) = E exp(s L), for any c > 0

    delta(epsilon) = E (1 - exp(epsilon - L))_+
                   = 1 / (2 pi i)  integral from c - i oo to c + i oo of  M(s) exp(-s epsilon) / (s (s + 1)) ds.

At the saddle point c the integrand is hardly larger than the result, so that the sum keeps its relative accuracy at any
delta. The path leaves the vertical line slowly for the side on which the integrand decays. One round's transform is
E r(x)^w over x ~ N(0, z^2), with r(x) = 1 - q + q exp((2 x - 1) / (2 z^2)); the sum over x runs along a line shifted into
the complex plane, where r^w does not oscillate. Both sums are trapezoidal rules of analytic functions, whose errors fall
exponentially in the number of terms. Arithmetic is in 80-bit extended precision.
"""

import numpy as np

# REMOVE: P is the mixture (1 - q) N(0, z^2) + q N(1, z^2) and Q is N(0, z^2); ADD: the other way round.
REMOVE, ADD = 1, -1
real, complex_ = np.longdouble, np.clongdouble
PI = real("3.14159265358979323846264338327950288")
I = complex_(1j)


class Round:
    """The transform of one round."""

    def __init__(self, sampling_rate, noise_multiplier, direction):
        self.rate, self.noise = real(sampling_rate), real(noise_multiplier)
        self.direction = direction
        self.shift = min(PI * self.noise**2 / 2, real(2.5) * self.noise)
        self.step = self.shift / 8

    def log_ratio(self, x):
        u = (2 * x - 1) / (2 * self.noise**2)
        large = u.real > 40
        near = np.log1p(self.rate * np.expm1(np.where(large, 0, u)))
        rest = (1 - self.rate) / self.rate * np.exp(-np.where(large, u, 40))
        return np.where(large, u + np.log(self.rate) + np.log1p(rest), near)

    def log_transform(self, s):
        """log M(s), on any branch, for an array of s in order of their imaginary parts, which are 0 or more."""
        w = 1 + s if self.direction == REMOVE else -s
        x = np.arange(-11 * self.noise, max(0, w.real.max()) + 11 * self.noise, self.step)
        x = x + I * self.shift * self.direction
        ratio = self.log_ratio(x)
        weight = np.log(self.step / self.noise) - np.log(2 * PI) / 2 - x * x / (2 * self.noise**2)
        ends = [(weight + end * ratio).real for end in (w[0], w[-1])]
        kept = np.logical_or(*[size > size.max() - 60 for size in ends])
        scale = max(size.max() for size in ends)
        terms = np.exp(weight[kept] - scale + w[:, None] * ratio[kept])
        return np.log(terms.sum(axis=1)) + scale

    def refine(self, s):
        """Halves the step until the transform at s no longer changes; says whether it came to that."""
        for _ in range(5):
            before = self.log_transform(s)
            self.step /= 2
            if np.abs(np.expm1(self.log_transform(s) - before)).max() < 1e-16:
                return True
        return False


class Composition:
    """Phases (sampling rate, noise multiplier, rounds) one after another, all in one direction."""

    def __init__(self, phases, direction):
        self.direction = direction
        self.rounds = [(Round(rate, noise, direction), count) for rate, noise, count in phases]

    def log_moment(self, s):
        return sum(count * one.log_transform(s) for one, count in self.rounds)

    def log_integrand(self, s, epsilon):
        return self.log_moment(s) - s * real(epsilon) - np.log(s) - np.log(s + 1)

    def at_saddle(self, c):
        """The epsilon whose saddle point is c, a rough log delta there, and the width of the peak."""
        gap = real(c) / 256
        points = np.array([c - gap, c, c + gap], dtype=complex_)
        values = (self.log_moment(points) - np.log(points) - np.log(points + 1)).real
        epsilon = (values[2] - values[0]) / (2 * gap)
        curvature = (values[0] - 2 * values[1] + values[2]) / gap**2
        return epsilon, values[1] - c * epsilon - np.log(2 * PI * curvature) / 2, 1 / np.sqrt(curvature)

    def bisect(self, below):
        """The largest c > 0 for which at_saddle(c) fulfils a condition that small c fulfil."""
        low, high = real(1e-3), real(2e-3)
        while below(*self.at_saddle(high)):
            low, high = high, 2 * high
        for _ in range(20):
            middle = np.sqrt(low * high)
            low, high = (middle, high) if below(*self.at_saddle(middle)) else (low, middle)
        return low

    def epsilon_near(self, log_delta):
        """An epsilon whose log delta is about this."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return float(self.at_saddle(self.bisect(lambda epsilon, rough, width: rough > log_delta))[0])

    def log_delta_along(self, epsilon, steps, at, bend, most):
        """log delta, or None when `most` terms do not suffice.

        `steps` is the number of steps over the peak's width, `at` times the saddle point is where the path crosses
        the real line, and `bend` is how much it leaves the vertical.
        """
        c = self.bisect(lambda here, rough, width: here < epsilon)
        width = min(self.at_saddle(c)[2], c)
        c, step = c * real(at), width / real(steps)
        if not all(one.refine(c + I * width * np.arange(4)) for one, _ in self.rounds):
            return None
        top = self.log_integrand(np.array([c], dtype=complex_), epsilon)[0].real
        start = 4 * c
        side = self.direction * real(bend) * min(one.noise for one, _ in self.rounds) * np.sqrt(start)
        total, first, block = real(0), 0, 64
        while first < most:
            t = step * np.arange(first, first + block)
            root = np.sqrt(np.sqrt(1 + (t / start) ** 2))
            s = c + I * t + side * (root - 1)
            slope = 1 - I * side * t / (2 * start**2) / root**3
            terms = (np.exp(self.log_integrand(s, epsilon) - top) * slope).real
            if first == 0:
                terms[0] /= 2
            total += terms.sum()
            first += block
            if np.abs(terms[-32:]).max() * first < abs(total) * real("1e-17"):
                return top + np.log(total * step / PI)
            block = min(2 * block, 1024)
        return None

    def log_delta(self, epsilon, most=2**13):
        """log delta where two paths with different steps agree to 2e-12, else None."""
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            one = self.log_delta_along(epsilon, steps=12, at=1, bend=1, most=most)
            if one is None:
                return None
            other = self.log_delta_along(epsilon, steps=17, at=0.8, bend=0.85, most=2 * most)
        return one if other is not None and abs(one - other) < 2e-12 else None
