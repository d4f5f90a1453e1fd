"""The models of the workloads in PyTorch; all take flat images [example, 784]."""

import torch
from torch import nn

from workloads import CLASSES, PIXELS


def logistic():
    return nn.Sequential(nn.Linear(PIXELS, CLASSES))


def mlp():
    return nn.Sequential(
        nn.Linear(PIXELS, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, CLASSES)
    )


def cnn():
    """Papernot et al. (2021), "Tempered Sigmoid Activations for Deep Learning with Differential
    Privacy", table 1, with tanh."""
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 16, 8, stride=2, padding=2),
        nn.Tanh(),
        nn.MaxPool2d(2, 1),
        nn.Conv2d(16, 32, 4, stride=2),
        nn.Tanh(),
        nn.MaxPool2d(2, 1),
        nn.Flatten(),
        nn.Linear(512, 32),
        nn.Tanh(),
        nn.Linear(32, CLASSES),
    )


def model(name):
    torch.manual_seed(1)
    return {"logistic": logistic, "mlp": mlp, "cnn": cnn}[name]()


def tensors(examples):
    return tuple(torch.from_numpy(values) for values in examples)
