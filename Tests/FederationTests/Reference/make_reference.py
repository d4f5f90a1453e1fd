"""Writes softmax_regression.json in this folder: federated averaging of softmax regression by NumPy.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6
    .venv/bin/python make_reference.py

Data: the first 100 training images of Fashion-MNIST (Debian's dataset-fashion-mnist), every fourth
pixel of every fourth row, dealt in order to clients of 10, 20, 30 and 40 images. `pixels` are bytes,
[image, pixel]; the model sees byte / 255. `weight` is [label, pixel].

Each of 3 rounds: every client takes 3 steps of gradient descent at rate 0.1 on the mean cross-entropy
of all its images, from the global model; the server adds the mean update (`mean`), the mean weighted
by min(n, 25) (`weighted`), or the sum over 4 * 20 / 25 of min(n, 25) / 25 times each update, which is
scaled down to norm 0.21 where it is longer (`clipped`). Everything is double precision.
"""

import gzip
import json
import pathlib

import numpy as np

FOLDER = pathlib.Path("/usr/share/datasets/fashion-mnist")
COUNT, SIZES, CAP, EXPECTED, NORM = 100, [10, 20, 30, 40], 25, 20, 0.21
EPOCHS, RATE, ROUNDS = 3, 0.1, 3


def read(name, header):
    return np.frombuffer(gzip.open(FOLDER / name).read(), np.uint8)[header:]


images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)[:COUNT, ::4, ::4]
pixels = images.reshape(COUNT, -1)
labels = read("train-labels-idx1-ubyte.gz", 8)[:COUNT]
ends = np.cumsum(SIZES)


def descend(weight, bias, x, y):
    for _ in range(EPOCHS):
        scores = x @ weight.T + bias
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        errors = powers / powers.sum(axis=1, keepdims=True)
        errors[np.arange(len(y)), y] -= 1
        weight = weight - RATE * errors.T @ x / len(y)
        bias = bias - RATE * errors.mean(axis=0)
    return weight, bias


def federate(aggregate):
    weight, bias = np.zeros((10, pixels.shape[1])), np.zeros(10)
    for _ in range(ROUNDS):
        updates = []
        for end, size in zip(ends, SIZES):
            mine = slice(end - size, end)
            new = descend(weight, bias, pixels[mine] / 255, labels[mine])
            updates.append(np.concatenate([(new[0] - weight).ravel(), new[1] - bias]))
        step = aggregate(np.array(updates))
        weight = weight + step[: weight.size].reshape(weight.shape)
        bias = bias + step[weight.size :]
    return {"weight": weight.ravel().tolist(), "bias": bias.tolist()}


WEIGHTS = np.minimum(SIZES, CAP)


def clipped(updates):
    norms = np.linalg.norm(updates, axis=1)
    assert (norms > NORM).any() and (norms < NORM).any(), norms
    factors = WEIGHTS / CAP * np.minimum(1, NORM / norms)
    return factors @ updates / (len(SIZES) * EXPECTED / CAP)


reference = {
    "sizes": SIZES,
    "pixels": pixels.ravel().tolist(),
    "labels": labels.tolist(),
    "mean": federate(lambda updates: updates.mean(axis=0)),
    "weighted": federate(lambda updates: WEIGHTS @ updates / WEIGHTS.sum()),
    "clipped": federate(clipped),
}
path = pathlib.Path(__file__).with_name("softmax_regression.json")
path.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
