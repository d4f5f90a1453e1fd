"""The program, run on small experiments with faults put in its way, and what must come of it."""

import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
# What must be the same to the last byte; provenance and timings say when and how long.
CLOCKS = {"provenance.json", "timings.csv"}
EXPERIMENTS = ["examples", "clients", "selection", "words"]


class Failed(Exception):
    """The program did not keep its word."""


def main(body):
    """Runs a script; what the program did wrong is its error."""
    try:
        body()
    except Failed as failure:
        sys.exit(f"error: {failure}")


def arguments_for_experiments(doc):
    """Those of a script that tries many points of every experiment, or every so many of them."""
    parser = argparse.ArgumentParser(description=doc.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--experiments", nargs="+", default=EXPERIMENTS)
    return parser.parse_args()


def build_shim(folder):
    shim = folder / "libfaults.so"
    subprocess.run(
        ["cc", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", shim,
         HERE / "faults.c", "-ldl"],
        check=True)
    return shim


class Rehearsal:
    """An experiment in a folder of its own, with the results of a run that nothing disturbed."""

    def __init__(self, program, scratch, experiment, threads=1, rounds=None, checkpoint_seconds=0):
        self.program = pathlib.Path(program).resolve()
        self.scratch = pathlib.Path(os.path.realpath(scratch)) / f"{experiment}-{threads}"
        self.scratch.mkdir(parents=True)
        self.experiment = experiment
        self.threads = threads
        self.checkpoint_seconds = checkpoint_seconds
        if experiment == "words":
            # A published one, on a corpus: its smallest.
            self.file, self.flags = ROOT / "experiments" / "keyboard-word-list.yaml", ["--smoke"]
        else:
            self.file, self.flags = self.scratch / f"{experiment}.yaml", []
            text = (HERE / "experiments" / f"{experiment}.yaml").read_text()
            if rounds:
                text = re.sub(r"rounds: \d+", f"rounds: {rounds}", text)
            self.file.write_text(text)
            write_points(self.scratch / "points.csv")
        straight = self.scratch / "straight"
        ending = self.run(straight)
        if ending.returncode != 0:
            raise Failed(f"{experiment}: the undisturbed run ended with {ending.returncode}:\n"
                         + ending.stderr)
        self.expected = contents(straight)
        self.names = {path.name for path in straight.iterdir()}

    def command(self, output, *more):
        return [self.program, "run", self.file, "--output", output, "--threads",
                str(self.threads), "--checkpoint-seconds", str(self.checkpoint_seconds),
                *self.flags, *more]

    def environment(self, **faults):
        # The kernel is chosen here, so that the program need not start itself over.
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("FAULTS_", "OPENBLAS_CORETYPE"))}
        return environment | {f"FAULTS_{name}": str(value) for name, value in faults.items()}

    def run(self, output, *more, shim=None, **faults):
        if shim:
            faults = {"PROGRAM": self.program.name, "FOLDER": output} | faults
        environment = self.environment(**faults)
        if shim:
            environment["LD_PRELOAD"] = str(shim)
        return subprocess.run(
            self.command(output, *more), env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace", timeout=120)

    def start(self, output, *more):
        return subprocess.Popen(
            self.command(output, *more), env=self.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")

    def check_resumes(self, output, what):
        """The same command goes on, to the same bytes and nothing else."""
        ending = self.run(output)
        if ending.returncode != 0:
            raise Failed(f"{self}: {what}: going on ended with {ending.returncode}:\n"
                         + ending.stderr)
        self.check(output, what)
        return ending

    def check(self, output, what):
        found = contents(output)
        for name in self.expected.keys() | found.keys():
            if found.get(name) != self.expected.get(name):
                raise Failed(f"{self}: {what}: {name} differs from that of an undisturbed run; see "
                             + str(output))
        names = {path.name for path in output.iterdir()}
        if names != self.names:
            raise Failed(f"{self}: {what}: left {sorted(names ^ self.names)} in {output}")
        verified = subprocess.run([self.program, "verify", output], capture_output=True, text=True)
        if verified.returncode != 0:
            raise Failed(f"{self}: {what}: verify ended with {verified.returncode}:\n"
                         + verified.stdout + verified.stderr)

    def __str__(self):
        return f"{self.experiment}, {self.threads} thread" + "s" * (self.threads > 1)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()
            if path.is_file() and path.name not in CLOCKS}


def write_points(path):
    generator = random.Random(1)
    lines = []
    for index in range(240):
        numbers = [f"{generator.gauss(index % 2, 1):.3f}" for _ in range(4)]
        lines.append(",".join(numbers + ["ab"[index % 2]]))
    path.write_text("\n".join(lines) + "\n")


def phase(folder):
    """How far a run has come, as its folder tells."""
    partial = folder / ".partial"

    def names(path):
        try:
            return os.listdir(path)
        except FileNotFoundError:
            return []

    here, below = names(folder), names(partial)
    if any(name.endswith(".new") and name[:-4] not in ("tradeoff.svg", "tradeoff.png", "tradeoff.gnuplot")
           for name in here):
        return "publishing"
    if "plan.json" not in below:
        if "plan.json" not in here:
            return "taking the folder" if folder.exists() else "start and calibration"
        if ".partial" in here:
            return "clearing up"
        return "plots" if "tradeoff.gnuplot" not in here else "end"
    if "timings.csv" in here:
        return "publishing"
    if any(name.endswith(".new") for name in names(partial / "checkpoints")):
        return "checkpointing"
    if names(partial / "trials"):
        return "between trials"
    if names(partial / "checkpoints"):
        return "training, with a checkpoint"
    if names(partial / "ledgers"):
        return "training, before a checkpoint"
    return "loading data"


def clear(folder):
    shutil.rmtree(folder, ignore_errors=True)
