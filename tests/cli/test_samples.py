# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Samples are the same in every format and depend only on the seed."""

import gzip
import struct
import zlib

import numpy as np
from safetensors.numpy import load_file

from support import CommandTest

GAP = 2  # pixels between the images of a grid


def png_chunks(content):
    """Type and content of each chunk, whose checksums it checks."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, position = [], 8
    while position < len(content):
        (length,) = struct.unpack_from(">I", content, position)
        kind = content[position + 4 : position + 8]
        body = content[position + 8 : position + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, position + 8 + length)
        assert checksum == zlib.crc32(kind + body)
        chunks.append((kind, body))
        position += 12 + length
    assert chunks[0][0] == b"IHDR" and chunks[-1][0] == b"IEND"
    return chunks


def decode_png(content):
    """Decodes an 8-bit grey PNG and checks its structure."""
    chunks = png_chunks(content)
    header = chunks[0][1]
    data = b"".join(body for kind, body in chunks if kind == b"IDAT")
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    assert (depth, colour, interlaced) == (8, 0, 0)
    return unfilter(zlib.decompress(data), width, height)


def png_texts(content):
    texts = {}
    for kind, body in png_chunks(content):
        if kind == b"iTXt":
            keyword, _, rest = body.partition(b"\0")
            compressed, language, keyword_in_it, text = rest[0], *rest[2:].split(b"\0", 2)
            assert (compressed, language, keyword_in_it) == (0, b"", b"")
            texts[keyword.decode("ascii")] = text.decode("utf-8")
    return texts


def unfilter(lines, width, height):
    rows = np.frombuffer(lines, np.uint8).reshape(height, 1 + width).astype(int)
    pixels = np.zeros((height + 1, width + 1), int)  # with a border of zeros on the top and left
    for y, (kind, *row) in enumerate(rows, start=1):
        for x, value in enumerate(row, start=1):
            left, up, corner = pixels[y, x - 1], pixels[y - 1, x], pixels[y - 1, x - 1]
            estimate = left + up - corner
            paeth = min((left, up, corner), key=lambda near: abs(estimate - near))
            pixels[y, x] = (value + (0, left, up, (left + up) // 2, paeth)[kind]) % 256
    return pixels[1:, 1:].astype(np.uint8)


def decode_idx(content):
    assert content[:4] == b"\0\0\x08\x03"
    shape = struct.unpack(">3I", content[4:16])
    return np.frombuffer(content[16:], np.uint8).reshape(shape)


class Samples(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", "60", "--seed", "3")

    def sample(self, name, *arguments):
        self.succeed("sample", "--model", self.model, "--out", name, *arguments)
        return (self.folder / name).read_bytes()

    def tensors(self, name, *arguments):
        self.sample(name, *arguments)
        return load_file(self.folder / name)

    def test_tensors_have_their_shapes_and_ranges(self):
        tensors = self.tensors("many.safetensors", "--count", "1000")
        self.assertEqual(set(tensors), {"latents", "images"})
        latents, images = tensors["latents"], tensors["images"]
        self.assertEqual((latents.shape, latents.dtype), ((1000, 64), np.float32))
        self.assertEqual((images.shape, images.dtype), ((1000, 784), np.float32))
        self.assertLess(abs(latents.mean()), 0.02)  # 64,000 standard normal numbers: five sigma
        self.assertLess(abs(latents.std() - 1), 0.015)
        self.assertLessEqual(abs(images).max(), 1)
        self.assertGreater(images.std(axis=0).max(), 0.01)  # not all the same

    def test_idx_has_the_images_rounded_to_grey_levels(self):
        images = self.tensors("a.safetensors", "--count", "20")["images"]
        levels = decode_idx(self.sample("a.idx3-ubyte", "--count", "20"))
        self.assertEqual(levels.shape, (20, 28, 28))
        exact = (images.astype(np.float64).reshape(20, 28, 28) + 1) * 127.5
        self.assertLess(abs(levels - exact).max(), 0.5 + 1e-4)

    def test_gzipped_idx_decompresses_to_the_idx(self):
        plain = self.sample("b.idx3-ubyte", "--count", "20")
        zipped = self.sample("b.idx3-ubyte.gz", "--count", "20")
        self.assertEqual(gzip.decompress(zipped), plain)
        self.assertEqual(self.sample("again.idx3-ubyte.gz", "--count", "20"), zipped)

    def test_png_of_a_run_on_points_drawn_by_hand_shows_the_generated_points(self):
        drawn = self.train_drawn("drawn.safetensors")
        for name in ("points.png", "points.safetensors"):
            self.succeed("sample", "--model", drawn, "--out", name, "--count", "50")
        points = load_file(self.folder / "points.safetensors")["images"]
        picture = decode_png((self.folder / "points.png").read_bytes())
        self.assertEqual(set(np.unique(picture)), {0, 255})
        for x, y in points:  # the image shows [-1.2, 1.2]^2
            column, row = (int((at / 1.2 + 1) / 2 * (picture.shape[0] - 2)) for at in (x, -y))
            self.assertEqual(picture[row, column], 255)

    def test_png_is_a_grid_of_the_idx_images(self):
        for count, rows, columns in ((64, 8, 8), (1, 1, 1), (5, 2, 3), (12, 3, 4), (13, 4, 4)):
            with self.subTest(count=count):
                grid = decode_png(self.sample("c.png", "--count", count))
                images = decode_idx(self.sample("c.idx3-ubyte", "--count", count))
                cell = 28 + GAP
                self.assertEqual(grid.shape, (rows * cell + GAP, columns * cell + GAP))
                background = np.unique(grid[:GAP])
                self.assertEqual(background.size, 1)
                expected = np.full_like(grid, background[0])
                for index, image in enumerate(images):
                    top, left = (GAP + cell * place for place in divmod(index, columns))
                    expected[top : top + 28, left : left + 28] = image
                np.testing.assert_array_equal(grid, expected)

    def test_png_states_its_run_and_its_noise(self):
        version = self.succeed("--version").strip()
        texts = png_texts(self.sample("origin.png", "--seed", "9"))
        self.assertEqual(
            texts,
            {
                "Software": version.capitalize(),
                "Preset": "seed",
                "Seed": "3",
                "Step": "60",
                "Noise seed": "9",
            },
        )
        drawn = self.train_drawn("drawn_origin.safetensors")
        self.succeed("sample", "--model", drawn, "--out", "drawn_origin.png")
        texts = png_texts((self.folder / "drawn_origin.png").read_bytes())
        self.assertEqual(texts["Preset"], "toy2d")

    def test_the_same_seed_draws_the_same_samples_on_any_number_of_threads(self):
        self.assertEqual(
            self.sample("d.safetensors", "--seed", "7", "--threads", "1"),
            self.sample("e.safetensors", "--seed", "7", "--threads", "5"),
        )

    def test_another_seed_draws_other_samples(self):
        first = self.tensors("f.safetensors", "--seed", "7")
        second = self.tensors("g.safetensors", "--seed", "8")
        for name in ("latents", "images"):
            self.assertFalse(np.array_equal(first[name], second[name]))

    def test_a_larger_count_extends_a_smaller_one(self):
        few = self.tensors("few.safetensors", "--count", "10")
        more = self.tensors("more.safetensors", "--count", "100")
        for name in ("latents", "images"):
            np.testing.assert_array_equal(more[name][:10], few[name])

    def test_defaults_to_64_samples_of_seed_1(self):
        explicit = self.sample("explicit.safetensors", "--count", "64", "--seed", "1")
        self.assertEqual(self.sample("default.safetensors"), explicit)

    def test_sampling_writes_only_its_output(self):
        before = set(self.contents())
        self.sample("only.png")
        self.assertEqual(set(self.contents()) - before, {"only.png"})
