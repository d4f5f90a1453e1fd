"""Writes dp_accounting_events.json: the same events in the two forms that dp-accounting's own
serialization, to_named_tuple, takes in JSON.

    python3 -m venv .venv && .venv/bin/pip install dp-accounting==0.6.0
    .venv/bin/python make_dp_accounting_events.py
"""

import json
import pathlib

from dp_accounting import dp_event as dp
from dp_accounting.dp_event_builder import DpEventBuilder


def objects(value):
    if hasattr(value, "_asdict"):
        return {name: objects(field) for name, field in value._asdict().items()}
    return [objects(element) for element in value] if isinstance(value, list) else value


gaussian = dp.GaussianDpEvent(1.1)
laplace = dp.LaplaceDpEvent(0.7)
poisson = dp.PoissonSampledDpEvent(0.01, gaussian)
builder = DpEventBuilder()
builder.compose(poisson, 1000)
builder.compose(laplace)
events = {
    "no_op": dp.NoOpDpEvent(),
    "non_private": dp.NonPrivateDpEvent(),
    "gaussian": gaussian,
    "laplace": laplace,
    "discrete_laplace": dp.DiscreteLaplaceDpEvent(0.3, 4),
    "randomized_response": dp.RandomizedResponseDpEvent(0.25, 10),
    "poisson_sampled": poisson,
    "sampled_without_replacement": dp.SampledWithoutReplacementDpEvent(1000, 30, gaussian),
    "ledger": builder.build(),
    "repeat_and_select": dp.RepeatAndSelectDpEvent(poisson, 10.0, 0.5),
}
tuples = {name: event.to_named_tuple() for name, event in events.items()}
document = {
    "note": "dp-accounting 0.6.0: json.dumps of event.to_named_tuple() (tuples), and of its "
    "_asdict() at every level (objects); ledger is DpEventBuilder's",
    "tuples": tuples,
    "objects": {name: objects(value) for name, value in tuples.items()},
}
path = pathlib.Path(__file__).parent / "dp_accounting_events.json"
path.write_text(json.dumps(document, indent=1) + "\n")
