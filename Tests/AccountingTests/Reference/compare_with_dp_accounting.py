"""Prices random events with this program and with dp-accounting, and reports every contradiction.

    compare_with_dp_accounting.py [--program .build/release/tradeoff] [--settings 2000] [--seed 1] [--finest 1e-4]

Both sides give an interval that holds the true epsilon: ours is certified; theirs, from privacy loss distributions rounded
down and up, holds but for rounding in convolutions. A contradiction is an empty intersection beyond the tolerance: our upper
end below their lower one, or our lower end above their upper one. Exits with 1 if there is any, or if the program refuses or
leaves out a setting that it should price.
"""

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile

try:
    from dp_accounting import dp_event
    from dp_accounting.pld import privacy_loss_distribution as pld
except ImportError:
    print("skipped: dp_accounting is not installed")
    sys.exit(0)

# What rounding in their convolutions may move: delta by this much, absolutely and as a share of it.
DELTA_ERROR = 1e-11
DELTA_SHARE = 1e-5
EPSILON_ERROR = 1e-6


class Event:
    """One event in the three forms that are needed; `make(pessimistic, grid)` is its loss distribution there."""

    def __init__(self, ours, theirs, make, spread):
        self.ours, self.theirs, self.make = ours, theirs, make
        # Standard deviation of the loss, roughly.
        self.spread = spread


def options(pessimistic, grid):
    return {
        "pessimistic_estimate": pessimistic,
        "value_discretization_interval": grid,
        "use_connect_dots": pessimistic,
    }


def gaussian(draw, rate):
    z = 10 ** draw.uniform(math.log10(0.4), 1)
    ours = {"kind": "gaussian", "noise_multiplier": z}
    make = lambda pessimistic, grid: pld.from_gaussian_mechanism(
        z, sampling_prob=rate, **options(pessimistic, grid)
    )
    return Event(ours, dp_event.GaussianDpEvent(z), make, min(1 / z, rate * math.sqrt(math.expm1(1 / z**2))))


def laplace(draw, rate):
    b = 10 ** draw.uniform(math.log10(0.3), 1.3)
    ours = {"kind": "laplace", "noise_multiplier": b}
    make = lambda pessimistic, grid: pld.from_laplace_mechanism(
        b, sampling_prob=rate, **options(pessimistic, grid)
    )
    return Event(ours, dp_event.LaplaceDpEvent(b), make, min(1 / b, rate * math.expm1(1 / b)))


def discrete_laplace(draw):
    scale, sensitivity = 10 ** draw.uniform(-0.3, 1.5), draw.choice([1, 1, 2, 3])
    ours = {"kind": "discrete_laplace", "scale": scale, "sensitivity": sensitivity}
    make = lambda pessimistic, grid: pld.from_discrete_laplace_mechanism(
        1 / scale, sensitivity, **options(pessimistic, grid)
    )
    theirs = dp_event.DiscreteLaplaceDpEvent(1 / scale, sensitivity)
    return Event(ours, theirs, make, sensitivity / scale)


def discrete_gaussian(draw):
    sigma, sensitivity = 10 ** draw.uniform(-0.3, 1), draw.choice([1, 1, 2, 3])
    ours = {"kind": "discrete_gaussian", "standard_deviation": sigma, "sensitivity": sensitivity}
    make = lambda pessimistic, grid: pld.from_discrete_gaussian_mechanism(
        sigma, sensitivity, **options(pessimistic, grid)
    )
    # Their vocabulary has no such event.
    return Event(ours, None, make, sensitivity / sigma)


def randomized_response(draw):
    noise, buckets = draw.uniform(0.05, 0.98), draw.choice([2, 3, 10])
    ours = {"kind": "randomized_response", "noise_parameter": noise, "bucket_count": buckets}
    make = lambda pessimistic, grid: pld.from_randomized_response(
        noise, buckets, pessimistic_estimate=pessimistic, value_discretization_interval=grid
    )
    theirs = dp_event.RandomizedResponseDpEvent(noise, buckets)
    return Event(ours, theirs, make, math.log((1 - noise + noise / buckets) * buckets / noise))


def draw_phase(draw, kind):
    """An event and how often it is repeated, so that its total epsilon is neither tiny nor huge."""
    rate = 1.0
    if kind.startswith("poisson-"):
        rate = 10 ** draw.uniform(-4, 0)
    match kind.removeprefix("poisson-"):
        case "gaussian":
            event = gaussian(draw, rate)
        case "laplace":
            event = laplace(draw, rate)
        case "discrete-laplace":
            event = discrete_laplace(draw)
        case "discrete-gaussian":
            event = discrete_gaussian(draw)
        case "randomized-response":
            event = randomized_response(draw)
    if kind.startswith("poisson-"):
        event.ours = {"kind": "poisson_sampled", "sampling_rate": rate, "event": event.ours}
        event.theirs = dp_event.PoissonSampledDpEvent(rate, event.theirs)
    most = min(3000.0, max(1.0, (3 / event.spread) ** 2))
    return event, int(most ** draw.uniform(0, 1))


KINDS = [
    "gaussian", "laplace", "poisson-gaussian", "poisson-gaussian", "poisson-gaussian", "poisson-laplace",
    "discrete-laplace", "discrete-gaussian",
]


def draw_setting(number, draw):
    """A query, and the phases of (event, count) that it holds."""
    delta = 10 ** draw.uniform(-9, -2)
    # Randomized response is priced when a unit's answer is replaced; the rest when a unit comes or goes.
    replaced = draw.random() < 0.1
    kinds = ["randomized-response"] if replaced else draw.choices(KINDS, k=draw.choice([1, 1, 1, 2, 3]))
    phases = [draw_phase(draw, kind) for kind in kinds]
    query = {
        "id": number,
        "event": spelled(phases, number),
        "delta": delta,
        "accountant": "pld",
        "neighboring_relation": "replace-one" if replaced else "add-or-remove-one",
    }
    return query, phases


def spelled(phases, number):
    """The phases in this program's kinds, and now and then as either JSON of dp-accounting's named tuple."""
    known = all(event.theirs is not None for event, _ in phases)
    if known and number % 10 == 0:
        whole = dp_event.ComposedDpEvent([dp_event.SelfComposedDpEvent(event.theirs, n) for event, n in phases])
        return whole.to_named_tuple() if number % 20 == 0 else fields(whole.to_named_tuple())
    parts = [{"kind": "repeated", "count": count, "event": event.ours} for event, count in phases]
    return parts[0] if len(parts) == 1 else {"kind": "composed", "events": parts}


def fields(value):
    """A named tuple as objects, all the way down."""
    if isinstance(value, dp_event.DpEventNamedTuple):
        return {name: fields(getattr(value, name)) for name in value._fields}
    return [fields(item) for item in value] if isinstance(value, list) else value


def their_interval(phases, delta, finest):
    """Optimistic and pessimistic epsilon, with the tolerance for their rounding."""
    spread = math.sqrt(sum(count * event.spread**2 for event, count in phases))
    rounds = sum(count for _, count in phases)
    # The lower end loses up to a grid step a round; the upper end does not.
    grids = {True: 1e-3 if spread > 0.3 else 1e-4}
    grids[False] = min(grids[True], max(0.1 * spread / rounds, finest))
    ends = []
    for pessimistic in (False, True):
        total = None
        for event, count in phases:
            part = event.make(pessimistic, grids[pessimistic]).self_compose(count)
            total = part if total is None else total.compose(part)
        error = DELTA_ERROR + DELTA_SHARE * delta
        ends.append(total.get_epsilon_for_delta(delta + error if not pessimistic else max(delta - error, delta / 2)))
    return max(ends[0] - EPSILON_ERROR, 0), ends[1] + EPSILON_ERROR


def our_answers(program, queries):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        for query in queries:
            file.write(json.dumps(query) + "\n")
        file.flush()
        run = subprocess.run([program, "epsilon", "--batch", file.name], capture_output=True, text=True)
    answers = {}
    for line in run.stdout.splitlines():
        answer = json.loads(line)
        answers[answer["id"]] = answer
    if not answers:
        sys.exit(f"{program} epsilon --batch answered nothing:\n{run.stderr}")
    return answers


def as_number(value):
    return math.inf if value == "infinity" else float(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/tradeoff")
    parser.add_argument("--settings", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--finest", type=float, default=1e-4, help="finest grid of dp-accounting's losses")
    arguments = parser.parse_args()

    draw = random.Random(arguments.seed)
    settings = [draw_setting(index, draw) for index in range(arguments.settings)]
    answers = our_answers(arguments.program, [query for query, _ in settings])
    wrong = refused = 0
    gaps = []
    for query, phases in settings:
        answer = answers.get(query["id"], {"error": "no answer"})
        if "error" in answer:
            refused += 1
            print(f"refused: {answer['error']}\n  {json.dumps(query)}")
            continue
        ours = as_number(answer["epsilon_lower"]), as_number(answer["epsilon_upper"])
        theirs = their_interval(phases, query["delta"], arguments.finest)
        gaps.append((ours[1] - ours[0], theirs[1] - theirs[0]))
        if not (ours[0] <= ours[1] and ours[1] >= theirs[0] and ours[0] <= theirs[1]):
            wrong += 1
            print(f"contradiction: ours {ours}, theirs {theirs}\n  {json.dumps(query)}")
        if (query["id"] + 1) % 100 == 0:
            print(f"{query['id'] + 1} of {arguments.settings}", file=sys.stderr)
    print(
        f"{len(settings)} settings (seed {arguments.seed}): {wrong} contradictions, {refused} refused"
    )
    if gaps:
        middle = [sorted(gap[side] for gap in gaps)[len(gaps) // 2] for side in (0, 1)]
        print(f"median width of the interval: ours {middle[0]:.3g}, dp-accounting's {middle[1]:.3g}")
    sys.exit(1 if wrong or refused else 0)


if __name__ == "__main__":
    main()
