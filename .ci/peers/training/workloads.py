"""What the peers train, how their batches and clients are drawn, and how they are timed."""

import gzip
import json
import pathlib
import resource
import statistics
import time
from typing import NamedTuple

import numpy

EXAMPLES = 60_000
PIXELS = 784
CLASSES = 10


class Steps(NamedTuple):
    """Stochastic gradient descent on the examples, one clipped gradient each."""

    model: str
    batch_size: int
    rate: float = 0.1
    clipping_norm: float = 1.0
    noise_multiplier: float = 1.0


class Rounds(NamedTuple):
    """Federated averaging, one local epoch; the norm and the noise are of the private mode."""

    model: str
    clients: int
    client_examples: int
    cohort_size: int
    unit: str
    dirichlet: float | None = None
    batch_size: int = 10
    rate: float = 0.05
    clipping_norm: float = 1.0
    noise_multiplier: float = 1.0
    rounds_a_run: int = 1

    def units(self):
        """What a round counts."""
        return self.cohort_size if self.unit == "clients" else 1


class Sweep(NamedTuple):
    """An epoch of Poisson-sampled steps a noise multiplier and replicate, and its epsilon."""

    steps: Steps
    noise_multipliers: tuple
    replicates: int
    delta: float = 1e-5


WORKLOADS = {
    f"{model}-{batch_size}": Steps(model, batch_size)
    for model in ("logistic", "mlp", "cnn")
    for batch_size in (256, 2048)
} | {
    "fedavg-mlp": Rounds("mlp", 1000, 60, 100, "clients", dirichlet=0.3, rounds_a_run=5),
    "fedavg-logistic": Rounds("logistic", 1200, 50, 1000, "clients"),
    "tutorial": Rounds("mlp", 10, 6000, 5, "rounds", batch_size=32, rate=0.01),
    "population-10000": Rounds("logistic", 10_000, 50, 1000, "rounds"),
    "population-1000000": Rounds("logistic", 1_000_000, 50, 1000, "rounds"),
    "sweep": Sweep(Steps("logistic", 256), (0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0, 5.6), 3),
}


def read(folder, name):
    path = pathlib.Path(folder) / name
    content = path.read_bytes() if path.exists() else gzip.open(f"{path}.gz").read()
    header = 4 * (1 + content[3])
    return numpy.frombuffer(content, numpy.uint8, offset=header)


def training_examples(folder):
    """Images [60000, 784] in [0, 1], and labels."""
    images = read(folder, "train-images-idx3-ubyte").reshape(EXAMPLES, PIXELS)
    labels = read(folder, "train-labels-idx1-ubyte")
    return numpy.divide(images, 255, dtype=numpy.float32), labels.astype(numpy.int64)


def client_examples(workload, labels):
    """A function from a client's number to the numbers of its examples.

    Clients by label draw their shares of the labels from a Dirichlet distribution and then examples
    with replacement; all others are stretches of one shuffled order, which they share if need be.
    """
    generator = numpy.random.default_rng(2)
    size = workload.client_examples
    if workload.dirichlet:
        of_label = [numpy.flatnonzero(labels == label) for label in range(CLASSES)]
        shares = generator.dirichlet([workload.dirichlet] * CLASSES, workload.clients)
        counts = [generator.multinomial(size, share) for share in shares]
        owned = [
            numpy.concatenate([generator.choice(of_label[k], n) for k, n in enumerate(count)])
            for count in counts
        ]
        for examples in owned:
            generator.shuffle(examples)
        return owned.__getitem__
    order = generator.permutation(EXAMPLES)
    return lambda client: order.take(range(client * size, (client + 1) * size), mode="wrap")


def poisson_batches(expected_size):
    """Batches that take every example independently."""
    generator = numpy.random.default_rng(3)
    rate = expected_size / EXAMPLES
    while True:
        yield numpy.flatnonzero(generator.random(EXAMPLES, numpy.float32) < rate)


def shuffled_batches(size):
    """Batches of one size from a shuffled order, the rest of an epoch left out."""
    generator = numpy.random.default_rng(3)
    while True:
        order = generator.permutation(EXAMPLES)
        for start in range(0, EXAMPLES - size + 1, size):
            yield order[start : start + size]


def rates(warm_up, run, runs):
    """Units per second of each run; `run` gives how many units it did."""
    warm_up()
    measured = []
    for _ in range(runs):
        start = time.perf_counter()
        units = run()
        measured.append(units / (time.perf_counter() - start))
    return measured


def step_rates(step, batches, runs, seconds=0.3):
    """Examples per second; a run takes about that many seconds, and its batches are drawn before.

    `step` gives how many examples it took.
    """
    for _ in range(3):
        step(next(batches))
    start = time.perf_counter()
    for _ in range(3):
        step(next(batches))
    count = max(1, round(3 * seconds / (time.perf_counter() - start)))
    measured = []
    for _ in range(runs):
        drawn = [next(batches) for _ in range(count)]
        start = time.perf_counter()
        examples = sum(step(batch) for batch in drawn)
        measured.append(examples / (time.perf_counter() - start))
    return measured


def rates_between(moments, workload):
    """Units per second of each run, from the moments at which the rounds ended; the first was a
    warm-up."""
    of_runs = moments[:: workload.rounds_a_run]
    units = workload.units() * workload.rounds_a_run
    return [units / (end - start) for start, end in zip(of_runs, of_runs[1:])]


def report(version, unit, measured):
    """The last line that a peer's script prints; time_peers.py makes a row of it."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({
        "version": version,
        "unit": unit,
        "per_second_median": statistics.median(measured),
        "per_second_fastest": max(measured),
        "per_second_slowest": min(measured),
        "runs": len(measured),
        "peak_mib": peak / 1024,
    }))
