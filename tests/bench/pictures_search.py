#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The search for preset `pictures`: what variants of it have learnt of small sets after so many images.

Each row of the table is the preset with one change, trained by `ganvas train` on one thread. `distance` is the Frechet
distance between 1,000 samples and the set on 48 principal components of a fixed random convolutional network's features,
`coverage` and `density` are those of Naeem et al. 2020 (k = 5) on the same, and `near` is the median distance of a sample to
its nearest training picture, divided by that of the pictures that were held out: far below 1, the set is learnt by heart.
The first line has the same figures for pictures that were held out.

    tests/bench/fetch_pictures.sh PICTURES
    toolchain/run cmake --build --preset release --target ganvas
    toolchain/run python3 tests/bench/pictures_search.py --pictures PICTURES --set faces --grids grids
"""

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402
import torch  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("GANVAS", ROOT / "build/release/bin/ganvas"))
SAMPLES = 1000

# What the search began with, and the preset for 32 x 32.
FIRST = {"g": (32, 16), "d": (16, 32), "color": 1}
NOW = {"g": (64, 32, 16), "d": (16, 32, 64), "d_norm": True}

VARIANTS = [
    ("first", FIRST),
    *((f"first, {name}", {**FIRST, **change}) for name, change in [
        ("three stages", {**NOW, "d_norm": False, "color": 1}),
        ("no augmentation", {"color": 0, "translation": 0}),
        ("no colour", {"color": 0}),
        ("cutout", {"cutout": 0.5}),
        ("R1 0.01", {"r1": 0.01}),
        ("bce", {"objective": "bce"}),
        ("lr 4e-3", {"lr_g": 4e-3, "lr_d": 4e-3}),
        ("lr 4e-3, 2e-3", {"lr_g": 4e-3}),
        ("beta1 0.5", {"beta1": 0.5}),
        ("D batch norm", {"d_norm": True}),
    ]),
    ("preset", None),  # in the shape of the set
    ("now", NOW),
    *((f"now, {name}", {**NOW, **change}) for name, change in [
        ("no batch norm in D", {"d_norm": False}),
        ("no batch norm in D, R1 0.1", {"d_norm": False, "r1": 0.1}),
        ("no batch norm in D, R1 1", {"d_norm": False, "r1": 1}),
        ("colour 0.3", {"color": 0.3}),
        ("lr 1e-3", {"lr_g": 1e-3, "lr_d": 1e-3}),
        ("lr 3e-3", {"lr_g": 3e-3, "lr_d": 3e-3}),
        ("upsampling", {"up": "upsample"}),
    ]),
]  # fmt: skip


def config(
    shape, classes, g, d, z=32, lr_g=2e-3, lr_d=2e-3, beta1=0.0, beta2=0.99, batch=16, ema=0.99,
    objective="hinge", r1=0.0, color=0.0, translation=0.125, cutout=0.0, d_norm=False, up="transpose",
):  # fmt: skip
    """G doubles the side once for each of `g`, and D halves it once for each of `d`."""
    channels, side, _ = shape
    norm, relu, leaky = {"type": "batch_norm"}, {"type": "relu"}, {"type": "leaky_relu", "negative_slope": 0.2}

    def adam(lr):
        return {"type": "adam", "lr": lr, "beta1": beta1, "beta2": beta2}

    def doubling(out):
        if up == "transpose":
            return [{"type": "conv_transpose2d", "out_channels": out, "kernel_size": 4, "stride": 2, "padding": 1}]
        return [{"type": "upsample2x"}, {"type": "conv2d", "out_channels": out, "kernel_size": 3, "stride": 1, "padding": 1}]

    base = side >> len(g)
    generator = [{"type": "class_concat"}] * (classes > 0) + [
        {"type": "linear", "out_features": g[0] * base * base},
        {"type": "reshape", "channels": g[0], "height": base, "width": base},
    ]  # fmt: skip
    for out in g[1:] + (channels,):
        generator += [norm, relu] + doubling(out)
    discriminator = []
    for stage, out in enumerate(d):
        conv = {"type": "conv2d", "out_channels": out, "kernel_size": 4, "stride": 2, "padding": 1}
        discriminator += [conv] + [norm] * (d_norm and stage > 0) + [leaky]
    score = {"type": "class_projection"} if classes else {"type": "linear", "out_features": 1}
    discriminator += [{"type": "flatten"}, score] + [{"type": "sigmoid"}] * (objective == "bce")
    return {
        "preset": "hinge",
        "sample_shape": shape,
        "classes": classes,
        "batch_size": batch,
        "latent_size": z,
        "objective": objective,
        "r1": r1,
        "ema_decay": ema,
        "augment_color": color,
        "augment_translation": translation,
        "augment_cutout": cutout,
        "generator": {"layers": generator + [{"type": "tanh"}], "optimizer": adam(lr_g), "init": "pytorch"},
        "discriminator": {"layers": discriminator, "optimizer": adam(lr_d), "init": "pytorch"},
    }


def ganvas(*arguments):
    result = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"ganvas {arguments[0]}: {result.stderr}")
    return result.stdout


def drawings(count, seed=1):
    """A child's houses, each with other proportions, a door, windows, smoke and a shaky hand."""
    rng = random.Random(seed)
    for _ in range(count):
        image = Image.new("L", (128, 128), 255)
        draw = ImageDraw.Draw(image)

        def line(*points):
            shaken = [(x + rng.gauss(0, 1.5), y + rng.gauss(0, 1.5)) for x, y in points]
            draw.line(shaken, fill=0, width=6, joint="curve")

        left, right = rng.uniform(12, 34), rng.uniform(90, 116)
        top, bottom, middle = rng.uniform(48, 72), rng.uniform(104, 120), (left + right) / 2
        line((left, top), (left, bottom), (right, bottom), (right, top), (left, top))
        line((left, top), (middle + rng.gauss(0, 4), rng.uniform(12, 30)), (right, top))
        door = rng.uniform(left + 10, middle)
        line((door, bottom), (door, bottom - 26), (door + 16, bottom - 26), (door + 16, bottom))
        x, y = rng.uniform(middle + 4, right - 20), rng.uniform(top + 8, top + 16)
        line((x, y), (x + 14, y), (x + 14, y + 14), (x, y + 14), (x, y))
        yield image


def is_face(name):
    """Heads of people in emoji's code points, with or without a skin tone and a profession or hair."""
    heads = "1f466|1f467|1f468|1f469|1f9d1|1f9d2|1f9d3|1f9d4|1f9d5|1f46e|1f47[0-6]|1f478|1f477|1f482|1f934|1f935"
    others = "1f91d|1f48b|2764|1f9bc|1f9bd|1f9af|200d-1f46|200d-1f9d|1faef|1f430"
    return re.match(f"({heads})(-|$)", name) and not re.search(others, name)


def pictures_of(name, pictures, folder, side):
    """All pictures of a set as (count, channels, side, side) bytes."""
    source = folder / name
    if name == "faces":
        source.mkdir()
        for file in sorted((pictures / "emoji").glob("*.png")):
            if is_face(file.stem):
                (source / file.name).symlink_to(file.resolve())
    elif name == "drawings":
        source.mkdir()
        for index, image in enumerate(drawings(120)):
            image.save(source / f"{index:03}.png")
    elif name == "emoji":
        source = pictures / "emoji"
    else:
        source = pictures / "fashion-mnist"
    ganvas("pictures", "--data", source, "--side", side, "--out", folder / "all.npy")
    return np.load(folder / "all.npy")


class Features(torch.nn.Module):
    """Random features see edges, colours and their places; Naeem et al. 2020 found them fit for data unlike photographs."""

    def __init__(self, channels):
        super().__init__()
        torch.manual_seed(7)
        layers, width = [], channels
        for out in (32, 64, 128):
            layers += [torch.nn.Conv2d(width, out, 4, 2, 1), torch.nn.ReLU()]
            torch.nn.init.orthogonal_(layers[-2].weight, 2**0.5)
            width = out
        self.layers = torch.nn.Sequential(*layers, torch.nn.AdaptiveAvgPool2d(2), torch.nn.Flatten())

    @torch.no_grad()
    def forward(self, images):
        return self.layers(torch.from_numpy(images).float() / 127.5 - 1).double().numpy()


def frechet(a, b):
    covariance_a, covariance_b = np.cov(a.T), np.cov(b.T)
    values, vectors = np.linalg.eigh(covariance_a)
    root = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
    trace = np.sqrt(np.maximum(np.linalg.eigvalsh(root @ covariance_b @ root), 0)).sum()
    return np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(covariance_a) + np.trace(covariance_b) - 2 * trace


def distances(a, b):
    return np.sqrt(np.maximum((a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T, 0))


class Measure:
    def __init__(self, training, held_out):
        self.features = Features(training.shape[1])
        self.pixels = training[:2000].reshape(len(training[:2000]), -1).astype(float) / 255
        raw = self.features(training)
        self.mean = raw.mean(0)
        _, _, axes = np.linalg.svd(raw[:2000] - self.mean, full_matrices=False)
        self.axes = axes[:48].T
        self.real = self.project(training)
        self.near_held_out = self.near(held_out)
        self.held_out = held_out

    def project(self, images):
        return (self.features(images) - self.mean) @ self.axes

    def near(self, images):
        pixels = images.reshape(len(images), -1).astype(float) / 255
        return np.median(distances(pixels, self.pixels).min(1))

    def __call__(self, images):
        fake, real = self.project(images), self.real[:1000]
        radii = np.sort(distances(real, real), 1)[:, 5]
        inside = distances(fake, real) < radii
        return {
            "distance": frechet(fake, self.real),
            "coverage": inside.any(0).mean(),
            "density": inside.sum() / (5 * len(fake)),
            "near": self.near(images) / self.near_held_out,
        }


def samples_of(model, folder, shape):
    ganvas("sample", "--model", model, "--count", SAMPLES, "--threads", 1, "--out", folder / "samples.idx3-ubyte")
    data = np.fromfile(folder / "samples.idx3-ubyte", np.uint8)
    return data[-SAMPLES * int(np.prod(shape)) :].reshape(-1, *shape)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, required=True, help="the folder of fetch_pictures.sh")
    parser.add_argument("--set", default="faces", choices=("faces", "emoji", "fashion", "drawings"))
    parser.add_argument("--side", type=int, default=32)
    parser.add_argument("--images", default="5000,15000,40000", help="measured after so many images [%(default)s]")
    parser.add_argument("--only", default="", help="only the variants of these names, with semicolons between")
    parser.add_argument("--grids", type=Path, help="write a PNG of 64 samples of each variant into this folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    goals = [int(goal) for goal in options.images.split(",")]
    if options.grids:
        options.grids.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = pictures_of(options.set, options.pictures.resolve(), folder, options.side)
        shape = list(pictures.shape[1:])
        classes = 10 if options.set == "fashion" else 0
        order = np.random.default_rng(1).permutation(len(pictures))
        count = {"faces": 500, "drawings": 60}.get(options.set, len(pictures) * 9 // 10)
        training, held_out = pictures[order[:count]], pictures[order[count:]][:1000]
        data = folder / "training.npy"
        np.save(data, training)
        if classes:
            data = options.pictures / "fashion-mnist"
            training = training[:10000]
        measure = Measure(training, held_out)
        print(f"{len(training)} pictures {shape}; held out:", cells(measure(held_out)), flush=True)
        for variant, settings in VARIANTS:
            if not options.only or variant in options.only.split(";"):
                as_preset = {"preset": "pictures", "batch_size": 16, "sample_shape": shape, "classes": classes}
                made = config(shape, classes, **settings) if settings else as_preset
                run(variant, made, data, goals, folder, measure, shape, options)


def cpu_seconds():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime


def cells(figures):
    return " ".join(f"{name} {value:.3g}" for name, value in figures.items())


def run(variant, settings, data, goals, folder, measure, shape, options):
    (folder / "config.json").write_text(json.dumps(settings))
    model, steps, seconds = folder / "run.safetensors", 0, 0.0
    model.unlink(missing_ok=True)
    for goal in goals:
        start = ["--resume", model] if steps else ["--config", folder / "config.json", "--seed", options.seed]
        more = goal // settings["batch_size"] - steps
        began = cpu_seconds()
        ganvas("train", *start, "--data", data, "--threads", 1, "--save-every", 0, "--steps", more, "--out", model)
        seconds += cpu_seconds() - began
        steps += more
        figures = measure(samples_of(model, folder, shape))
        print(f"{variant:22} {goal:6} images {seconds:5.1f} s of CPU  {cells(figures)}", flush=True)
        if options.grids:
            grid = options.grids / f"{options.set}{options.side}-{re.sub('[ ,]+', '_', variant)}-{goal}.png"
            ganvas("sample", "--model", model, "--out", grid)


if __name__ == "__main__":
    main()
