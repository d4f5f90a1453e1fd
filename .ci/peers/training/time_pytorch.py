"""PyTorch: steps without privacy."""

import torch
from torch import nn

import arguments
import torch_models
import workloads


def main():
    given = arguments.parse(__doc__, ["plain", "plain-compiled"])
    torch.set_num_threads(given.threads)
    workload = workloads.WORKLOADS[given.workload]
    images, labels = torch_models.tensors(workloads.training_examples(given.data))
    model = torch_models.model(workload.model)
    optimizer = torch.optim.SGD(model.parameters(), lr=workload.rate)
    loss_of = lambda images, labels: nn.functional.cross_entropy(model(images), labels)
    if given.mode == "plain-compiled":
        loss_of = torch.compile(loss_of)

    def step(batch):
        optimizer.zero_grad()
        loss_of(images[batch], labels[batch]).backward()
        optimizer.step()
        return len(batch)

    batches = map(torch.from_numpy, workloads.shuffled_batches(workload.batch_size))
    workloads.report(torch.__version__, "examples", workloads.step_rates(step, batches, given.runs))


if __name__ == "__main__":
    main()
