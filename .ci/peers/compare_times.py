"""Joins our times and the peers' into one table.

    compare_times.py OURS.csv PEERS.csv

For each task and peer, over the settings that both answered: medians of CPU seconds and of the gap between the ends, and on
how many settings our gap is no wider and our upper end no higher. Where a peer gives one end alone there is no gap.
"""

import csv
import math
import statistics
import sys


def read(path):
    with open(path) as file:
        return {(row["peer"], row["task"], row["setting"]): row for row in csv.DictReader(file)}


def gap(row):
    return float(row["upper"]) - float(row["lower"]) if row["lower"] and row["upper"] else math.nan


def median(values):
    values = [value for value in values if not math.isnan(value)]
    return f"{statistics.median(values):.3g}" if values else "-"


def main():
    ours, theirs = read(sys.argv[1]), read(sys.argv[2])
    header = [
        "task", "peer", "asked", "answered", "our seconds", "its seconds", "ratio", "our gap", "its gap", "no wider",
        "no higher",
    ]
    rows = [header]
    own = {(task, setting): row for (_, task, setting), row in ours.items()}
    for task, peer in dict.fromkeys((task, peer) for peer, task, _ in theirs):
        asked = [row for key, row in theirs.items() if key[:2] == (peer, task)]
        pairs = [
            (own[task, row["setting"]], row) for row in asked if row["upper"] and (task, row["setting"]) in own
        ]
        gaps = [(gap(mine), gap(its)) for mine, its in pairs]
        both = [(mine, its) for mine, its in gaps if not math.isnan(mine) and not math.isnan(its)]
        rows.append([
            task,
            peer,
            str(len(asked)),
            str(len(pairs)),
            median(float(mine["seconds"]) for mine, _ in pairs),
            median(float(its["seconds"]) for _, its in pairs),
            median(float(its["seconds"]) / max(float(mine["seconds"]), 1e-9) for mine, its in pairs),
            median(mine for mine, _ in gaps),
            median(its for _, its in gaps),
            f"{sum(mine <= its for mine, its in both)}/{len(both)}" if both else "-",
            f"{sum(float(mine['upper']) <= float(its['upper']) for mine, its in pairs)}/{len(pairs)}",
        ])
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


if __name__ == "__main__":
    main()
