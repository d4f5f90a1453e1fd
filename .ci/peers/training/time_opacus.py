"""Opacus: steps on Poisson-sampled batches, which skip its loader."""

import logging
import math
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import opacus
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

import arguments
import torch_models
import workloads


class Training:
    """A model under Opacus."""

    def __init__(self, workload, mode, images, labels):
        self.images, self.labels = images, labels
        self.engine = opacus.PrivacyEngine()
        model = torch_models.model(workload.model)
        # The loader tells the engine the sampling rate.
        made = self.engine.make_private(
            module=model,
            optimizer=torch.optim.SGD(model.parameters(), lr=workload.rate),
            criterion=nn.CrossEntropyLoss(),
            data_loader=DataLoader(TensorDataset(images, labels), batch_size=workload.batch_size),
            noise_multiplier=workload.noise_multiplier,
            max_grad_norm=workload.clipping_norm,
            grad_sample_mode=mode,
        )
        if mode == "ghost":
            self.model, self.optimizer, self.criterion, _ = made
        else:
            self.model, self.optimizer, _ = made
            self.criterion = nn.CrossEntropyLoss()

    def step(self, batch):
        self.optimizer.zero_grad()
        self.criterion(self.model(self.images[batch]), self.labels[batch]).backward()
        self.optimizer.step()
        return len(batch)


def sweep(workload, mode, images, labels):
    """Its epsilon is computed once for all replicates of a noise multiplier."""
    batches = map(torch.from_numpy, workloads.poisson_batches(workload.steps.batch_size))
    for noise_multiplier in workload.noise_multipliers:
        steps = workload.steps._replace(noise_multiplier=noise_multiplier)
        for _ in range(workload.replicates):
            training = Training(steps, mode, images, labels)
            for _ in range(math.ceil(workloads.EXAMPLES / steps.batch_size)):
                training.step(next(batches))
        training.engine.get_epsilon(workload.delta)
    return 1


def main():
    given = arguments.parse(__doc__, ["hooks", "functorch", "ghost"])
    torch.set_num_threads(given.threads)
    workload = workloads.WORKLOADS[given.workload]
    images, labels = torch_models.tensors(workloads.training_examples(given.data))
    if isinstance(workload, workloads.Sweep):
        one_trial = workload._replace(noise_multipliers=(1.0,), replicates=1)
        warm_up = lambda: sweep(one_trial, given.mode, images, labels)
        run = lambda: sweep(workload, given.mode, images, labels)
        measured = workloads.rates(warm_up, run, given.runs)
        workloads.report(opacus.__version__, "sweeps", measured)
        return
    training = Training(workload, given.mode, images, labels)
    batches = map(torch.from_numpy, workloads.poisson_batches(workload.batch_size))
    measured = workloads.step_rates(training.step, batches, given.runs)
    workloads.report(opacus.__version__, "examples", measured)


if __name__ == "__main__":
    main()
