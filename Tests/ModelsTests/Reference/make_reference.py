"""Writes three_steps.json in this folder: three steps of stochastic gradient descent by PyTorch.

    python3 -m venv .venv && .venv/bin/pip install torch==2.15.0
    .venv/bin/python make_reference.py

PyTorch computes in double precision, from parameters that single precision holds exactly, so the
numbers are those of exact arithmetic to far below single precision.
"""

import json
import pathlib

import torch
from torch import nn

RATE = 0.5
BATCHES = [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], [9, 3, 0]]


def run(name, widths, seed):
    generator = torch.Generator().manual_seed(seed)
    examples = 10
    pixels = torch.randint(0, 256, (examples, widths[0]), generator=generator)
    labels = torch.randint(0, widths[-1], (examples,), generator=generator)
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs, dtype=torch.float64), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    with torch.no_grad():
        for parameter in model.parameters():
            # Multiples of 1/64 in [-1, 1].
            drawn = torch.randint(-64, 65, parameter.shape, generator=generator)
            parameter.copy_(drawn / 64)
    flat = lambda: torch.cat([p.detach().flatten() for p in model.parameters()]).tolist()
    initial = flat()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    steps = []
    for batch in BATCHES:
        optimizer.zero_grad()
        logits = model(pixels[batch].double() / 255)
        loss = nn.functional.cross_entropy(logits, labels[batch])
        loss.backward()
        optimizer.step()
        steps.append({"batch": batch, "loss": loss.item(), "parameters": flat()})
    return {
        "name": name,
        "widths": widths,
        "rate": RATE,
        "pixels": pixels.flatten().tolist(),
        "labels": labels.tolist(),
        "initial": initial,
        "steps": steps,
    }


reference = {
    "tool": f"torch {torch.__version__}, make_reference.py",
    "runs": [
        run("logistic regression", [12, 4], 1),
        run("perceptron, one hidden layer", [12, 7, 4], 2),
        run("perceptron, two hidden layers", [12, 7, 5, 4], 3),
    ],
}
target = pathlib.Path(__file__).with_name("three_steps.json")
target.write_text(json.dumps(reference) + "\n")
