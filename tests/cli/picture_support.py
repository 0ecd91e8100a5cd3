# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Shared by the tests of pictures: made-up ones, and what Pillow makes of them."""

import numpy
from PIL import Image, ImageDraw
from support import CommandTest


def painted(width, height, mode="RGB", seed=1):
    """A picture with noise, a gradient and edges."""
    random = numpy.random.default_rng(seed)
    levels = random.integers(0, 60, (height, width, 4)) + numpy.linspace(0, 190, width).astype(int)[None, :, None]
    levels[..., 3] = numpy.clip(numpy.linspace(-200, 455, height), 0, 255).astype(int)[:, None]
    picture = Image.fromarray(levels.astype(numpy.uint8), "RGBA")
    ImageDraw.Draw(picture).ellipse((width // 4, height // 4, width // 2, height * 3 // 4), (200, 30, 90, 255))
    return picture.convert(mode)


def fitted(picture, side, mode="RGB", pad=False):
    """The mean of the area that each pixel covers, by Pillow: on a grid so fine that every factor is whole."""
    rgba = picture.convert("RGBA")
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    size = max(flat.size) if pad else min(flat.size)
    left = (flat.width - size) // 2 if not pad else -((size - flat.width) // 2)
    top = (flat.height - size) // 2 if not pad else -((size - flat.height) // 2)
    square = Image.new("RGB", (size, size), "white")
    square.paste(flat, (-left, -top))
    fine = square.convert(mode).resize((size * side, size * side), Image.Resampling.NEAREST)
    levels = numpy.asarray(fine.reduce(size)).reshape(side, side, -1)
    return levels.transpose(2, 0, 1).astype(int)


class PicturesTest(CommandTest):
    def setUp(self):
        self.pictures = self.folder / self.id().rsplit(".", 1)[-1]
        self.pictures.mkdir()

    def save(self, name, picture, **options):
        path = self.pictures / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, **options)
        return path

    def read(self, *arguments, data=None):
        """The pictures as the command would train on them, and what it prints."""
        printed = self.succeed("pictures", "--data", data or self.pictures, "--out", "set.npy", *arguments)
        return numpy.load(self.folder / "set.npy").astype(int), printed

    def assert_within_a_level(self, actual, expected):
        self.assertEqual(actual.shape, expected.shape)
        self.assertLessEqual(abs(actual - expected).max(), 1)
