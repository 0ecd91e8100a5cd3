#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Training steps per second of a run in two shards, on one thread, two threads, and two ranks of one thread each.

Medians of rounds that take turns. What a rank sends in a step, and the share of the step that it spends in MPI, are counted in
the calls of MPI. Build what measures first:

    toolchain/run cmake --build --preset release-mpi --target ganvas_mpi_steps
    toolchain/run python3 tests/bench/mpi_scaling.py
"""

import argparse
import json
import os
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARDS = 2
STEPS = {"seed": 1500, "mlp": 150, "quick": 500, "dcgan": 25}  # two to four seconds each


def measure(command, preset, ranks, threads):
    arguments = [command, preset, str(SHARDS), str(STEPS[preset]), str(threads)]
    if ranks > 1:
        arguments = ["mpirun", "--bind-to", "none", "-np", str(ranks), *arguments]
    as_root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1", "OMPI_MCA_btl": "self,sm"}
    return json.loads(subprocess.run(arguments, check=True, capture_output=True, env={**os.environ, **as_root}).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="[%(default)s]")
    parser.add_argument("--presets", default=",".join(STEPS), help="[%(default)s]")
    parser.add_argument("--command", default=ROOT / "build/release-mpi/bin/ganvas_mpi_steps", help="what measures")
    options = parser.parse_args()
    print("| steps/s | 1 thread | 2 threads | 2 ranks | bytes sent per step | share in MPI |\n|---|--:|--:|--:|--:|--:|")
    for preset in options.presets.split(","):
        places = [(1, 1), (1, 2), (2, 1)]
        rounds = [[measure(options.command, preset, *place) for place in places] for _ in range(options.rounds)]
        rates = [statistics.median(figures["stepsPerSecond"] for figures in column) for column in zip(*rounds)]
        share = statistics.median(of_ranks["shareInMpi"] for _, _, of_ranks in rounds)
        cells = [f"{rate:.3g}" for rate in rates] + [f"{rounds[0][2]['bytesSentPerStep']:,}", f"{share:.0%}"]
        print(f"| `{preset}` | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
