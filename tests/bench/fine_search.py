#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The search for preset `fine`: the digit-FID of variants of it after so much arithmetic.

Each row of the table is one variant and one seed, trained by `ganvas train` on one thread and the 10,000 digits of the page, and
measured by `ganvas eval` with 10,000 samples. A budget is in TFLOP, which the page does in about 25 s, so that
neither the machine nor what else it does changes a figure.

    toolchain/run cmake --build --preset release --target ganvas
    python3 tests/bench/fine_search.py --only fine --seeds 10

Processes share the rows: mpirun -np 4 python3 tests/bench/fine_search.py --only fine --seeds 10
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import ranks

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("GANVAS", ROOT / "build/release/bin/ganvas"))

# Before R1 was lazy; `fine` is this with "R1 every 4", and rates that fall to 0 in 7.6 TFLOP.
FIRST = {"g": (32, 16), "d": (16, 32, 32)}

VARIANTS = [
    ("quick", None),  # presets as they are
    ("fine", None),
    ("first", FIRST),
    *((f"first, {name}", {**FIRST, **change}) for name, change in [
        ("G 48-24, D 24-48", {"g": (48, 24), "d": (24, 48)}),
        ("G 64-32, D 32-64-64", {"g": (64, 32), "d": (32, 64, 64)}),
        ("R1 0.1", {"r1": 0.1}),
        ("R1 2", {"r1": 2}),
        ("R1 every 2", {"r1_every": 2}),
        ("R1 every 4", {"r1_every": 4}),
        ("R1 every 8", {"r1_every": 8}),
        ("lr 1e-3", {"lr": 1e-3}),
        ("lr 4e-3", {"lr": 4e-3}),
        ("lr constant", {"decay": 0}),
        ("hinge", {"objective": "hinge"}),
        ("beta1 0.5", {"beta1": 0.5}),
        ("EMA 0.99", {"ema": 0.99}),
        ("batch norm's momentum 0.01", {"momentum": 0.01}),
        ("translation", {"translation": 0.07}),
    ]),
]  # fmt: skip


def config(
    g, d, z=32, lr=2e-3, beta1=0.0, beta2=0.99, batch=16, ema=0.998, objective="bce", r1=0.5, r1_every=1, momentum=0.1, translation=0.0,
    decay_steps=0,
):  # fmt: skip
    """D has a layer for each of `d`, of which the first two halve the side."""

    def up(channels):
        return {"type": "conv_transpose2d", "out_channels": channels, "kernel_size": 4, "stride": 2, "padding": 1}

    def conv(channels, kernel, stride, padding):
        return {"type": "conv2d", "out_channels": channels, "kernel_size": kernel, "stride": stride, "padding": padding}

    norm, relu = {"type": "batch_norm", "momentum": momentum}, {"type": "relu"}
    leaky = {"type": "leaky_relu", "negative_slope": 0.2}
    adam = {"type": "adam", "lr": lr, "beta1": beta1, "beta2": beta2, "lr_decay_steps": decay_steps}
    generator = [
        {"type": "class_concat"}, {"type": "linear", "out_features": g[0] * 49},
        {"type": "reshape", "channels": g[0], "height": 7, "width": 7}, norm, relu,
        up(g[1]), norm, relu, up(1), {"type": "tanh"},
    ]  # fmt: skip
    discriminator = [conv(d[0], 5, 2, 2), leaky, conv(d[1], 4, 2, 1), leaky]
    for channels in d[2:]:
        discriminator += [conv(channels, 3, 1, 1), leaky]
    discriminator += [{"type": "flatten"}, {"type": "class_projection"}] + [{"type": "sigmoid"}] * (objective == "bce")
    return {
        "preset": "quick",
        "batch_size": batch,
        "latent_size": z,
        "objective": objective,
        "r1": r1,
        "r1_interval": r1_every,
        "ema_decay": ema,
        "augment_translation": translation,
        "generator": {"layers": generator, "optimizer": adam},
        "discriminator": {"layers": discriminator, "optimizer": adam},
    }


def ganvas(*arguments):
    result = subprocess.run([COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"ganvas {arguments[0]}: {result.stderr}")
    return result.stdout


def flops_per_step(made, folder):
    model = train(made, 1, 1, folder)
    return json.loads(ganvas("info", "--model", model, "--json"))["flopsPerStep"]


def config_of(name, settings, folder):
    """`decay` is the budget in TFLOP in which the rates fall to 0; 0: they stay."""
    if settings is None:
        return {"preset": name}
    decay = settings.get("decay", 12)
    rest = {key: value for key, value in settings.items() if key != "decay"}
    return config(**rest, decay_steps=round(decay * 1e12 / flops_per_step(config(**rest), folder)))


def train(made, steps, seed, folder, model=None):
    (folder / "config.json").write_text(json.dumps(made))
    start = ["--resume", model] if model else ["--config", folder / "config.json", "--seed", seed]
    out = folder / "run.safetensors"
    ganvas("train", *start, "--threads", 1, "--save-every", 0, "--steps", steps, "--out", out)
    return out


def run(name, settings, seed, budgets, folder):
    made = config_of(name, settings, folder)
    flops = flops_per_step(made, folder)
    model, steps, cells = None, 0, []
    for budget in budgets:
        more = round(budget * 1e12 / flops) - steps
        model = train(made, more, seed, folder, model)
        steps += more
        report = json.loads(ganvas("eval", "--model", model, "--json", "--threads", 1))
        cells += [f"{report['digitFid']:.2f}", f"{report['classAccuracy']:.1%}"]
    return f"| {name} | {seed} | {flops / 1e6:.0f} | {steps:,} | " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--budgets", default="2.8,8.4", help="measured after so many TFLOP [%(default)s]")
    parser.add_argument("--seeds", type=int, default=1, help="seeds per variant [%(default)s]")
    parser.add_argument("--only", default="", help="only the variants of these names, with semicolons between")
    options = parser.parse_args()
    budgets = [float(budget) for budget in options.budgets.split(",")]
    columns = "".join(f" {budget} TFLOP: digit-FID | accuracy |" for budget in budgets)
    chosen = [variant for variant in VARIANTS if not options.only or variant[0] in options.only.split(";")]
    items = [(name, settings, seed) for name, settings in chosen for seed in range(1, options.seeds + 1)]
    if ranks.RANK == 0:
        print(f"| | seed | MFLOP per step | steps |{columns}\n|---|" + "--:|" * (3 + 2 * len(budgets)), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for row in ranks.shared(items, lambda item: run(*item, budgets, Path(folder))):
            print(row, flush=True)


if __name__ == "__main__":
    main()
