#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The search for preset `quick`: the time until variants of the preset draw readable digits.

Each row of the table is the preset with one change. ganvas_time_to_digits trains it with several seeds and prints the
training needed for 50, 80 and 90 % readable samples. Build it first:

    toolchain/run cmake --build --preset release --target ganvas_time_to_digits
    toolchain/run python3 tests/bench/quick_search.py --starts 5

Processes share the seeds: mpirun -np 4 python3 tests/bench/quick_search.py --starts 20
"""

import argparse
import itertools
import json
import re
import subprocess
from pathlib import Path

import ranks

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "build/release/bin/ganvas_time_to_digits"

# `quick` before the first search, after it, and now.
BEFORE = {"z": 32, "g": (32, 16), "d": (16, 32), "lr_g": 3e-3, "lr_d": 2e-3, "beta1": 0.5}
FIRST = {"z": 16, "g": (24, 16), "d": (16, 16), "lr_g": 5e-3, "lr_d": 3e-3, "beta1": 0.0}
NOW = {"z": 16, "g": (24, 12), "d": (12, 12), "lr_g": 8e-3, "lr_d": 5e-3, "beta1": 0.0}

VARIANTS = [
    ("before", BEFORE),
    *((f"before, {name}", {**BEFORE, **change}) for name, change in [
        ("D 16-16", {"d": (16, 16)}),
        ("G 16-16", {"g": (16, 16)}),
        ("hinge", {"objective": "hinge"}),
        ("beta1 0", {"beta1": 0.0}),
        ("batch 32", {"batch": 32}),
        ("EMA 0.99", {"ema": 0.99}),
        ("EMA 0.95", {"ema": 0.95}),
        ("lr 5e-3, 3e-3", {"lr_g": 5e-3, "lr_d": 3e-3}),
        ("lr 2e-3, 2e-3", {"lr_g": 2e-3}),
        ("lr 3e-3, 3e-3", {"lr_d": 3e-3}),
        ("z 16", {"z": 16}),
    ]),
    ("first", FIRST),
    *((f"first, {name}", {**FIRST, **change}) for name, change in [
        ("hinge", {"objective": "hinge"}),
        ("G 32-16", {"g": (32, 16)}),
        ("G 16-16", {"g": (16, 16)}),
        ("D 16-24", {"d": (16, 24)}),
        ("D 8-16", {"d": (8, 16)}),
        ("lr 8e-3, 4e-3", {"lr_g": 8e-3, "lr_d": 4e-3}),
        ("lr 5e-3, 5e-3", {"lr_d": 5e-3}),
        ("z 8", {"z": 8}),
        ("z 32", {"z": 32}),
        ("beta2 0.9", {"beta2": 0.9}),
        ("lr 8e-3, 3e-3", {"lr_g": 8e-3}),
        ("D 12-16", {"d": (12, 16)}),
        ("D 16-12", {"d": (16, 12)}),
        ("lr 8e-3, 4e-3, D 12-12", {"lr_g": 8e-3, "lr_d": 4e-3, "d": (12, 12)}),
    ]),
    ("now", NOW),
    *((f"now, {name}", {**NOW, **change}) for name, change in [
        ("lr 8e-3, 4e-3", {"lr_d": 4e-3}),
        ("lr 6e-3, 4e-3", {"lr_g": 6e-3, "lr_d": 4e-3}),
        ("lr 6e-3, 3e-3", {"lr_g": 6e-3, "lr_d": 3e-3}),
        ("lr 8e-3, 4e-3, D 12-18", {"lr_d": 4e-3, "d": (12, 18)}),
        ("lr 8e-3, 4e-3, G 30-12", {"lr_d": 4e-3, "g": (30, 12)}),
    ]),
]  # fmt: skip


def config(z, g, d, lr_g, lr_d, beta1, beta2=0.99, batch=16, ema=0.98, objective="bce"):
    def adam(lr):
        return {"type": "adam", "lr": lr, "beta1": beta1, "beta2": beta2}

    def up(channels):
        return {"type": "conv_transpose2d", "out_channels": channels, "kernel_size": 4, "stride": 2, "padding": 1}

    def down(channels, kernel, padding):
        return {"type": "conv2d", "out_channels": channels, "kernel_size": kernel, "stride": 2, "padding": padding}

    norm, relu, leaky = {"type": "batch_norm"}, {"type": "relu"}, {"type": "leaky_relu", "negative_slope": 0.2}
    generator = [
        {"type": "class_concat"}, {"type": "linear", "out_features": g[0] * 49},
        {"type": "reshape", "channels": g[0], "height": 7, "width": 7}, norm, relu,
        up(g[1]), norm, relu, up(1), {"type": "tanh"},
    ]  # fmt: skip
    discriminator = [down(d[0], 5, 2), leaky, down(d[1], 4, 1), norm, leaky, {"type": "flatten"}]
    discriminator += [{"type": "class_projection"}] + [{"type": "sigmoid"}] * (objective == "bce")
    return {
        "preset": "quick",
        "batch_size": batch,
        "latent_size": z,
        "objective": objective,
        "ema_decay": ema,
        "generator": {"layers": generator, "optimizer": adam(lr_g)},
        "discriminator": {"layers": discriminator, "optimizer": adam(lr_d)},
    }


GOALS = ("80", "90")
FIGURES = r"([\d.]+) images +([\d.]+) GFLOP +([\d.]+) s"


def start(item):
    """What one seed needed for each goal: images, GFLOP and seconds as printed, or None."""
    settings, seed, max_images = item
    command = [COMMAND, "1", str(max_images), str(seed), json.dumps(config(**settings))]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines = [re.search(rf"{goal} %: .*", output)[0] for goal in GOALS]
    return [found.groups() if (found := re.search(FIGURES, line)) else None for line in lines]


def cells_of(reached, starts):
    """How many reached a goal, and the figures of the middle one."""
    reached = sorted((figures for figures in reached if figures), key=lambda figures: float(figures[0]))
    return [f"{len(reached)} of {starts}", *(reached[len(reached) // 2] if reached else "---")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=5, help="seeds per variant [%(default)s]")
    parser.add_argument("--max-images", type=int, default=40_000, help="stop a run after this many images [%(default)s]")
    parser.add_argument("--only", default="", help="only variants whose name contains this")
    options = parser.parse_args()
    variants = [(name, settings) for name, settings in VARIANTS if options.only in name]
    items = [(settings, seed, options.max_images) for _, settings in variants for seed in range(1, options.starts + 1)]
    found = ranks.shared(items, start)
    if ranks.RANK == 0:
        print("| | 80 %: starts | images | GFLOP | s | 90 %: starts | images | GFLOP | s |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    # Other ranks than the first do their part when they ask for the first row.
    for row, figures in enumerate(iter(lambda: list(itertools.islice(found, options.starts)), [])):
        cells = [cell for reached in zip(*figures, strict=True) for cell in cells_of(reached, options.starts)]
        print(f"| {variants[row][0]} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
