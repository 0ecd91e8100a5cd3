# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Checks the PyTorch scripts that the page generates (web/pytorch_script), for web/tests/pytorch_parity.test.ts.

    toolchain/run python3 tests/golden/pytorch_script.py FOLDER

FOLDER/jobs.json lists named jobs, each a check of one script. A job runs the script as a user would, or runs its main()
with recorded weights, batches and noise (replay.py): those of a golden run, whose losses, weights and samples it must
reproduce, or those of the core, whose losses it must reproduce. FOLDER/verdicts.json maps each job to its error, or to
null.
"""

import ast
import gzip
import io
import json
import math
import os
import pathlib
import re
import runpy
import struct
import subprocess
import sys
import traceback
import zlib
from contextlib import redirect_stdout
from unittest import mock

import numpy
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from family import augment
from replay import NETWORKS, Inputs, Replay, check, load, load_module, parts, state_of

MNIST = pathlib.Path(__file__).parents[2] / "assets" / "mnist"
STEPS = 3
DIGITS = 1000


def check_close(name, ours, theirs, tolerance):
    error = (ours.double() - theirs.double()).abs().max().item()
    check(error <= tolerance, f"{name} is off by {error}")


def check_text(script):
    """Every imported or assigned name is used."""
    tree = ast.parse(script.read_text())
    scopes = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    for scope in scopes:
        named, loaded = set(), set()
        for node in ast.walk(scope):
            if isinstance(node, ast.Name):
                (loaded if isinstance(node.ctx, ast.Load) else named).add(node.id)
            elif isinstance(node, ast.alias) and scope is tree:
                named.add((node.asname or node.name).split(".")[0])
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node in tree.body and scope is tree:
                named.add(node.name)
            elif isinstance(node, ast.arg) and node.arg != "self" and scope is not tree:
                named.add(node.arg)
        check(named - loaded <= {"_"}, f"never used: {named - loaded}")


def check_output(printed):
    last = printed.strip().splitlines()[-1]
    losses = re.fullmatch(rf"step {STEPS}: lossD (\S+), lossG (\S+)", last)
    check(losses and all(math.isfinite(float(loss)) for loss in losses.groups()), f"the last line is {last!r}")


def check_picture(path):
    """A valid PNG with a square grid of digits in grey or of pictures in colour, not blank."""
    data = path.read_bytes()
    check(data[:8] == b"\x89PNG\r\n\x1a\n", "samples.png is not a PNG")
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        check(struct.unpack_from(">I", data, at + 8 + length) == (zlib.crc32(kind + content),), "a checksum is wrong")
        chunks[kind] = content
        at += 12 + length
    width, height, *format = struct.unpack(">2I5B", chunks[b"IHDR"])
    kinds = {224: [8, 0, 0, 0, 0], 280: [8, 0, 0, 0, 0], 320: [8, 2, 0, 0, 0]}
    check(width == height and kinds.get(width) == format, f"a PNG {width} x {height}, {format}")
    rows = zlib.decompress(chunks[b"IDAT"])
    channels = 3 if width == 320 else 1
    check(len(rows) == height * (width * channels + 1) and len(set(rows)) > 2, "the PNG's pixels are wrong")


def saved_file(steps):
    """The checkpoint of that step which a script has just saved in this folder."""
    (path,) = pathlib.Path().glob(f"ganvas-*-seed*-{steps}.safetensors")
    return path


def saved(path):
    """The tensors of a checkpoint, its step, and its config."""
    with safe_open(path, "pt") as file:
        metadata = file.metadata()
    return load_file(path), int(metadata["ganvas.step"]), json.loads(metadata["ganvas.config"])


def run(script, *arguments):
    """What the script prints, run in this process, which has already loaded PyTorch."""
    with mock.patch.object(sys, "argv", [str(script), *arguments]), redirect_stdout(io.StringIO()) as stdout:
        runpy.run_path(str(script), run_name="__main__")
    return stdout.getvalue()


def check_run(script, folder=None, as_command=False):
    """Runs the script as a user would, and again from the file that it saved."""
    check_text(script)
    data = [] if folder is None else ["--data", str(folder)]
    arguments = ["--steps", str(STEPS), *data]
    output = pathlib.Path("samples.csv" if folder is None else "samples.png")
    output.unlink(missing_ok=True)
    if as_command:
        command = [sys.executable, str(script), *arguments]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    else:
        printed = run(script, *arguments)
    check_output(printed)
    if folder is None:
        check(len(output.read_text().splitlines()) == 1000, "samples.csv is not 1000 points")
    else:
        check_picture(output)
    checkpoint = saved_file(STEPS).rename(script.with_suffix(".safetensors"))
    check_same_again(script, checkpoint, data)


def check_same_again(script, checkpoint, data):
    """Going on for no steps saves the same tensors, bit for bit."""
    before, step, config = saved(checkpoint)
    printed = run(script, str(checkpoint), "--steps", "0", *data)
    check(printed == f"going on from step {step}\n", f"it prints {printed!r}")
    after, *rest = saved(saved_file(step))
    check(rest == [step, config], f"{rest} instead of {[step, config]}")
    check(before.keys() == after.keys(), f"other tensors: {before.keys() ^ after.keys()}")
    for name, value in before.items():
        check(torch.equal(value, after[name]), f"{name} differs")


def check_first_weights(script):
    """Convolutions and batch norms are initialised as in DCGAN, other layers as in PyTorch."""
    module = load_module(script)
    for network in (module.Generator(), module.Discriminator()):
        network.apply(module.init_weights)
        for layer in network.modules():
            if isinstance(layer, nn.Conv2d):
                check(abs(layer.weight.std() / 0.02 - 1) < 0.3, f"{layer} has {layer.weight.std()}")
            if isinstance(layer, nn.BatchNorm2d):
                check(abs(layer.weight.mean() - 1) < 0.02 and layer.weight.std() > 0.01, f"{layer} is not random")
            if isinstance(layer, nn.Linear):
                check(layer.weight.std() * math.sqrt(3 * layer.in_features) > 0.9, f"{layer} is not initialised as in PyTorch")


def check_digits(script, folder, count, shape, labelled):
    """The script trains on MNIST's first digits, as bytes / 127.5 - 1."""
    loaded = load_module(script).load_digits(folder)
    images, labels = loaded if labelled else (loaded, None)
    raw = gzip.decompress((folder / "train-images-idx3-ubyte.gz").read_bytes())[16 : 16 + count * 784]
    expected = torch.tensor(list(raw)).reshape(count, *shape) / 127.5 - 1
    check(images.shape == expected.shape and images.dtype == torch.float32, f"the digits are {images.shape}")
    check_close("a pixel", images, expected, 1e-6)
    if labelled:
        raw = gzip.decompress((folder / "train-labels-idx1-ubyte.gz").read_bytes())[8 : 8 + count]
        check(labels.tolist() == list(raw), "the labels differ")


def check_pictures(script, folder, count):
    """The script trains on a saved set's first pictures, as bytes / 127.5 - 1."""
    images, labels = load_module(script).load_pictures(folder)
    saved_set = numpy.load(folder)
    expected = torch.tensor(saved_set["images"][:count]) / 127.5 - 1
    check(images.shape == expected.shape and images.dtype == torch.float32, f"the pictures are {images.shape}")
    check_close("a pixel", images, expected, 1e-6)
    check(labels.tolist() == saved_set["labels"][:count].tolist(), "the labels differ")


def check_points(script, core):
    """The script's points have the distribution of the core's, by a 12 x 12 histogram."""
    torch.manual_seed(1)

    def share(points):
        cells = ((points + 1.2) / 0.2).floor().clamp(0, 11).long()
        return torch.bincount(cells[:, 0] * 12 + cells[:, 1], minlength=144) / len(points)

    points = load_module(script).draw_points()
    check(points.shape == (20000, 2), f"the points are {points.shape}")
    difference = (share(points) - share(torch.tensor(core).reshape(-1, 2))).abs()
    check(difference.sum() < 0.07, f"{difference.sum()} of the points are in other cells")


def check_golden(script, golden):
    """Ten steps in float64 reproduce the golden run of the same config."""
    path = pathlib.Path(__file__).parent / golden
    with safe_open(path, "pt") as file:
        config = json.loads(file.metadata()["config"])
    tensors = load_file(path)
    sizes = [int(size) for size in tensors["batch_sizes"]]
    real = tensors.get("real", tensors.get("images"))
    real = real.reshape(-1, *config["sample_shape"])
    columns = [real, *(tensors.get(key) for key in ("real_labels", "noise", "fake_labels", "epsilons"))]
    columns = [c.long() if c is not None and i in (1, 3) else c for i, c in enumerate(columns)]
    split = [[None] * len(sizes) if column is None else column.split(sizes) for column in columns]
    inputs = [Inputs(*batch) for batch in zip(*split)]
    zeros = torch.zeros(2, config["latent_size"]), torch.zeros(2)
    sampling = tensors.get("sampling.latents", zeros[0]), tensors.get("sampling.labels", zeros[1]).long()
    weights = [[v.double() for v in parts(tensors, f"initial.{network}.")] for network in NETWORKS]
    replay = Replay(script, config, weights, inputs, sampling, torch.float64)
    check_close("a loss", torch.tensor(replay.losses, dtype=torch.float64), tensors["losses"], 1e-9)
    for name, network in zip(NETWORKS, (replay.gen, replay.disc)):
        final = parts(tensors, f"final.{name}.")
        for ours, theirs in zip(state_of(network), final, strict=True):
            check_close(f"a tensor of the {name}", ours, theirs, 1e-8)
    if config["ema_decay"] > 0:
        for ours, theirs in zip(replay.average.parameters(), parts(tensors, "average."), strict=True):
            check_close("the average", ours, theirs, 1e-8)
    if "samples" in tensors and config["sample_shape"] != [2]:
        check(replay.samples is not None, "no samples were drawn")
        check_close("a sample", replay.samples.flatten(1), tensors["samples"], 1e-8)


def most_apart(config, name, steps):
    """How far a weight may be from the core's: Adam makes a whole step of a gradient that is 0 but for rounding."""
    network = config["discriminator" if name.startswith("discriminator") else "generator"]
    optimizer = network["optimizer"]
    return 2 * optimizer["lr"] * network["updates"] * steps if optimizer["type"] == "adam" else 0.02


def check_core(script, config, checkpoint, steps, after):
    """With the core's checkpoint, batches and noise, the script has the core's losses, and saves its tensors."""
    inputs = [
        Inputs(
            torch.tensor(step["real"]).reshape(-1, *config["sample_shape"]),
            torch.tensor(step["realLabels"]),
            torch.tensor(step["noise"]).reshape(-1, config["latent_size"]),
            torch.tensor(step["fakeLabels"]),
            None,
        )
        for step in steps
    ]
    sampling = torch.zeros(2, config["latent_size"]), torch.zeros(2, dtype=torch.long)
    replay = Replay(script, config, checkpoint, inputs, sampling, torch.float32)
    losses = torch.tensor([[step["lossD"], step["lossG"]] for step in steps])
    check_close("a loss", torch.tensor(replay.losses), losses, 1e-5)
    theirs, step, _ = saved(after)
    ours, *_ = saved(saved_file(step))
    for name, value in theirs.items():
        size = value.abs().max().item()
        allowed = 0.01 * size + 5e-6 if name.startswith("optimizer_") else most_apart(config, name, len(steps))
        check_close(name, ours[name], value, allowed)


def check_goes_on_from_core(script, checkpoint, latents, labels, images, folder=None):
    """Goes on 10 steps from the core's checkpoint, and writes what PyTorch makes of latents."""
    data = [] if folder is None else ["--data", str(folder)]
    check_same_again(script, checkpoint, data)
    run(script, checkpoint, "--steps", "10", *data)
    _, step, _ = saved(checkpoint)
    path = saved_file(step + 10).rename(script.with_suffix(".safetensors"))
    tensors, *_ = saved(path)
    gen = load(load_module(script).Generator(), parts(tensors, "generator."))
    average = parts(tensors, "generator_average.")
    with torch.no_grad():
        for weight, value in zip(gen.parameters(), average, strict=True) if average else ():
            weight.copy_(value)
        latents = torch.tensor(latents).reshape(len(labels), -1)
        labelled = gen.forward.__code__.co_argcount > 2
        samples = gen.eval()(latents, *([torch.tensor(labels)] if labelled else []))
    pathlib.Path(images).write_text(json.dumps(samples.flatten().tolist()))


def check_augmentation(script, config):
    """The script augments pictures in colour as the golden runs do with the same draws, which the core reproduces."""
    draws = []

    def recorded(draw):
        def call(*arguments, **options):
            draws.append(draw(*arguments, **options))
            return draws[-1]

        return call

    module = load_module(script)
    x = torch.rand(32, *config["sample_shape"]) * 2 - 1
    with mock.patch("torch.rand", recorded(torch.rand)), mock.patch("torch.randint", recorded(torch.randint)):
        ours = module.augment(x)
    colour, *places = draws
    side = x.shape[2]
    shift = int(side * config["augment_translation"] + 0.5)
    length = int(side * config["augment_cutout"] + 0.5)
    ranges = [(-shift, 2 * shift + 1)] * 2 + [(0, side + 1 - length % 2)] * 2
    numbers = [(place[:, 0] - first + 0.5) / count for place, (first, count) in zip(places, ranges, strict=True)]
    theirs = augment(config, x, torch.stack([*colour.flatten(1), *numbers], dim=1))
    check_close("a pixel", ours, theirs, 1e-5)


JOBS = {
    "run": check_run,
    "goes_on": check_goes_on_from_core,
    "first_weights": check_first_weights,
    "digits": check_digits,
    "pictures": check_pictures,
    "points": check_points,
    "augmentation": check_augmentation,
    "golden": check_golden,
    "core": check_core,
}


def write_few_digits(folder):
    """Writes MNIST's first digits to small files, which decompress quickly."""
    folder.mkdir()
    for name, header, size in (("train-images-idx3", 16, 784), ("train-labels-idx1", 8, 1)):
        with gzip.open(MNIST / f"{name}-ubyte.gz") as file:
            data = bytearray(file.read(header + DIGITS * size))
        struct.pack_into(">I", data, 4, DIGITS)
        (folder / f"{name}-ubyte.gz").write_bytes(gzip.compress(data, 1))


def write_pictures(path):
    """A set of noise in colour, of two classes, as the page saves it."""
    random = numpy.random.default_rng(1)
    images = random.integers(0, 256, (60, 3, 32, 32)).astype(numpy.uint8)
    numpy.savez(path, images=images, labels=(numpy.arange(60) % 2).astype(numpy.uint8))


def main(folder):
    torch.set_num_threads(1)
    os.chdir(folder)
    write_few_digits(folder / "few")
    write_pictures(folder / "own.npz")
    places = {"few": folder / "few", "mnist": MNIST, "own": folder / "own.npz"}
    verdicts = {}
    for job in json.loads((folder / "jobs.json").read_text()):
        arguments = {key: places[value] if key == "folder" else value for key, value in job["with"].items()}
        try:
            JOBS[job["kind"]](folder / f"{job['script']}.py", **arguments)
            verdicts[job["name"]] = None
        except (Exception, SystemExit):
            verdicts[job["name"]] = traceback.format_exc()
        for path in folder.glob("ganvas-*-seed*.safetensors"):
            path.unlink()
    (folder / "verdicts.json").write_text(json.dumps(verdicts))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve())
