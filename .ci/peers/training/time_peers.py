#!/usr/bin/env python3
"""Times training by other packages, each setting in a process of its own.

    time_peers.py --data FOLDER --output peers.csv [--only 'cnn-*/opacus/*'] [--runs 5]

FOLDER holds Fashion-MNIST's idx files, compressed or not; `setup` makes the environments. A line of
the output is a workload, program, mode and number of threads: units per second over the runs, and
the peak memory of the process. A setting that fails or runs into the limit has no line.
"""

import argparse
import csv
import fnmatch
import json
import os
import pathlib
import subprocess
import sys

import programs

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parents[2] / ".build" / "peers-training"
COLUMNS = [
    "workload",
    "program",
    "mode",
    "version",
    "threads",
    "unit",
    "per_second_median",
    "per_second_fastest",
    "per_second_slowest",
    "runs",
    "peak_mib",
]


def environment(threads):
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    }
    return kept | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}


def timed(setting, data, runs, limit):
    """What the setting's script reports; None if it failed."""
    command = [
        ENVIRONMENTS / setting.environment / "bin" / "python",
        HERE / f"time_{setting.program.replace('-', '_')}.py",
        setting.workload,
        setting.mode,
        *("--data", data, "--threads", str(setting.threads), "--runs", str(runs)),
    ]
    try:
        finished = subprocess.run(
            command,
            env=environment(setting.threads),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        print(f"{setting.name()}: over {limit} seconds", file=sys.stderr)
        return None
    if finished.returncode != 0:
        print(f"{setting.name()}: {finished.stderr[-2000:]}", file=sys.stderr)
        return None
    return json.loads(finished.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--only", nargs="+", default=["*"], help="as workload/program/mode")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=600, help="seconds for a setting")
    arguments = parser.parse_args()
    chosen = [
        setting
        for setting in programs.settings()
        if any(fnmatch.fnmatch(setting.name(), pattern) for pattern in arguments.only)
    ]
    if not chosen:
        sys.exit("time_peers.py: no setting has such a name")
    failures = 0
    with open(arguments.output, "w", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        lines.writeheader()
        for setting in chosen:
            report = timed(setting, arguments.data, arguments.runs, arguments.limit)
            if report is None:
                failures += 1
                continue
            lines.writerow(report | setting.columns())
            file.flush()
            rate = f"{report['per_second_median']:.5g} {report['unit']}/s"
            print(f"timed {setting.name()} on {setting.threads}: {rate}", file=sys.stderr)
    if failures:
        sys.exit(f"time_peers.py: {failures} of {len(chosen)} settings have no line")


if __name__ == "__main__":
    main()
