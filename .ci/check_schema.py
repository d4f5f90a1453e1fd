#!/usr/bin/env python3
"""Holds experiments/experiment.schema.json against the experiment files, by python-jsonschema.

Every file must be valid, and no longer so with an unknown key in any of its mappings or with a text
in the place of any of its numbers. Sweeps of every form are valid, and slips in them are not.
"""

import copy
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: 1e-5 is a number, and no is a text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, form, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+0123456789.")),
    ("merge", r"<<", ["<"]),
]:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), first)
CoreLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))
CoreLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


SWEEPS = """
training.rounds: [10, {range: {from: 20, to: 40, step: 10}}]
privacy.noise: [none, {multiplier: {range: {from: 1, to: 2, step: 0.5}}}]
---
training.rounds: {range: {from: 20, to: 40, step: 10}}
privacy.noise.target_epsilon: {log_range: {from: 0.5, to: 8, count: 5}}
---
zip: [{training.rounds: [10, 20], privacy.clipping_norm: {range: {from: 1, to: 2, step: 1}}}]
exclude: [{training.rounds: [10, 20], privacy.unit: client}]
cases: [{case: as it is}, {case: short, training.rounds: 5}]
"""

WRONG_SWEEPS = """
training.round: [10]
---
training.rounds: 10
---
training.rounds: []
---
training.rounds: [0.5]
---
privacy.unit: {range: {from: 1, to: 2, step: 1}}
---
training.rounds: {range: {from: 20, to: 40}}
---
training.rounds: {range: {from: 20, to: 40, step: 0}}
---
privacy.noise.target_epsilon: {log_range: {from: 0, to: 8, count: 5}}
---
privacy.noise: {target_epsilon: 8}
---
zip: [{training.rounds: [10, 20]}]
---
exclude: [{training.round: 10}]
---
cases: [{training.rounds: 5}]
"""


def mappings(value, path=()):
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from mappings(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from mappings(inner, path + (index,))


def numbers(value, path=()):
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers(inner, path + (key,))
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path


def with_text(document, path):
    changed = copy.deepcopy(document)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = "bogus"
    return changed


def with_unknown_key(document, path):
    changed = copy.deepcopy(document)
    place = changed
    for step in path:
        place = place[step]
    place["bogus"] = 1
    return changed


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "experiments")
    schema = json.loads((folder / "experiment.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures = places = 0
    files = sorted(folder.glob("*.yaml"))
    for file in files:
        document = yaml.load(file.read_text(), CoreLoader)
        for error in sorted(validator.iter_errors(document), key=lambda error: error.json_path):
            best = jsonschema.exceptions.best_match([error])
            print(f"{file}: {best.json_path}: {best.message[:300]}")
            failures += 1
        for path in mappings(document):
            # Columns have names of their authors' choice.
            if path[-2:] == ("csv", "columns"):
                continue
            places += 1
            if validator.is_valid(with_unknown_key(document, path)):
                print(f"{file}: an unknown key passes at {'.'.join(map(str, path)) or 'the top'}")
                failures += 1
        for path in numbers(document):
            # Stand-ins for missing values, and names of classes, may be texts.
            if "columns" in path and "number" not in path:
                continue
            places += 1
            if validator.is_valid(with_text(document, path)):
                print(f"{file}: a text passes for the number at {'.'.join(map(str, path))}")
                failures += 1
    document = yaml.load(files[0].read_text(), CoreLoader) if files else {}
    for sweeps, is_valid in [(SWEEPS, True), (WRONG_SWEEPS, False)]:
        for sweep in yaml.load_all(sweeps, CoreLoader):
            places += 1
            if validator.is_valid(document | {"sweep": sweep}) != is_valid:
                print(f"sweep: {json.dumps(sweep)} is {'refused' if is_valid else 'taken'}")
                failures += 1
    print(f"{len(files)} experiment files, {places} changes: {failures} failures")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
