"""Writes silos.json in this folder: cross-silo training of softmax regression by NumPy.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6
    .venv/bin/python make_silo_reference.py

Three silos of 5, 9 and 20 examples, which declare 6, 9 and 18. Features are bytes, [example, feature];
the model sees byte / 255. Parameters are weight, [class, feature], and bias.

In each of 4 rounds every silo takes 3 steps from the global model, all its examples a step:
    parameters -= 0.5 * (sum of the examples' gradients of cross-entropy) / declared size
and the silos' models are averaged, uniformly (`uniform`) or by declared size (`weighted`);
`partway` moves by 0.7 of the way to the uniform mean. Everything is double precision.
"""

import json
import pathlib

import numpy as np

SIZES, DECLARED, FEATURES, CLASSES = [5, 9, 20], [6, 9, 18], 6, 3
STEPS, RATE, ROUNDS = 3, 0.5, 4
generator = np.random.default_rng(11)
silos = [
    (generator.integers(0, 256, (size, FEATURES)), generator.integers(0, CLASSES, size))
    for size in SIZES
]
initial = generator.integers(-64, 65, CLASSES * FEATURES + CLASSES) / 64


def train(parameters, features, labels, declared):
    x = features / 255
    for _ in range(STEPS):
        weight = parameters[: CLASSES * FEATURES].reshape(CLASSES, FEATURES)
        powers = np.exp(x @ weight.T + parameters[CLASSES * FEATURES :])
        errors = powers / powers.sum(axis=1, keepdims=True)
        errors[np.arange(len(labels)), labels] -= 1
        gradient = np.concatenate([(errors.T @ x).ravel(), errors.sum(axis=0)])
        parameters = parameters - RATE * gradient / declared
    return parameters


def federate(weights, server_rate=1.0):
    parameters = initial
    for _ in range(ROUNDS):
        trained = [train(parameters, *silo, declared) for silo, declared in zip(silos, DECLARED)]
        mean = np.average(trained, axis=0, weights=weights)
        parameters = parameters + server_rate * (mean - parameters)
    return parameters.tolist()


reference = {
    "features": [features.ravel().tolist() for features, _ in silos],
    "labels": [labels.tolist() for _, labels in silos],
    "declared": DECLARED,
    "initial": initial.tolist(),
    "uniform": federate([1, 1, 1]),
    "weighted": federate(DECLARED),
    "partway": federate([1, 1, 1], server_rate=0.7),
}
path = pathlib.Path(__file__).with_name("silos.json")
path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
