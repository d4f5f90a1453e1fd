"""PyTorch: rounds of federated averaging by a loop over the clients."""

import torch
from torch import nn

import arguments
import torch_models
import workloads


class Federation:
    """Clients that train one model in turn, from the same flat parameters."""

    def __init__(self, workload, private, images, labels):
        self.workload, self.private = workload, private
        self.images, self.labels = images, labels
        self.examples_of = workloads.client_examples(workload, labels.numpy())
        self.model = torch_models.model(workload.model)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=workload.rate)
        self.parameters = nn.utils.parameters_to_vector(self.model.parameters()).detach()

    def update(self, client):
        """What a local epoch adds to the parameters."""
        examples = torch.from_numpy(self.examples_of(client))
        images, labels = self.images[examples], self.labels[examples]
        # A copy: the model's parameters become views of it.
        nn.utils.vector_to_parameters(self.parameters.clone(), self.model.parameters())
        size = self.workload.batch_size
        for batch in zip(images.split(size), labels.split(size)):
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.model(batch[0]), batch[1]).backward()
            self.optimizer.step()
        trained = nn.utils.parameters_to_vector(self.model.parameters()).detach()
        return trained.sub_(self.parameters)

    def round(self):
        workload = self.workload
        total = torch.zeros_like(self.parameters)
        for client in torch.randperm(workload.clients)[: workload.cohort_size].tolist():
            update = self.update(client)
            if self.private:
                update *= (workload.clipping_norm / update.norm()).clamp(max=1)
            total += update
        if self.private:
            deviation = workload.noise_multiplier * workload.clipping_norm
            total += deviation * torch.randn_like(total)
        self.parameters += total / workload.cohort_size
        return workload.units()


def main():
    given = arguments.parse(__doc__, ["private", "plain"])
    torch.set_num_threads(given.threads)
    workload = workloads.WORKLOADS[given.workload]
    examples = torch_models.tensors(workloads.training_examples(given.data))
    federation = Federation(workload, given.mode == "private", *examples)
    run = lambda: sum(federation.round() for _ in range(workload.rounds_a_run))
    measured = workloads.rates(federation.round, run, given.runs)
    workloads.report(torch.__version__, workload.unit, measured)


if __name__ == "__main__":
    main()
