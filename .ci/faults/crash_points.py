#!/usr/bin/env python3
"""Kills the program at each system call that changes its folder, and lets each of them fail.

    crash_points.py PROGRAM [--every N]

A run makes the same calls each time, so that the points are all there are. Killed there (in a write: when
half of it is done), the run goes on to the same bytes. Where the call fails, as on a full or a broken disk, the
program ends with status 1 and an error that names the place, and goes on later. With --every N, one point
in N, at an offset that is random. A second round of kills is of runs with --restart, which replace the finished
results of an earlier one.
"""

import collections
import pathlib
import random
import shutil
import signal
import tempfile

import program


def run(rehearsal, shim, output, restarts, **faults):
    program.clear(output)
    if restarts:
        shutil.copytree(rehearsal.scratch / "straight", output)
    return rehearsal.run(output, *["--restart"] * restarts, shim=shim, **faults)


def count_calls(rehearsal, shim, restarts):
    total, output = rehearsal.scratch / "total", rehearsal.scratch / "counted"
    run(rehearsal, shim, output, restarts, TOTAL=total)
    return int(total.read_text())


def crash(rehearsal, shim, mode, every, restarts=False):
    points = collections.Counter()
    calls = count_calls(rehearsal, shim, restarts)
    for place in range(random.randrange(every) + 1, calls + 1, every):
        output = rehearsal.scratch / mode.lower()
        ending = run(rehearsal, shim, output, restarts, **{mode: place})
        what = f"{mode} {place}"
        if mode == "KILL_AT" and ending.returncode != -signal.SIGKILL:
            raise program.Failed(f"{rehearsal}: {what}: not killed, but {ending.returncode}")
        if ending.returncode == 0:
            # The run can do without some: what is in the way of a removal is removed first.
            points["done without"] += 1
            rehearsal.check(output, what)
            continue
        if mode == "FAIL_AT":
            check_error(rehearsal, ending, output, what)
        points[program.phase(output)] += 1
        rehearsal.check_resumes(output, what)
    return points


def check_error(rehearsal, ending, output, what):
    last = ending.stderr.strip().split("\n")[-1]
    reasons = ("No space left on device", "Input/output error")
    if ending.returncode != 1 or not last.startswith("error: cannot ") or str(output) not in last \
            or not any(reason in last for reason in reasons):
        raise program.Failed(
            f"{rehearsal}: {what}: status {ending.returncode}, and the error is: {ending.stderr}")


def main():
    arguments = program.arguments_for_experiments(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        shim = program.build_shim(scratch)
        for experiment in arguments.experiments:
            rehearsal = program.Rehearsal(arguments.program, scratch, experiment)
            for mode, restarts, verb in [("KILL_AT", False, "killed"), ("FAIL_AT", False, "failed"),
                                         ("KILL_AT", True, "killed after --restart")]:
                points = crash(rehearsal, shim, mode, arguments.every, restarts)
                # Finished results lie in a folder that restarts from the start, and say nothing.
                phases = "" if restarts else ": " + ", ".join(
                    f"{name} {n}" for name, n in points.most_common())
                print(f"{rehearsal}: {sum(points.values())} calls {verb}{phases}", flush=True)


if __name__ == "__main__":
    program.main(main)
