# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Shared by the CLI tests: running the command in a temporary folder, and a small dataset of real digits."""

import gzip
import json
import os
import signal
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from safetensors import safe_open
from safetensors.numpy import load_file, save_file

COMMAND = os.environ["GANVAS_COMMAND"]
MNIST = Path(os.environ["GANVAS_MNIST"])
EXAMPLES = 200
STEPS_PER_EPOCH = 7  # with the seed preset: six batches of 32 and one of 8
TIMEOUT = 60  # seconds, after which a process counts as hung
IMAGES = "train-images-idx3-ubyte"
LABELS = "train-labels-idx1-ubyte"


def idx_bytes(shape, values):
    """An unsigned-byte IDX file."""
    header = struct.pack(f">I{len(shape)}I", 0x0800 + len(shape), *shape)
    return header + bytes(values)


def first_digits(count):
    """The pixels and labels of MNIST's first training digits."""
    with gzip.open(MNIST / (IMAGES + ".gz")) as file:
        pixels = file.read(16 + count * 784)[16:]
    with gzip.open(MNIST / (LABELS + ".gz")) as file:
        labels = file.read(8 + count)[8:]
    return pixels, labels


def write_digits(folder, count=EXAMPLES, zipped=True):
    """Writes a dataset of MNIST's first digits, gzipped like the official files, or plain."""
    pixels, labels = first_digits(count)
    folder.mkdir(parents=True)
    for name, shape, values in (
        (IMAGES, (count, 28, 28), pixels),
        (LABELS, (count,), labels),
    ):
        content = idx_bytes(shape, values)
        if zipped:
            (folder / (name + ".gz")).write_bytes(gzip.compress(content, 1))
        else:
            (folder / name).write_bytes(content)


def reset_signals():
    """Resets signal handlers: shells start background jobs with Ctrl-C ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


class CommandTest(unittest.TestCase):
    """Runs the command in a temporary folder that has a small dataset in data/."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="ganvas-cli-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        write_digits(cls.folder / "data")

    @classmethod
    def options(cls, arguments):
        return {
            "args": [COMMAND, *map(str, arguments)],
            "cwd": cls.folder,
            "encoding": "utf-8",
            "stdin": subprocess.DEVNULL,
            "preexec_fn": reset_signals,
        }

    @classmethod
    def run_command(cls, *arguments):
        """Returns the finished process, with any exit code."""
        return subprocess.run(**cls.options(arguments), capture_output=True, timeout=TIMEOUT)

    @classmethod
    def start_command(cls, *arguments, **options):
        """Returns the running process; `options` are passed to Popen."""
        return subprocess.Popen(**{**cls.options(arguments), **options})

    @classmethod
    def succeed(cls, *arguments):
        """Runs the command, requires success, and returns its standard output."""
        done = cls.run_command(*arguments)
        if done.returncode != 0:
            raise AssertionError(f"ganvas {arguments} exits with {done.returncode}: {done.stderr}")
        return done.stdout

    @classmethod
    def train(cls, out, *arguments):
        """Trains on data/, or on points, and returns the path of the checkpoint."""
        data = [] if "toy2d" in arguments else ["--data", "data"]
        cls.succeed("train", *data, "--out", out, *arguments)
        return cls.folder / out

    @classmethod
    def steps_of(cls, model):
        """The step that a checkpoint is of."""
        return json.loads(cls.succeed("info", "--json", "--model", model))["step"]

    @classmethod
    def train_drawn(cls, out):
        """Returns the path of a checkpoint as the page saves it for points drawn by hand."""
        named = cls.train("named.safetensors", "--preset", "toy2d", "--steps", "1")
        with safe_open(named, "numpy") as file:
            metadata = file.metadata()
        config = json.loads(metadata["ganvas.config"])
        del metadata["ganvas.checksum"]
        metadata["ganvas.config"] = json.dumps({**config, "data": "drawn"})
        save_file(load_file(named), cls.folder / out, metadata)
        return cls.folder / out

    def contents(self):
        """All files below the test's folder, including hidden ones, with their bytes."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else None
            for path in self.folder.rglob("*")
        }

    def assert_refused(self, arguments, *fragments):
        """The command exits with code 2 and one line with these fragments, and changes no file."""
        before = self.contents()
        done = self.run_command(*arguments)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, r"\Aganvas: [^\n]+\n\Z")
        for fragment in fragments:
            self.assertIn(fragment, done.stderr)
        self.assertEqual(self.contents(), before)
