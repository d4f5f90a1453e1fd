"""Which program is timed at which workloads, in which modes, on how many threads."""

import os
from typing import NamedTuple

PROCESSORS = os.cpu_count()
STEPS = [f"{model}-{size}" for model in ("logistic", "mlp", "cnn") for size in (256, 2048)]
PRIVATE_ROUNDS = ["fedavg-mlp", "fedavg-logistic"]
POPULATIONS = ["population-10000", "population-1000000"]


class Setting(NamedTuple):
    workload: str
    program: str
    mode: str
    environment: str
    threads: int

    def name(self):
        return f"{self.workload}/{self.program}/{self.mode}"

    def columns(self):
        return {
            "workload": self.workload,
            "program": self.program,
            "mode": self.mode,
            "threads": self.threads,
        }


def of(program, environment, workloads, modes, threads):
    return [
        Setting(workload, program, mode, environment, count)
        for workload in workloads
        for mode in modes
        for count in threads
    ]


def settings():
    one_or_all = sorted({1, PROCESSORS})
    opacus_modes = ["hooks", "functorch", "ghost"]
    jax_modes = ["whole-batch", "microbatches-of-32"]
    return [
        *of("pytorch", "opacus", STEPS, ["plain", "plain-compiled"], one_or_all),
        *of("opacus", "opacus", STEPS, opacus_modes, one_or_all),
        # The fastest mode at that model and batch.
        *of("opacus", "opacus", ["sweep"], ["hooks"], one_or_all),
        # XLA takes all processors.
        *of("jax-privacy", "jax-privacy", STEPS, jax_modes, [PROCESSORS]),
        *of("pytorch-loop", "opacus", PRIVATE_ROUNDS + POPULATIONS, ["private"], one_or_all),
        *of("pytorch-loop", "opacus", ["tutorial"], ["plain"], one_or_all),
        *of("pfl", "pfl", PRIVATE_ROUNDS + POPULATIONS, ["private"], one_or_all),
        *of("pfl", "pfl", ["tutorial"], ["plain"], one_or_all),
        # A client a processor. Six rounds with 10,000 clients took more than 150 seconds.
        *of("flower", "flower", ["fedavg-logistic"], ["private"], [PROCESSORS]),
        *of("flower", "flower", ["tutorial"], ["plain"], [PROCESSORS]),
    ]
