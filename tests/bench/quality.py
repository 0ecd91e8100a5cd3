#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The quality of the pretrained generators and of a plain DCGAN trained by PyTorch on as many images.

    toolchain/run cmake --build --preset release --target ganvas
    toolchain/run python3 tests/bench/quality.py --images 600000

PyTorch trains the networks of preset `dcgan` with its learning rates in the tutorial's loop on the bundled 60,000 digits. Its
generator is saved with the tensor names of Ganvas, so that `ganvas eval` evaluates all generators, with 10,000 samples each.
With --keep FILE, the DCGAN is stored in FILE and reused by later runs.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would compete with PyTorch's

import torch  # noqa: E402
from safetensors import safe_open  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from torch import nn  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
GANVAS = ROOT / "build/release/bin/ganvas"
SHIPPED = ("seed", "dcgan", "conditional")
BATCH, LATENT = 64, 64


def training_digits():
    """(60000, 1, 28, 28) in [-1, 1]: ToTensor and Normalize(0.5, 0.5)."""
    with gzip.open(ROOT / "assets/mnist/train-images-idx3-ubyte.gz") as file:
        pixels = torch.frombuffer(bytearray(file.read()[16:]), dtype=torch.uint8)
    return pixels.view(-1, 1, 28, 28).float() / 127.5 - 1


def networks():
    gen = nn.Sequential(
        nn.Linear(LATENT, 6272), nn.BatchNorm1d(6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7)),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh(),
    )  # fmt: skip
    disc = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(6272, 1), nn.Sigmoid(),
    )  # fmt: skip
    return gen, disc


def train(images):
    """Returns the generator after training on at least `images` digits, shuffled in each epoch."""
    digits = training_digits()
    gen, disc = networks()
    opt_gen = torch.optim.Adam(gen.parameters(), 2e-4, (0.5, 0.999))
    opt_disc = torch.optim.Adam(disc.parameters(), 2e-4, (0.5, 0.999))
    criterion = nn.BCELoss()
    seen = 0
    start = time.perf_counter()
    while seen < images:
        for index in torch.randperm(len(digits)).split(BATCH):
            real = digits[index]
            fake = gen(torch.randn(len(real), LATENT))
            disc_real, disc_fake = disc(real), disc(fake.detach())
            lossD_real = criterion(disc_real, torch.ones_like(disc_real))
            lossD_fake = criterion(disc_fake, torch.zeros_like(disc_fake))
            lossD = (lossD_real + lossD_fake) / 2
            opt_disc.zero_grad()
            lossD.backward()
            opt_disc.step()
            output = disc(fake)
            lossG = criterion(output, torch.ones_like(output))
            opt_gen.zero_grad()
            lossG.backward()
            opt_gen.step()
            seen += len(real)
            if seen >= images:
                break
        print(f"{seen} images, {time.perf_counter() - start:.0f} s: lossD {lossD:.3f}, lossG {lossG:.3f}", file=sys.stderr)
    return gen


def save_as_ganvas(gen, path):
    """Saves with the tensor names and metadata of Ganvas' own DCGAN."""
    with tempfile.TemporaryDirectory() as folder:
        ours = f"{folder}/ours.safetensors"
        data = ["--data", str(ROOT / "assets/mnist")]
        subprocess.run([GANVAS, "train", "--preset", "dcgan", "--steps", "1", "--out", ours, *data], check=True, capture_output=True)
        subprocess.run([GANVAS, "export", "--model", ours, "--out", ours + ".g"], check=True, capture_output=True)
        with safe_open(ours + ".g", "pt") as file:
            metadata, names = file.metadata(), list(file.keys())
    tensors = {f"generator.{name}": value.contiguous() for name, value in gen.state_dict().items()}
    save_file({name: tensors[name] for name in names}, path, metadata)


def evaluated(*arguments):
    output = subprocess.run([GANVAS, "eval", "--json", *arguments], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return json.loads(output)


def parameters_of(path):
    output = subprocess.run([GANVAS, "info", "--json", "--model", path], check=True, capture_output=True, text=True).stdout
    return json.loads(output)["generator"]["parameterCount"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=600_000, help="training images of PyTorch's DCGAN [%(default)s]")
    parser.add_argument("--threads", type=int, default=1, help="PyTorch's threads [%(default)s]")
    parser.add_argument("--keep", type=Path, help="file that keeps PyTorch's generator between runs")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory() as folder:
        pytorch = options.keep or Path(folder) / "pytorch.safetensors"
        if not pytorch.exists():
            save_as_ganvas(train(options.images), pytorch)
        real = evaluated("--real")
        print("| | parameters | file | digit-FID | ratio to real | class accuracy | confident | precision | recall |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        rows = [("10,000 real training digits", None, real)]
        rows += [(f"`{name}.safetensors`", path, None) for name in SHIPPED for path in [ROOT / f"assets/models/{name}.safetensors"]]
        rows += [(f"PyTorch's plain DCGAN, {options.images:,} images", pytorch, None)]
        for title, path, report in rows:
            report = report or evaluated("--model", path)
            accuracy = f"{report['classAccuracy']:.1%}" if "classAccuracy" in report else ""
            size = f"{parameters_of(path):,} | {path.stat().st_size / 1000:,.0f} kB" if path else " | "
            print(
                f"| {title} | {size} | {report['digitFid']:.2f} | {report['digitFid'] / real['digitFid']:.2f} | {accuracy} | "
                f"{report['confident']:.1%} | {report['precision']:.1%} | {report['recall']:.1%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
