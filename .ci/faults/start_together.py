#!/usr/bin/env python3
"""Starts several runs on one folder at about the same time: one works, the others say so and leave it alone.

    start_together.py PROGRAM [--times 100]

Every other time the one that works is killed as well, and the next start has to find the folder free.
"""

import argparse
import collections
import pathlib
import random
import tempfile
import time

import program

REFUSED = "error: another run is writing to "
FOUND = " is complete; --restart recomputes it."


def ended(process):
    """What became of a run: works, is refused, finds the results, or is killed."""
    errors = process.communicate()[1]
    if process.returncode < 0:
        return "killed"
    if process.returncode == 1 and errors.startswith(REFUSED) and errors.count("\n") == 1:
        return "refused"
    if process.returncode == 0:
        return "found the results" if FOUND in errors else "worked"
    raise program.Failed(f"a run ended with {process.returncode}:\n{errors}")


def start_together(rehearsal, duration, output, with_kill):
    processes = []
    for _ in range(random.randint(2, 4)):
        processes.append(rehearsal.start(output))
        time.sleep(random.choice([0, 0, random.uniform(0, 1.5 * duration)]))
    if with_kill:
        time.sleep(random.uniform(0, duration / 2))
        for process in processes:
            process.kill()
    endings = collections.Counter(ended(process) for process in processes)
    if endings["worked"] != 1 and not with_kill or endings["worked"] > 1:
        raise program.Failed(f"{rehearsal}: {len(processes)} runs at once: {dict(endings)}")
    # Whoever held the folder is gone.
    rehearsal.check_resumes(output, f"{len(processes)} runs at once: {dict(endings)}")
    return endings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    endings = collections.Counter()
    with tempfile.TemporaryDirectory() as scratch:
        start = time.monotonic()
        rehearsal = program.Rehearsal(arguments.program, scratch, "examples")
        duration = time.monotonic() - start
        output = pathlib.Path(rehearsal.scratch) / "shared"
        for time_ in range(arguments.times):
            program.clear(output)
            endings += start_together(rehearsal, duration, output, with_kill=time_ % 2 == 1)
    print(f"{arguments.times} folders, {sum(endings.values())} runs at once: "
          + ", ".join(f"{n} {name}" for name, n in endings.most_common()))


if __name__ == "__main__":
    program.main(main)
