# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Measures how `ganvas eval` classifies runs that collapse and runs that do not.

    python3 tests/bench/collapse.py [--models FOLDER] [--only RUN] [--seeds 5]

Trains each run with several seeds, evaluates 1,000 samples of each model, and prints the rows of a Markdown table. Models
that already exist in the folder are not trained again.
"""

import argparse
import json
import pathlib
import subprocess

REPO = pathlib.Path(__file__).resolve().parents[2]
DEFAULT_COMMAND = REPO / "build" / "release" / "bin" / "ganvas"

# name: (config, steps)
RUNS = {
    # With eight updates of G per update of D, G finds the image of each digit that D scores highest.
    "collapses": ({"preset": "quick", "generator": {"updates": 8}}, 300),
    "quick": ({"preset": "quick"}, 1000),
    "dcgan": ({"preset": "dcgan"}, 600),
    "seed": ({"preset": "seed"}, 40000),
}


def train(command, name, seed, folder):
    model = folder / f"{name}-{seed}.safetensors"
    if model.exists():
        return model
    config, steps = RUNS[name]
    file = folder / f"{name}-{seed}.json"
    file.write_text(json.dumps(config | {"seed": seed}))
    # Uses another name until it is complete.
    unfinished = folder / f"{name}-{seed}.unfinished"
    subprocess.run([command, "train", "--config", file, "--steps", str(steps), "--data", REPO / "assets/mnist",
                    "--threads", "1", "--out", unfinished], check=True, stderr=subprocess.DEVNULL)
    return unfinished.rename(model)


def evaluate(command, model):
    text = subprocess.run([command, "eval", "--json", "--model", model, "--count", "1000", "--threads", "1",
                           "--data", REPO / "assets/mnist", "--judge", REPO / "assets/models/judge.safetensors"],
                          check=True, capture_output=True, text=True).stdout
    return json.loads(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", type=pathlib.Path, default=DEFAULT_COMMAND, help="the ganvas command")
    parser.add_argument("--models", type=pathlib.Path, default=REPO / "build" / "collapse", help="folder for the trained models")
    parser.add_argument("--only", choices=RUNS, action="append", help="run only this one (repeatable)")
    parser.add_argument("--seeds", type=int, default=5, help="seeds 1 to N")
    arguments = parser.parse_args()
    arguments.models.mkdir(parents=True, exist_ok=True)
    print("| run | seed | verdict | classes | diversity | clarity | recall | digit-FID |")
    print("|---|--:|---|--:|--:|--:|--:|--:|")
    for name in arguments.only or RUNS:
        for seed in range(1, arguments.seeds + 1):
            report = evaluate(arguments.command, train(arguments.command, name, seed, arguments.models))
            print(f"| {name} | {seed} | {report['collapse']} | {2 ** report['classEntropy']:.1f} "
                  f"| {report['diversity']:.2f} | {report['clarity']:.2f} | {report['recall']:.2f} "
                  f"| {report['digitFid']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
