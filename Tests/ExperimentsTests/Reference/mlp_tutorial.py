"""Writes mlp_tutorial.csv in this folder: experiments/mlp-tutorial.yaml again, by PyTorch.

    python3 -m venv .venv && .venv/bin/pip install torch==2.15.0 numpy==2.4.6
    .venv/bin/python mlp_tutorial.py /usr/share/datasets/fashion-mnist

The same data, split, model, initialization and training; only the random numbers differ, so each seed
is one draw of the curve that the experiment draws from as well.
"""

import csv
import gzip
import pathlib
import sys

import numpy as np
import torch

CLIENTS, COHORT, ROUNDS, BATCH, RATE, SEEDS = 10, 5, 5, 32, 0.01, 20
folder = pathlib.Path(sys.argv[1])


def idx(name, offset):
    return np.frombuffer(gzip.decompress((folder / name).read_bytes())[offset:], np.uint8)


def split(name):
    pixels = torch.tensor(idx(f"{name}-images-idx3-ubyte.gz", 16).reshape(-1, 784) / 255)
    return pixels.float(), torch.tensor(idx(f"{name}-labels-idx1-ubyte.gz", 8)).long()


(train_x, train_y), (test_x, test_y) = split("train"), split("t10k")


def perceptron(generator):
    layers = [torch.nn.Linear(784, 128), torch.nn.Linear(128, 64), torch.nn.Linear(64, 10)]
    with torch.no_grad():
        for layer in layers:
            layer.weight.normal_(0, (2 / layer.in_features) ** 0.5, generator=generator)
            layer.bias.zero_()
        layers[-1].weight.zero_()
    return torch.nn.Sequential(
        layers[0], torch.nn.ReLU(), layers[1], torch.nn.ReLU(), layers[2])


def train(model, examples, generator):
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    order = examples[torch.randperm(len(examples), generator=generator)]
    for batch in order.split(BATCH):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(train_x[batch]), train_y[batch]).backward()
        optimizer.step()


def curve(seed):
    generator = torch.Generator().manual_seed(seed)
    model, local = perceptron(generator), perceptron(generator)
    clients = torch.randperm(len(train_y), generator=generator).chunk(CLIENTS)
    for _ in range(ROUNDS):
        mean = {name: torch.zeros_like(value) for name, value in model.state_dict().items()}
        for client in torch.randperm(CLIENTS, generator=generator)[:COHORT]:
            local.load_state_dict(model.state_dict())
            train(local, clients[client], generator)
            for name, value in local.state_dict().items():
                mean[name] += value / COHORT
        model.load_state_dict(mean)
        with torch.no_grad():
            yield (model(test_x).argmax(1) == test_y).double().mean().item()


torch.set_num_threads(1)
with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
    file.write(f"# PyTorch {torch.__version__}, mlp_tutorial.py\n")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["seed", "round", "accuracy"])
    for seed in range(SEEDS):
        for number, accuracy in enumerate(curve(seed), 1):
            rows.writerow([seed, number, round(accuracy, 4)])
        file.flush()
