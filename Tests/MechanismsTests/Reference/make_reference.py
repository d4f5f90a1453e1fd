"""Writes adaptive_clipping.json in this folder: the noise that Flower puts on an update beside a
noised count of clipped clients.

    python3 -m venv .venv && .venv/bin/pip install flwr==1.41.0
    .venv/bin/python make_reference.py
"""

import json
import pathlib

import flwr
from flwr.supercore.differential_privacy import compute_adaptive_noise_params

SETTINGS = [(1.0, 100, None), (0.1, 10, None), (0.5, 1000, 0.26), (3.0, 1000, 1.6), (0.9, 20, None)]
rows = []
for multiplier, cohort, deviation in SETTINGS:
    deviation = cohort / 20 if deviation is None else deviation
    _, update = compute_adaptive_noise_params(multiplier, cohort, deviation)
    rows.append({
        "noise_multiplier": multiplier,
        "count_standard_deviation": deviation,
        "update_noise_multiplier": update,
    })
content = {"tool": f"flwr {flwr.__version__}, make_reference.py", "rows": rows}
target = pathlib.Path(__file__).with_name("adaptive_clipping.json")
target.write_text(json.dumps(content) + "\n")
