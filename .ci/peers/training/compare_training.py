#!/usr/bin/env python3
"""Sets our times for training beside the peers'.

    compare_training.py OURS.csv PEERS.csv [--by median]

First a line for each of our settings, with its ratio to the fastest private and the fastest plain
peer of the workload; then a line for each peer, with the ratio of our fastest setting of its kind
to it. Rates are units per second, and a ratio above 1 says that ours is faster.
"""

import argparse
import csv


def read(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def is_private(row):
    return not row["mode"].startswith("plain")


def fastest(rows, rate):
    return max(rows, key=rate, default=None)


def ratio(ours, peer, rate):
    if ours is None or peer is None:
        return "-"
    if ours["unit"] != peer["unit"]:
        raise SystemExit(
            f"compare_training.py: {ours['workload']} counts {ours['unit']} in one file"
            f" and {peer['unit']} in the other"
        )
    return f"{rate(ours) / rate(peer):.3g}"


def name(row):
    if row is None:
        return "-"
    program = f"{row['program']} " if "program" in row else ""
    threads = "thread" if row["threads"] == "1" else "threads"
    return f"{program}{row['mode']}, {row['threads']} {threads}"


def number(row, rate):
    return "-" if row is None else f"{rate(row):.4g}"


def show(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ours")
    parser.add_argument("peers")
    parser.add_argument("--by", choices=["median", "fastest"], default="median", help="of the runs")
    arguments = parser.parse_args()
    ours, peers = read(arguments.ours), read(arguments.peers)
    rate = lambda row: float(row[f"per_second_{arguments.by}"])

    table = [["workload", "unit", "ours", "rate"]]
    table[0] += ["private peer", "rate", "ratio", "plain peer", "rate", "ratio"]
    for row in ours:
        rivals = [peer for peer in peers if peer["workload"] == row["workload"]]
        private = fastest(filter(is_private, rivals), rate)
        plain = fastest([peer for peer in rivals if not is_private(peer)], rate)
        table.append([row["workload"], row["unit"], name(row), number(row, rate)])
        for peer in (private, plain):
            table[-1] += [name(peer), number(peer, rate), ratio(row, peer, rate)]
    show(table)
    print()

    table = [["workload", "unit", "peer", "version", "rate", "peak MiB", "ours", "ratio"]]
    for peer in peers:
        alike = [
            row
            for row in ours
            if row["workload"] == peer["workload"] and is_private(row) == is_private(peer)
        ]
        best = fastest(alike, rate)
        table.append([
            peer["workload"],
            peer["unit"],
            name(peer),
            peer["version"],
            number(peer, rate),
            f"{float(peer['peak_mib']):.0f}",
            name(best),
            ratio(best, peer, rate),
        ])
    show(table)


if __name__ == "__main__":
    main()
