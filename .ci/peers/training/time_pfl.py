"""pfl: rounds of federated averaging in its simulator."""

import importlib.metadata
import time

import torch
from pfl.aggregate.simulate import SimulatedBackend
from pfl.algorithm.base import NNAlgorithmParams
from pfl.algorithm.federated_averaging import FederatedAveraging
from pfl.callback.base import TrainingProcessCallback
from pfl.data.federated_dataset import FederatedDataset
from pfl.data.pytorch import PyTorchTensorDataset
from pfl.data.sampling import get_user_sampler
from pfl.hyperparam import NNTrainHyperParams
from pfl.metrics import Metrics, Weighted
from pfl.model.pytorch import PyTorchModel
from pfl.privacy.gaussian_mechanism import GaussianMechanism
from pfl.privacy.privacy_mechanism import CentrallyAppliedPrivacyMechanism
from torch import nn

import arguments
import torch_models
import workloads


class Classifier(nn.Module):
    """A model with the two functions that pfl asks for."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def loss(self, images, labels):
        return nn.functional.cross_entropy(self.model(images), labels)

    def metrics(self, images, labels):
        return {"loss": Weighted(self.loss(images, labels).item() * len(labels), len(labels))}


class Clock(TrainingProcessCallback):
    """The moments at which the rounds ended."""

    def __init__(self):
        self.moments = []

    def after_central_iteration(self, aggregate_metrics, model, *, central_iteration):
        self.moments.append(time.perf_counter())
        return False, Metrics()


def main():
    given = arguments.parse(__doc__, ["private", "plain"])
    torch.set_num_threads(given.threads)
    workload = workloads.WORKLOADS[given.workload]
    images, labels = torch_models.tensors(workloads.training_examples(given.data))
    examples_of = workloads.client_examples(workload, labels.numpy())

    def dataset(client):
        examples = torch.from_numpy(examples_of(client))
        return PyTorchTensorDataset((images[examples], labels[examples]))

    sampler = get_user_sampler("random", range(workload.clients))
    mechanism = GaussianMechanism(workload.clipping_norm, workload.noise_multiplier)
    module = Classifier(torch_models.model(workload.model))
    rounds = 1 + given.runs * workload.rounds_a_run
    clock = Clock()
    clients = FederatedDataset(dataset, sampler)
    FederatedAveraging().run(
        NNAlgorithmParams(
            central_num_iterations=rounds,
            # The first round alone, which is a warm-up.
            evaluation_frequency=rounds + 1,
            train_cohort_size=workload.cohort_size,
            val_cohort_size=None,
        ),
        SimulatedBackend(
            clients,
            clients,
            [CentrallyAppliedPrivacyMechanism(mechanism)] if given.mode == "private" else [],
        ),
        PyTorchModel(module, torch.optim.SGD, torch.optim.SGD(module.parameters(), lr=1.0)),
        NNTrainHyperParams(
            local_batch_size=workload.batch_size,
            local_num_epochs=1,
            local_learning_rate=workload.rate,
        ),
        callbacks=[clock],
    )
    measured = workloads.rates_between(clock.moments, workload)
    workloads.report(importlib.metadata.version("pfl"), workload.unit, measured)


if __name__ == "__main__":
    main()
