#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The quality of the pretrained generators and of a plain DCGAN trained by PyTorch on as many images.

    toolchain/run cmake --build --preset release --target ganvas
    toolchain/run python3 tests/bench/quality.py --images 600000

PyTorch trains the networks of preset `dcgan` with its learning rates in the tutorial's loop on the bundled 60,000 digits. Its
generator is saved with the tensor names of Ganvas, so that `ganvas eval` evaluates all generators, with 10,000 samples each.
With --keep FILE, the DCGAN is stored in FILE and reused by later runs. Processes share the rows: mpirun -np 2 python3
tests/bench/quality.py. The last row, with the training, takes longest.
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

import ranks

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would compete with PyTorch's

import torch  # noqa: E402
from safetensors import safe_open  # noqa: E402
from safetensors.torch import save_file  # noqa: E402
from torch import nn  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
GANVAS = ROOT / "build/release/bin/ganvas"
SHIPPED = ("seed", "dcgan", "conditional")
REAL, PYTORCH = "real", "pytorch"  # rows that are no files of ours
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
        subprocess.run([GANVAS, "export", "--model", ours, "--out", f"{folder}/g.safetensors"], check=True, capture_output=True)
        with safe_open(f"{folder}/g.safetensors", "pt") as file:
            metadata, names = file.metadata(), list(file.keys())
    del metadata["ganvas.checksum"]  # of other weights
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

        def measure(name):
            """The file's parameters and kilobytes, if there is one, and what `ganvas eval` says of it."""
            if name == REAL:
                return ["", "", evaluated("--real")]
            path = ROOT / f"assets/models/{name}.safetensors"
            if name == PYTORCH:
                path = options.keep or Path(folder) / "pytorch.safetensors"
                if not path.exists():
                    save_as_ganvas(train(options.images), path)
            return [f"{parameters_of(path):,}", f"{path.stat().st_size / 1000:,.0f} kB", evaluated("--model", path)]

        titles = {
            REAL: "10,000 real training digits",
            PYTORCH: f"PyTorch's plain DCGAN, {options.images:,} images",
            **{name: f"`{name}.safetensors`" for name in SHIPPED},
        }
        rows = [REAL, *SHIPPED, PYTORCH]
        if ranks.RANK == 0:
            print("| | parameters | file | digit-FID | ratio to real | class accuracy | confident | precision | recall |")
            print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for name, (parameters, size, report) in zip(rows, ranks.shared(rows, measure), strict=ranks.RANK == 0):
            if name == REAL:
                real = report
            # Unconditional networks have no accuracy, and samples that are too unclear no precision.
            accuracy, precision = (f"{report[key]:.1%}" if key in report else "" for key in ("classAccuracy", "precision"))
            print(
                f"| {titles[name]} | {parameters} | {size} | {report['digitFid']:.2f} | "
                f"{report['digitFid'] / real['digitFid']:.2f} | {accuracy} | "
                f"{report['confident']:.1%} | {precision} | {report['recall']:.1%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
