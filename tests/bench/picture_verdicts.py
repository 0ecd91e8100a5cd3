#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Holds the verdicts of `ganvas eval` on own pictures to runs of which the answer is known, as rows of a table.

Runs are trained by `ganvas train --preset pictures` on one thread, with the options that their row names. "Held out" are
pictures that are judged as if they were samples: of a generator that has learned nothing and holds 100 of them, one a class.

    tests/bench/fetch_pictures.sh PICTURES
    toolchain/run cmake --build --preset release --target ganvas
    toolchain/run python3 tests/bench/picture_verdicts.py --pictures PICTURES [--only WORDS]
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from pictures_search import COMMAND, is_face
from safetensors.numpy import save_file

ONE_CLASS_EACH = 100  # as many as a generator can have
LATENT = 2

SIDES = {"faces": 32, "small faces": 16, "emoji": 32, "fashion-mnist": 28}


def fast_d(rate):
    """A D that is ahead at once, cannot tell that samples are all alike, and sees pictures as they are."""
    layers = []
    for channels in (16, 32, 64):
        layers += [
            {"type": "conv2d", "out_channels": channels, "kernel_size": 4, "stride": 2, "padding": 1},
            {"type": "leaky_relu", "negative_slope": 0.2},
        ]
    layers += [{"type": "flatten"}, {"type": "linear", "out_features": 1}]
    optimizer = {"type": "adam", "lr": rate, "beta1": 0, "beta2": 0.99}
    return {"augment_translation": 0, "discriminator": {"layers": layers, "optimizer": optimizer}}


# A set, how many of it, for how many steps, what is changed of the preset and how the table calls that, and the verdicts
# that are not wrong.
PLAIN = ({}, "")
RUNS = [
    ("faces", 20, 6000, *PLAIN, {"healthy", "memorised"}),
    ("small faces", 20, 12000, *PLAIN, {"healthy", "memorised"}),
    ("faces", 60, 3000, *PLAIN, {"healthy", "narrowing"}),
    ("faces", 500, 1500, *PLAIN, {"unlike", "healthy", "narrowing"}),
    ("fashion-mnist", 500, 800, *PLAIN, {"unlike", "healthy", "narrowing"}),
    ("faces", 500, 1, *PLAIN, {"unlike"}),
    ("faces", 20, 1, *PLAIN, {"unlike"}),
    ("faces", 500, 400, fast_d(2e-2), "D without batch norm at 2e-2", {"collapsed"}),
]
HELD_OUT = [("faces", 200), ("faces", 40), ("faces", 20), ("emoji", 2000), ("fashion-mnist", 1000)]


def ganvas(*arguments):
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"ganvas {arguments}: {done.stderr}")
    return done.stdout


class Sets:
    """All pictures of each set, shuffled, as (count, channels, side, side) bytes."""

    def __init__(self, pictures, folder):
        self.pictures, self.folder, self.known = pictures, folder, {}

    def __getitem__(self, name):
        if name not in self.known:
            of_faces = name.endswith("faces")
            source = self.pictures / ("emoji" if of_faces else name)
            if of_faces:
                chosen = self.folder / name
                chosen.mkdir()
                for file in sorted(source.glob("*.png")):
                    if is_face(file.stem):
                        (chosen / file.name).symlink_to(file.resolve())
                source = chosen
            ganvas("pictures", "--data", source, "--side", SIDES[name], "--out", self.folder / "all.npy")
            pixels = np.load(self.folder / "all.npy")
            order = list(range(len(pixels)))
            random.Random(1).shuffle(order)
            self.known[name] = pixels[order[:5000]]
        return self.known[name]


def evaluate(*arguments):
    return json.loads(ganvas("eval", "--json", "--threads", 1, *arguments))


def trained(pixels, steps, changes, folder):
    np.save(folder / "set.npy", pixels)
    (folder / "run.json").write_text(json.dumps({"preset": "pictures", "sample_shape": pixels.shape[1:], **changes}))
    model, data = folder / "run.safetensors", ("--data", folder / "set.npy")
    model.unlink(missing_ok=True)
    ganvas("train", "--config", folder / "run.json", *data, "--threads", 1, "--out", model, "--steps", steps)
    return evaluate("--model", model, *data)


def held_out(pixels, samples, folder):
    np.save(folder / "set.npy", pixels)
    size = int(np.prod(samples.shape[1:]))
    weight = np.zeros((size, LATENT + ONE_CLASS_EACH), np.float32)
    weight[:, LATENT:] = samples.reshape(ONE_CLASS_EACH, size).T / 127.5 - 1
    weights = {"generator.1.weight": weight, "generator.1.bias": np.zeros(size, np.float32)}
    save_file(weights, folder / "held.safetensors")
    channels, side = samples.shape[1:3]
    layers = [
        {"type": "class_concat"},
        {"type": "linear", "out_features": size},
        {"type": "reshape", "channels": channels, "height": side, "width": side},
    ]
    config = {
        "preset": "pictures",
        "pictures": "0" * 16,  # none, but no digits either
        "sample_shape": samples.shape[1:],
        "classes": ONE_CLASS_EACH,
        "latent_size": LATENT,
        "generator": {"layers": layers},
    }
    (folder / "held.json").write_text(json.dumps(config))
    model = ("--model", folder / "held.safetensors", "--config", folder / "held.json")
    return evaluate(*model, "--data", folder / "set.npy", "--count", ONE_CLASS_EACH)


def row(what, report, right):
    def percent(name):
        return f"{100 * report[name]:.1f} / {100 * report[name + 'OfReal']:.1f}"

    def number(name):
        return f"{report[name]:.2f} / {report[name + 'OfReal']:.2f} ± {report[name + 'Spread']:.2f}"

    mark = "" if report["verdict"] in right else f" (wrong: {' or '.join(sorted(right))})"
    figures = [percent("nearest"), percent("copies"), number("density"), number("coverage"), number("diversity")]
    print(f"| {what} | {' | '.join(figures)} | {report['verdict']}{mark} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, required=True, help="where fetch_pictures.sh has put them")
    parser.add_argument("--only", default="", help="rows that contain these words")
    options = parser.parse_args()
    print("| samples | nearest, % | copies, % | density | coverage | diversity | verdict |")
    print("|---|--:|--:|--:|--:|--:|---|")
    with tempfile.TemporaryDirectory(prefix="ganvas-verdicts-") as scratch:
        folder = Path(scratch)
        sets = Sets(options.pictures, folder)
        for name, count in HELD_OUT:
            what = f"held out, beside {count:,} {name}"
            if options.only in what:
                samples = sets[name][count : count + ONE_CLASS_EACH]
                row(what, held_out(sets[name][:count], samples, folder), {"healthy"})
        for name, count, steps, changes, words, right in RUNS:
            what = f"{count} {name}, {steps:,} step{"s" if steps > 1 else ""}" + (f", {words}" if words else "")
            if options.only in what:
                began = time.monotonic()
                report = trained(sets[name][:count], steps, changes, folder)
                row(f"{what}, {time.monotonic() - began:.0f} s", report, right)


if __name__ == "__main__":
    main()
