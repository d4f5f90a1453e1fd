#!/usr/bin/env python3
"""Holds experiments/experiment.schema.json against the experiment files, by python-jsonschema.

Every file must be valid, and no longer so with an unknown key in any of its mappings or with a text
in the place of any of its numbers.
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
    print(f"{len(files)} experiment files, {places} spoilt places: {failures} failures")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
