"""Writes optimizers.json and schedules.json in this folder: steps of optimizers and factors of
learning rates by PyTorch and Flower.

    python3 -m venv .venv && .venv/bin/pip install torch==2.15.0 flwr==1.41.0
    .venv/bin/python make_reference.py

Both compute in double precision, from parameters and updates that single precision holds exactly.
Flower starts the second moment at 0 and its FedAdam corrects bias by the number of the round; here
the moment starts at the square of the adaptivity, and the rounds are so late that the correction is
1, as in algorithm 2 of Reddi et al. 2021.
"""

import json
import pathlib

import flwr
import numpy as np
import torch
from flwr.common import Code, FitRes, Status, ndarrays_to_parameters, parameters_to_ndarrays
from flwr.server.strategy import FedAdagrad, FedAdam, FedYogi

COUNT, STEPS = 7, 12
generator = np.random.default_rng(5)
INITIAL = generator.integers(-128, 129, COUNT) / 64
UPDATES = generator.integers(-128, 129, (STEPS, COUNT)) / 128
# Elements that meet updates far from the others in size, or none.
UPDATES[:, 0] /= 1024
UPDATES[:, 1] *= 64
UPDATES[::2, 2] = 0


def by_torch(make):
    parameters = torch.nn.Parameter(torch.tensor(INITIAL))
    optimizer = make([parameters])
    steps = []
    for update in UPDATES:
        parameters.grad = torch.tensor(-update)
        optimizer.step()
        steps.append(parameters.tolist())
    return steps


def by_flower(strategy, rate, adaptivity=1e-3, **moments):
    server = strategy(
        initial_parameters=ndarrays_to_parameters([INITIAL]), eta=rate, tau=adaptivity, **moments)
    # FedAdagrad has no argument for it.
    server.beta_1 = 0.9
    server.v_t = [np.full(COUNT, adaptivity**2)]
    steps = []
    for index, update in enumerate(UPDATES):
        sent = ndarrays_to_parameters([server.current_weights[0] + update])
        result = FitRes(Status(Code.OK, ""), sent, 1, {})
        model, _ = server.aggregate_fit(10**6 + index, [(None, result)], [])
        steps.append(parameters_to_ndarrays(model)[0].tolist())
    return steps


sgd, adam = torch.optim.SGD, torch.optim.Adam
RUNS = {
    "sgd": by_torch(lambda p: sgd(p, lr=0.1)),
    "sgd, weight decay": by_torch(lambda p: sgd(p, lr=0.1, weight_decay=0.05)),
    "momentum": by_torch(lambda p: sgd(p, lr=0.1, momentum=0.9)),
    "momentum, weight decay": by_torch(
        lambda p: sgd(p, lr=0.1, momentum=0.9, weight_decay=0.05)),
    "nesterov": by_torch(lambda p: sgd(p, lr=0.1, momentum=0.9, nesterov=True)),
    "nesterov, weight decay": by_torch(
        lambda p: sgd(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05)),
    "adam": by_torch(lambda p: adam(p, lr=0.1, betas=(0.9, 0.999), eps=1e-8)),
    "adam, weight decay": by_torch(
        lambda p: adam(p, lr=0.1, betas=(0.8, 0.99), eps=1e-3, weight_decay=0.05)),
    "fedadagrad": by_flower(FedAdagrad, 0.1),
    "fedadam": by_flower(FedAdam, 0.1, beta_2=0.99),
    "fedyogi": by_flower(FedYogi, 0.1, beta_2=0.99),
}

lr = torch.optim.lr_scheduler
ROUNDS = 20


def factors(make, warmup=0):
    optimizer = sgd([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    if warmup:
        rise = lr.LinearLR(optimizer, start_factor=1 / warmup, total_iters=warmup - 1)
        schedule = lr.SequentialLR(optimizer, [rise, make(optimizer)], milestones=[warmup])
    else:
        schedule = make(optimizer)
    rates = []
    for _ in range(ROUNDS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


SCHEDULES = {
    "step": factors(lambda o: lr.StepLR(o, step_size=6, gamma=0.3)),
    "exponential": factors(lambda o: lr.ExponentialLR(o, gamma=0.9)),
    "cosine": factors(lambda o: lr.CosineAnnealingLR(o, T_max=ROUNDS, eta_min=0.1)),
    "step, warm-up": factors(lambda o: lr.StepLR(o, step_size=6, gamma=0.3), warmup=5),
    "exponential, warm-up": factors(lambda o: lr.ExponentialLR(o, gamma=0.9), warmup=5),
    "cosine, warm-up": factors(
        lambda o: lr.CosineAnnealingLR(o, T_max=ROUNDS - 5, eta_min=0.1), warmup=5),
}


def write(name, content):
    tool = f"torch {torch.__version__}, flwr {flwr.__version__}, make_reference.py"
    target = pathlib.Path(__file__).with_name(name)
    target.write_text(json.dumps({"tool": tool} | content) + "\n")


write("optimizers.json",
      {"initial": INITIAL.tolist(), "updates": UPDATES.tolist(), "runs": RUNS})
write("schedules.json", {"rounds": ROUNDS, "factors": SCHEDULES})
