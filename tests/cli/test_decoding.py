# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""PNG and JPEG files as the command reads and fits them, compared with Pillow and NumPy."""

import struct
import unittest
import zlib

import numpy
from PIL import Image, ImageOps
from picture_support import PicturesTest, fitted, painted


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# First row, first column, and their steps, of the seven passes of Adam7.
ADAM7 = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def png(samples, colour, depth, interlaced=False, chunks=()):
    """A PNG of the samples (height, width, channels), as its specification says (third edition)."""
    rows = b""
    for y, x, dy, dx in ADAM7 if interlaced else ((0, 0, 1, 1),):
        for row in samples[y::dy, x::dx]:
            bits = (row.reshape(-1, 1) >> numpy.arange(depth)[::-1]) & 1
            rows += b"\0" + numpy.packbits(bits).tobytes() if row.size > 0 else b""
    height, width = samples.shape[:2]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    body = [chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def on_ground(rgba, ground):
    """(channels, height, width) of levels (height, width, 4), rounded."""
    alpha = rgba[..., 3:]
    return ((rgba[..., :3] * alpha + numpy.array(ground) * (255 - alpha) + 127) // 255).transpose(2, 0, 1)


class Decoding(PicturesTest):
    def test_shrinks_crops_pads_and_greys_as_pillow_does(self):
        picture = painted(50, 41)
        self.save("a.png", picture)
        for arguments, expected in (
            (["--side", "16"], fitted(picture, 16)),
            (["--side", "28", "--grey"], fitted(picture, 28, "L")),
            (["--side", "32", "--pad"], fitted(picture, 32, pad=True)),
            (["--side", "64"], fitted(picture, 64)),
            (["--side", "16", "--invert"], 255 - fitted(picture, 16)),
        ):
            with self.subTest(arguments=arguments):
                self.assert_within_a_level(self.read(*arguments)[0], expected[None])

    def test_pictures_of_the_wanted_side_are_pillows_to_the_byte(self):
        noise = numpy.random.default_rng(3).integers(0, 256, (64, 64, 3)).astype(numpy.uint8)
        picture = Image.fromarray(noise)
        self.save("a.png", picture)
        self.assertTrue((self.read("--side", "64")[0][0] == noise.transpose(2, 0, 1)).all())
        self.assertTrue((self.read("--side", "64", "--grey")[0][0, 0] == numpy.asarray(picture.convert("L"))).all())

    def test_reads_every_kind_of_png(self):
        def sixteen_bits(width, height):
            levels = numpy.linspace(0, 65535, width * height).astype(numpy.uint16).reshape(height, width)
            return Image.fromarray(levels, "I;16"), Image.fromarray((levels / 257 + 0.5).astype(numpy.uint8))

        deep, shallow = sixteen_bits(32, 32)
        palette = painted(32, 32).quantize(16)
        clear = palette.copy()
        clear.info["transparency"] = 3
        for name, picture, expected in (
            ("grey", painted(32, 32, "L"), None),
            ("alpha", painted(32, 32, "RGBA"), None),
            ("grey_alpha", painted(32, 32, "LA"), None),
            ("palette", palette, None),
            ("transparent_palette", clear, None),
            ("bits", painted(32, 32, "L").point(lambda v: 255 * (v > 99)).convert("1"), None),
            ("sixteen", deep, shallow),
        ):
            with self.subTest(kind=name):
                options = {"transparency": 3} if picture is clear else {}
                path = self.save(f"{name}/a.png", picture, **options)
                expected = expected or Image.open(path)
                self.assert_within_a_level(self.read("--colour", data=path.parent)[0], fitted(expected, 32)[None])

    def assert_png(self, rgba, data, *context):
        """A PNG has these levels, on white. Its side is 32, or a divisor of 16."""
        (self.pictures / "a.png").write_bytes(data)
        side = 32 if len(rgba) == 32 else 16
        expected = numpy.kron(on_ground(rgba, [255] * 3), numpy.ones((1, side // len(rgba), side // len(rgba)), int))
        self.assertTrue((self.read("--side", side, "--colour")[0][0] == expected).all(), context)

    def test_png_of_every_depth_is_the_same_interlaced_or_not(self):
        random = numpy.random.default_rng(11)
        kinds = {0: (1, (1, 2, 4, 8, 16)), 2: (3, (8, 16)), 4: (2, (8, 16)), 6: (4, (8, 16))}
        for colour, (channels, depths) in kinds.items():
            for depth in depths:
                for side in (32, 4, 1):
                    samples = random.integers(0, 2**depth, (side, side, channels))
                    levels = (samples * 255 + 32895) >> 16 if depth == 16 else samples * 255 // (2**depth - 1)
                    opaque = numpy.full((side, side, 1), 255)
                    rgba = {
                        0: lambda: [levels, levels, levels, opaque],
                        2: lambda: [levels, opaque],
                        4: lambda: [levels[..., :1]] * 3 + [levels[..., 1:]],
                        6: lambda: [levels],
                    }[colour]()
                    for interlaced in (False, True):
                        data = png(samples, colour, depth, interlaced)
                        self.assert_png(numpy.concatenate(rgba, 2), data, colour, depth, side, interlaced)

    def test_a_colour_of_a_png_that_is_clear_is_compared_in_all_its_bits(self):
        for depth, clear in ((2, 2), (8, 200), (16, 0x1234)):
            # Of 16 bits, a neighbour has the same upper eight.
            samples = numpy.full((4, 4, 1), clear)
            samples[1, 1] ^= 1
            levels = (samples * 255 + 32895) >> 16 if depth == 16 else samples * 255 // (2**depth - 1)
            rgba = numpy.concatenate([levels, levels, levels, 255 * (samples != clear)], 2)
            for interlaced in (False, True):
                data = png(samples, 0, depth, interlaced, [chunk(b"tRNS", struct.pack(">H", clear))])
                self.assert_png(rgba, data, depth, interlaced)
                wide = numpy.repeat(samples, 3, 2)
                if depth >= 8:
                    data = png(wide, 2, depth, interlaced, [chunk(b"tRNS", struct.pack(">3H", clear, clear, clear))])
                    self.assert_png(rgba, data, depth, interlaced)

    def test_palettes_of_a_png_have_colours_and_alpha_interlaced_or_not(self):
        random = numpy.random.default_rng(12)
        for depth in (1, 2, 4, 8):
            palette = random.integers(0, 256, (2**depth, 4))
            palette[-1, 3] = 255  # what tRNS leaves out
            samples = random.integers(0, 2**depth, (32, 32, 1))
            chunks = [chunk(b"PLTE", palette[:, :3].astype(numpy.uint8).tobytes())]
            chunks += [chunk(b"tRNS", palette[:-1, 3].astype(numpy.uint8).tobytes())]
            for interlaced in (False, True):
                data = png(samples, 3, depth, interlaced, chunks)
                self.assert_png(palette[samples[..., 0]], data, depth, interlaced)

    def test_the_levels_of_a_png_are_those_that_are_stored_whatever_its_gamma(self):
        samples = numpy.arange(256).reshape(16, 16, 1)
        rgba = numpy.concatenate([samples] * 3 + [numpy.full_like(samples, 255)], 2)
        self.assert_png(rgba, png(samples, 0, 8, chunks=[chunk(b"gAMA", struct.pack(">I", 100_000))]))

    def test_what_is_clear_shows_the_ground_that_is_asked_for(self):
        rgba = numpy.random.default_rng(13).integers(0, 256, (16, 16, 4))
        (self.pictures / "a.png").write_bytes(png(rgba, 6, 8))
        for name, ground in (
            ("white", (255, 255, 255)),
            ("black", (0, 0, 0)),
            ("ff8000", (255, 128, 0)),
            ("#00FF7f", (0, 255, 127)),
        ):
            with self.subTest(ground=name):
                pixels, _ = self.read("--side", "16", "--ground", name)
                self.assertTrue((pixels[0] == on_ground(rgba, ground)).all())
        self.save("a.png", Image.new("L", (16, 8), 7))
        pixels, _ = self.read("--side", "16", "--pad", "--ground", "ff8000")
        self.assertEqual(pixels[0, :, 0, 0].tolist(), [255, 128, 0])
        self.assertEqual(pixels[0, :, 8, 0].tolist(), [7, 7, 7])
        for name in ("blue", "ff80", "ff80001", "ff80zz", ""):
            self.assert_refused(["pictures", "--data", self.pictures, "--ground", name], "--ground", "white, black or")

    def test_reads_jpeg_as_pillow_does(self):
        for name, options in (
            ("plain", {}),
            ("progressive", {"progressive": True}),
            ("full", {"subsampling": 0, "quality": 95}),
            ("halved", {"subsampling": 2, "quality": 30}),
        ):
            with self.subTest(kind=name):
                path = self.save(f"{name}/a.jpg", painted(64, 64), **options)
                self.assert_within_a_level(self.read(data=path.parent)[0], fitted(Image.open(path), 32)[None])

    def test_turns_camera_pictures_upright(self):
        for orientation in range(1, 9):
            with self.subTest(orientation=orientation):
                exif = Image.Exif()
                exif[0x0112] = orientation
                path = self.save(f"{orientation}/a.jpg", painted(48, 40), exif=exif, quality=95)
                upright = ImageOps.exif_transpose(Image.open(path))
                actual = self.read("--pad", data=path.parent)[0]
                self.assert_within_a_level(actual, fitted(upright, 32, pad=True)[None])

    def test_leaves_out_what_it_cannot_read_and_says_why(self):
        self.save("good.png", painted(32, 32))
        whole = self.save("cut.png", painted(32, 32, seed=2)).read_bytes()
        (self.pictures / "cut.png").write_bytes(whole[: len(whole) // 2])
        photo = self.save("cut.jpg", painted(64, 64)).read_bytes()
        (self.pictures / "cut.jpg").write_bytes(photo[: len(photo) // 2])
        self.save("printed.jpg", painted(32, 32).convert("CMYK"))
        self.save("moving.gif", painted(32, 32))
        self.save("web.webp", painted(32, 32))
        (self.pictures / "drawn.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
        (self.pictures / "empty.png").write_bytes(b"")
        for i in range(4):
            (self.pictures / f"{i}.txt").write_text("notes")
        pixels, printed = self.read()
        self.assertEqual(len(pixels), 1)
        for fragment in (
            "1 left out, damaged PNG",
            "1 left out, damaged JPEG",
            "CMYK",
            "a GIF (PNG and JPEG are read",
            "a WebP",
            "an SVG",
            "1 left out, empty",
            "4 left out, no picture by its name: '0.txt' '1.txt' '2.txt' ...",
        ):
            self.assertIn(fragment, printed)

    def test_refuses_a_small_png_of_enormous_size_without_reading_it(self):
        header = struct.pack(">IIBBBBB", 900_000, 900_000, 8, 6, 0, 0, 0)
        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
        (self.pictures / "a.png").write_bytes(png)
        self.assert_refused(["pictures", "--data", self.pictures], "megapixels")


if __name__ == "__main__":
    unittest.main()
