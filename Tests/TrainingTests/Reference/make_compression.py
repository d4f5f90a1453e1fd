"""Writes compression.json in this folder: updates rounded, quantized and sparsified by NumPy.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6
    .venv/bin/python make_compression.py

Every expected value is found by search among all levels or places, in double precision, and the
length of a message from the definition of its code.
"""

import json
import math
import pathlib

import numpy as np

LAYERS = [(0, 60), (60, 100), (100, 101)]
generator = np.random.default_rng(17)
update = np.concatenate([
    generator.normal(0, 0.02, 60), generator.normal(0.3, 1.5, 40), [-0.125]
]).astype(np.float32)
update[[3, 4, 70]] = 0
# Equal magnitudes, of which the first are kept.
update[[8, 20, 90]] = [0.75, -0.75, 0.75]
# A range that is not symmetric: zero lies midway between no two levels.
update[30] = -0.8125
exact = update.astype(np.float64)


def whole_bytes(bits):
    return math.ceil(bits / 8)


def decimals(places):
    values, bits = [], 0
    for start, end in LAYERS:
        rounded = np.round(exact[start:end], places)
        values += rounded.tolist()
        greatest = int(np.max(np.abs(np.rint(rounded * 10**places))))
        bits += 6 + (end - start) * (greatest.bit_length() + 1 if greatest else 0)
    return {"argument": places, "values": values, "bytes": whole_bytes(bits)}


def uniform(bits_each):
    values, bits = [], 0
    for start, end in LAYERS:
        layer = exact[start:end]
        levels = np.linspace(layer.min(), layer.max(), 2**bits_each)
        values += levels[np.abs(layer[:, None] - levels).argmin(axis=1)].tolist()
        bits += 64 + (end - start) * bits_each
    return {"argument": bits_each, "values": values, "bytes": whole_bytes(bits)}


def stochastic(bits_each):
    variances, bits = [], 0
    for start, end in LAYERS:
        layer = exact[start:end]
        levels = np.linspace(-np.abs(layer).max(), np.abs(layer).max(), 2**bits_each - 1)
        above = np.searchsorted(levels, layer).clip(1, len(levels) - 1)
        variances += ((levels[above] - layer) * (layer - levels[above - 1])).tolist()
        bits += 32 + (end - start) * bits_each
    return {"argument": bits_each, "variances": variances, "bytes": whole_bytes(bits)}


def top(fraction):
    count = max(1, math.floor(fraction * len(exact) + 0.5))
    kept = np.sort(np.argsort(-np.abs(exact), kind="stable")[:count])
    values = np.zeros_like(exact)
    values[kept] = exact[kept]
    width = int(math.floor(math.log2(len(exact) / count)))
    gaps = np.diff(kept, prepend=-1) - 1
    bits = sum(int(gap) // 2**width + 1 + width + 32 for gap in gaps)
    return {"argument": fraction, "values": values.tolist(), "bytes": whole_bytes(bits)}


REFERENCE = {
    "layers": LAYERS,
    "update": update.tolist(),
    "decimals": [decimals(places) for places in [0, 1, 2, 3, 6]],
    "uniform": [uniform(bits) for bits in [1, 2, 4, 8, 16]],
    "stochastic": [stochastic(bits) for bits in [2, 3, 4, 8]],
    "top": [top(fraction) for fraction in [0.001, 0.01, 0.03, 0.1, 0.5, 1]],
}
path = pathlib.Path(__file__).with_name("compression.json")
path.write_text(json.dumps(REFERENCE, indent=1) + "\n")
