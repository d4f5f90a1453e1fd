"""Writes a table in this folder: lines that start with # say where its numbers come from."""

import pathlib
import sys

import mpmath as mp
import numpy as np

FOLDER = pathlib.Path(__file__).parent
MPMATH = f"mpmath {mp.__version__}"
DP_ACCOUNTING = "dp-accounting 0.6.0"


def write(name, notes, columns, rows):
    with open(FOLDER / name, "w", newline="\n") as file:
        for note in notes:
            file.write(f"# {note}\n")
        file.write(",".join(columns) + "\n")
        for row in rows:
            file.write(",".join(text(value) for value in row) + "\n")
    print(name, file=sys.stderr)


def text(value):
    if isinstance(value, mp.mpf):
        return mp.nstr(value, 17)
    return repr(float(value)) if isinstance(value, (float, np.floating)) else str(value)
