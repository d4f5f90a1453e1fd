"""The command line that all peers' scripts share."""

import argparse

from workloads import WORKLOADS


def parse(description, modes):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("workload", choices=WORKLOADS)
    parser.add_argument("mode", choices=modes)
    parser.add_argument("--data", required=True, help="folder of Fashion-MNIST's idx files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    return parser.parse_args()
