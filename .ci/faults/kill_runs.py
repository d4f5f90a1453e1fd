#!/usr/bin/env python3
"""Kills runs at random moments, again and again, and compares what they end in.

    kill_runs.py PROGRAM [--kills 200]

Half of the kills come at a moment that is uniform over the time of a run; the other half wait for a phase, as the
folder tells it, and come within a few milliseconds, so that the short phases get their share. A run that
was killed goes on, and is killed again, until it ends by itself.
"""

import argparse
import collections
import itertools
import pathlib
import random
import tempfile
import time

import program

LONGER = {"examples": 80, "clients": 80, "selection": 40}
PHASES = ["taking the folder", "loading data", "training, before a checkpoint", "checkpointing",
          "training, with a checkpoint", "between trials", "publishing", "clearing up", "plots"]


def wait(process, output, duration):
    """Until the moment of the kill, or the end of the run."""
    aim = random.choice(PHASES + [None] * len(PHASES))
    if aim is None:
        moment = time.monotonic() + random.uniform(0, duration)
        while process.poll() is None and time.monotonic() < moment:
            time.sleep(1e-4)
        return
    while process.poll() is None and program.phase(output) != aim:
        time.sleep(1e-4)
    time.sleep(random.choice([0, random.uniform(0, 5e-3)]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=200)
    arguments = parser.parse_args()
    phases, finished = collections.Counter(), collections.Counter()
    kills = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        rehearsals = []
        for experiment, threads in itertools.product(program.EXPERIMENTS, [1, 2]):
            start = time.monotonic()
            rehearsal = program.Rehearsal(
                arguments.program, scratch, experiment, threads, LONGER.get(experiment))
            rehearsals.append((rehearsal, time.monotonic() - start))
        for (one, _), (two, _) in zip(rehearsals[::2], rehearsals[1::2]):
            if one.expected != two.expected:
                raise program.Failed(f"{one.experiment}: two threads give other bytes than one")
        folders = itertools.count()
        while sum(kills.values()) < arguments.kills:
            rehearsal, duration = rehearsals[next(folders) % len(rehearsals)]
            output = rehearsal.scratch / "killed"
            program.clear(output)
            count = 0
            while True:
                process = rehearsal.start(output)
                wait(process, output, duration)
                reached = program.phase(output)
                process.kill()
                errors = process.communicate()[1]
                if process.returncode == 0:
                    break
                if process.returncode > 0:
                    raise program.Failed(f"{rehearsal}: after {count} kills the run ended with "
                                         f"{process.returncode}:\n{errors}")
                phases[reached] += 1
                count += 1
            rehearsal.check(output, f"{count} kills")
            kills[rehearsal] += count
            finished[rehearsal] += 1
    for rehearsal, _ in rehearsals:
        print(f"{rehearsal}: {kills[rehearsal]} kills, {finished[rehearsal]} runs, each with the "
              "bytes of an undisturbed one")
    print(f"{sum(kills.values())} kills: "
          + ", ".join(f"{name} {n}" for name, n in phases.most_common()))


if __name__ == "__main__":
    program.main(main)
