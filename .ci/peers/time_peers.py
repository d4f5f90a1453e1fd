"""Times other packages' accountants on one thread, each query in a process of its own with a time limit.

    time_peers.py GRID.csv OUTPUT.csv [--limit 60] [--every 10]

Writes a line a query: peer, task, setting, CPU seconds, wall seconds and the ends of epsilon, or of the noise multiplier
where the task is calibration; an end that the peer does not give is empty. A query that ran into the limit or failed has no
ends, and its seconds are those until it was stopped.
"""

import argparse
import csv
import functools
import importlib.util
import logging
import math
import multiprocessing
import os
import resource
import sys
import time
import warnings

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"
warnings.simplefilter("ignore")
logging.getLogger().setLevel(logging.ERROR)

import dp_accounting
import scipy.optimize
from dp_accounting import pld as dp_pld
from dp_accounting.pld import privacy_loss_distribution
from prv_accountant import PRVAccountant
from prv_accountant.privacy_random_variables import PoissonSubsampledGaussianMechanism

HEADLINE = (0.01, 1.0, 1000, 1e-5)
MEMORY_LIMIT = 4 << 30


def load_opake():
    """Its Rust extension. The Python layer above it adds caches, which would hide the work."""
    package = importlib.util.find_spec("opake").submodule_search_locations[0]
    folder = os.path.join(package, "api", "accounting", "core")
    file = next(name for name in sorted(os.listdir(folder)) if name.startswith("opake_accounting") and name.endswith(".so"))
    spec = importlib.util.spec_from_file_location("opake_accounting", os.path.join(folder, file))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class DPAccounting:
    """google/differential-privacy, privacy loss distributions: the pessimistic end, and on demand the optimistic one."""

    def __init__(self, grid, both):
        self.grid, self.both = grid, both
        self.name = f"dp-accounting-{grid:g}" + ("-both-ends" if both else "")

    def one(self, q, z, pessimistic=True):
        return privacy_loss_distribution.from_gaussian_mechanism(
            z,
            sampling_prob=q,
            pessimistic_estimate=pessimistic,
            value_discretization_interval=self.grid,
            use_connect_dots=pessimistic,
        )

    def epsilon(self, q, z, rounds, delta):
        upper = self.one(q, z).self_compose(rounds).get_epsilon_for_delta(delta)
        lower = None
        if self.both:
            lower = self.one(q, z, pessimistic=False).self_compose(rounds).get_epsilon_for_delta(delta)
        return lower, upper

    def curve(self, q, z, rounds, delta):
        one = total = self.one(q, z)
        for _ in range(rounds - 1):
            total.get_epsilon_for_delta(delta)
            total = total.compose(one)
        return None, total.get_epsilon_for_delta(delta)

    def calibrate(self, q, rounds, epsilon, delta):
        return None, dp_accounting.calibrate_dp_mechanism(
            lambda: dp_pld.PLDAccountant(value_discretization_interval=self.grid),
            lambda z: dp_accounting.SelfComposedDpEvent(
                dp_accounting.PoissonSampledDpEvent(q, dp_accounting.GaussianDpEvent(z)), rounds
            ),
            epsilon,
            delta,
            tol=1e-6,
        )


def calibrate_by_root(peer, q, rounds, epsilon, delta):
    excess = lambda z: peer.epsilon(q, z, rounds, delta)[1] - epsilon
    return None, scipy.optimize.brentq(excess, 0.5, 10, rtol=1e-6, xtol=1e-6)


class Opake:
    """JetBrains-Research/opake: the upper end alone."""

    def __init__(self, native, grid):
        self.native, self.grid = native, grid
        self.name = f"opake-accounting-{grid:g}"

    def one(self, q, z):
        # The package's own defaults, but for the grid.
        configuration = self.native.DiscretizationConfig(
            self.grid, -50.0, 10_000_000, 1e-15, 42, 32_768, 1e-5, 1e-6
        )
        base = self.native.gaussian_pld(z, configuration)
        return base if q == 1 else self.native.poisson_pld(base, q)

    def epsilon(self, q, z, rounds, delta):
        return None, self.one(q, z).self_compose(rounds).epsilon_at(delta)

    def curve(self, q, z, rounds, delta):
        one = total = self.one(q, z)
        for _ in range(rounds - 1):
            total.epsilon_at(delta)
            total = total.compose(one)
        return None, total.epsilon_at(delta)

    calibrate = calibrate_by_root


class PRV:
    """microsoft/prv_accountant."""

    def __init__(self, error):
        self.error = error
        self.name = f"prv-accountant-{error:g}"

    def accountant(self, q, z, rounds, delta):
        mechanism = PoissonSubsampledGaussianMechanism(sampling_probability=q, noise_multiplier=z)
        return PRVAccountant(
            prvs=[mechanism], max_self_compositions=[rounds], eps_error=self.error, delta_error=delta / 1000
        )

    def epsilon(self, q, z, rounds, delta):
        accountant = self.accountant(q, z, rounds, delta)
        lower, _, upper = accountant.compute_epsilon(delta=delta, num_self_compositions=[rounds])
        return lower, upper

    def curve(self, q, z, rounds, delta):
        accountant = self.accountant(q, z, rounds, delta)
        for count in range(1, rounds + 1):
            lower, _, upper = accountant.compute_epsilon(delta=delta, num_self_compositions=[count])
        return lower, upper

    calibrate = calibrate_by_root


def sweep(peer, q, rounds, delta):
    for index in range(100):
        ends = peer.epsilon(q, 0.6 * (10 / 0.6) ** (index / 99), rounds, delta)
    return ends


def answer(query, connection):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    cpu, wall = time.process_time(), time.perf_counter()
    try:
        ends = query()
    except Exception as error:
        print(f"  {type(error).__name__}: {error}"[:200], file=sys.stderr)
        ends = (None, None)
    connection.send((time.process_time() - cpu, time.perf_counter() - wall, *ends))


def timed(query, limit):
    """CPU seconds, wall seconds and the two ends."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=answer, args=(query, sender))
    process.start()
    sender.close()
    try:
        result = receiver.recv() if receiver.poll(limit) else (limit, limit, None, None)
    except EOFError:
        result = (math.nan, math.nan, None, None)
    process.kill()
    process.join()
    return result


def tasks(peer, grid, every):
    """(task, setting, query) of everything that this peer is asked."""
    q, z, rounds, delta = HEADLINE
    yield "headline", "1000-rounds", functools.partial(peer.epsilon, *HEADLINE)
    yield "headline", "100000-rounds", functools.partial(peer.epsilon, q, z, 100_000, delta)
    if not getattr(peer, "both", False):
        yield "curve", "1000-rounds", functools.partial(peer.curve, *HEADLINE)
        yield "calibrate", "epsilon-2", functools.partial(peer.calibrate, q, rounds, 2.0, delta)
        yield "sweep", "100-noises", functools.partial(sweep, peer, q, rounds, delta)
    for number, row in enumerate(grid):
        if number % every == 0:
            setting = (
                float(row["sampling_rate"]), float(row["noise_multiplier"]), int(row["rounds"]), float(row["delta"])
            )
            yield "grid", row["setting"], functools.partial(peer.epsilon, *setting)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("grid")
    parser.add_argument("output")
    parser.add_argument("--limit", type=float, default=60, help="wall seconds for a query")
    parser.add_argument("--every", type=int, default=10, help="take every n-th setting of the grid")
    arguments = parser.parse_args()
    with open(arguments.grid) as file:
        grid = list(csv.DictReader(line for line in file if not line.startswith("#")))
    native = load_opake()
    peers = [
        Opake(native, 1e-4), Opake(native, 1e-3), DPAccounting(1e-4, both=False), DPAccounting(1e-4, both=True),
        DPAccounting(1e-3, both=False), PRV(0.01),
    ]
    with open(arguments.output, "w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["peer", "task", "setting", "seconds", "wall", "lower", "upper"])
        for peer in peers:
            for task, setting, query in tasks(peer, grid, arguments.every):
                cpu, wall, lower, upper = timed(query, arguments.limit)
                lines.writerow([peer.name, task, setting, f"{cpu:.6f}", f"{wall:.6f}", lower, upper])
                file.flush()
            print(f"timed {peer.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
