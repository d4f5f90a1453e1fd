"""Flower: rounds of federated averaging in its simulation, a client a processor.

The peak memory is that of the server's process alone.
"""

import functools
import importlib.metadata
import os
import pathlib
import time

# The simulation's workers import these modules too.
os.environ["PYTHONPATH"] = str(pathlib.Path(__file__).parent)
os.environ["FLWR_TELEMETRY_ENABLED"] = "0"
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"

import torch
from flwr.app import ArrayRecord, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp
from flwr.serverapp import ServerApp
from flwr.serverapp.strategy import DifferentialPrivacyServerSideFixedClipping, FedAvg
from flwr.simulation import run_simulation
from torch import nn

import arguments
import torch_models
import workloads


@functools.cache
def examples(folder):
    """Once for each process of the simulation."""
    torch.set_num_threads(1)
    return torch_models.tensors(workloads.training_examples(folder))


@functools.cache
def clients(folder, workload):
    return workloads.client_examples(workload, examples(folder)[1].numpy())


def train(message, client, folder, workload):
    """The reply of a client: its parameters after a local epoch."""
    images, labels = examples(folder)
    owned = torch.from_numpy(clients(folder, workload)(client))
    images, labels = images[owned], labels[owned]
    model = torch_models.model(workload.model)
    model.load_state_dict(message.content["arrays"].to_torch_state_dict())
    optimizer = torch.optim.SGD(model.parameters(), lr=workload.rate)
    for batch in zip(images.split(workload.batch_size), labels.split(workload.batch_size)):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(batch[0]), batch[1]).backward()
        optimizer.step()
    content = RecordDict({
        "arrays": ArrayRecord(model.state_dict()),
        "metrics": MetricRecord({"num-examples": len(labels)}),
    })
    return Message(content=content, reply_to=message)


def main():
    given = arguments.parse(__doc__, ["private", "plain"])
    workload = workloads.WORKLOADS[given.workload]
    folder = given.data
    client_app, server_app = ClientApp(), ServerApp()

    @client_app.train()
    def _(message, context):
        # By its name in the module: the workers keep what it caches.
        import time_flower

        client = context.node_config["partition-id"]
        return time_flower.train(message, client, folder, workload)

    moments = []

    @server_app.main()
    def _(grid, context):
        strategy = FedAvg(
            fraction_train=workload.cohort_size / workload.clients,
            fraction_evaluate=0.0,
            min_available_nodes=workload.clients,
        )
        if given.mode == "private":
            strategy = DifferentialPrivacyServerSideFixedClipping(
                strategy, workload.noise_multiplier, workload.clipping_norm, workload.cohort_size
            )
        strategy.start(
            grid=grid,
            initial_arrays=ArrayRecord(torch_models.model(workload.model).state_dict()),
            num_rounds=1 + given.runs * workload.rounds_a_run,
            # Called before the first round and after every one.
            evaluate_fn=lambda number, arrays: moments.append(time.perf_counter()),
        )

    run_simulation(
        server_app=server_app,
        client_app=client_app,
        num_supernodes=workload.clients,
        backend_config={"client_resources": {"num_cpus": 1, "num_gpus": 0.0}},
    )
    measured = workloads.rates_between(moments[1:], workload)
    workloads.report(importlib.metadata.version("flwr"), workload.unit, measured)


if __name__ == "__main__":
    main()
