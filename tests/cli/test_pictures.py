# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Anybody's pictures as training data, compared with what Pillow and NumPy make of the same files."""

import gzip
import json
import struct
import unittest
import zipfile
import zlib

import numpy
from PIL import Image, ImageDraw, ImageOps
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
from support import IMAGES, LABELS, CommandTest, idx_bytes


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
        def chunk(kind, content):
            return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

        header = struct.pack(">IIBBBBB", 900_000, 900_000, 8, 6, 0, 0, 0)
        png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
        (self.pictures / "a.png").write_bytes(png)
        self.assert_refused(["pictures", "--data", self.pictures], "megapixels")


class Sets(PicturesTest):
    def save_classes(self):
        for i, name in enumerate(("owls", "cats", "dogs")):
            for k in range(i + 2):
                self.save(f"set/{name}/{k}.png", painted(32, 32, seed=10 * i + k))

    def zipped(self, name, method=zipfile.ZIP_DEFLATED):
        path = self.pictures / name
        with zipfile.ZipFile(path, "w", method) as archive:
            for file in sorted(self.pictures.rglob("*.png")):
                archive.write(file, file.relative_to(self.pictures))
        return path

    def test_subfolders_are_classes_in_turn(self):
        self.save_classes()
        pixels, printed = self.read()
        self.assertIn("9 pictures of 32 x 32 pixels, in colour, in 3 classes: cats, dogs, owls", printed)
        for place, file in enumerate(("cats/0", "dogs/0", "owls/0", "cats/1", "dogs/1", "owls/1", "cats/2", "dogs/2")):
            expected = numpy.asarray(Image.open(self.pictures / f"set/{file}.png")).transpose(2, 0, 1)
            self.assertTrue((pixels[place] == expected).all(), file)

    def test_a_zip_gives_the_same_pictures_as_its_folder(self):
        self.save_classes()
        expected, told = self.read()
        for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            pixels, printed = self.read(data=self.zipped("set.zip", method))
            self.assertEqual(printed, told)
            self.assertTrue((pixels == expected).all())

    def test_a_damaged_picture_in_a_zip_is_left_out_and_a_damaged_zip_refused(self):
        self.save_classes()
        path = self.zipped("set.zip", zipfile.ZIP_STORED)
        content = bytearray(path.read_bytes())
        at = content.find(b"IDAT")
        content[at + 20] ^= 1
        path.write_bytes(content)
        self.assertIn("1 left out, damaged in the ZIP: 'set/cats/0.png'", self.read(data=path)[1])
        path.write_bytes(content[: len(content) // 2])
        self.assert_refused(["pictures", "--data", path], "damaged ZIP")

    def test_an_archive_that_unzips_to_more_than_its_directory_says_is_left_out(self):
        self.save("a.png", painted(32, 32))
        path = self.zipped("set.zip")
        content = path.read_bytes()
        size = (self.pictures / "a.png").stat().st_size
        path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 10)))
        self.assert_refused(["pictures", "--data", path], "damaged in the ZIP")

    def test_takes_the_training_part_of_a_split_set(self):
        for part in ("train", "test"):
            for name in ("a", "b"):
                self.save(f"{part}/{name}/0.png", painted(32, 32, seed=ord(name)))
        _, printed = self.read()
        self.assertIn("2 pictures", printed)
        self.assertIn("classes: a, b", printed)
        self.assertIn("2 left out, of another part", printed)

    def test_a_picture_beside_the_parts_of_a_split_set_is_left_out(self):
        for name in ("train/a.png", "test/b.png", "preview.png"):
            self.save(name, painted(16, 16))
        pixels, printed = self.read("--side", "16")
        self.assertEqual(len(pixels), 1)
        self.assertIn("without classes", printed)

    def test_a_long_thin_picture_is_padded(self):
        self.save("line.png", Image.new("RGB", (500_000, 8), "black"))
        pixels, _ = self.read("--side", "16", "--pad")
        # Of a pixel's 31,250 rows, 4 are black.
        self.assertTrue((pixels == 255).all())

    def test_a_jpeg_with_bytes_that_belong_to_nothing_is_read(self):
        path = self.save("a.jpg", painted(32, 32), quality=90)
        whole, _ = self.read()
        data = path.read_bytes()
        at = data.rindex(b"\xff\xd9")
        path.write_bytes(data[:at] + b"\x00\x01\x02" + data[at:])
        self.assertTrue((self.read()[0] == whole).all())

    def test_a_set_without_colours_is_grey_unless_asked_otherwise(self):
        self.save("a.png", painted(32, 32, "L").convert("RGB"))
        self.assertEqual(self.read()[0].shape, (1, 1, 32, 32))
        self.assertEqual(self.read("--colour")[0].shape, (1, 3, 32, 32))

    def test_says_what_is_there_if_nothing_fits(self):
        (self.pictures / "a.txt").write_text("")
        (self.pictures / "b.txt").write_text("")
        self.assert_refused(["train", "--data", self.pictures], "2 .txt files, such as 'a.txt'", "PNG")
        self.assert_refused(["pictures", "--data", self.pictures / "none"], "cannot find")

    def test_refuses_more_than_a_hundred_folders(self):
        for i in range(101):
            self.save(f"{i}/a.png", painted(16, 16))
        self.assert_refused(["pictures", "--data", self.pictures], "101 folders", "100 classes")


class Arrays(PicturesTest):
    levels = numpy.random.default_rng(5).integers(0, 256, (6, 28, 28)).astype(numpy.uint8)
    labels = bytes([3, 1, 4, 1, 5, 9])

    def assert_read(self, path, *printed):
        pixels, told = self.read(data=path)
        self.assertTrue((pixels[:, 0] == self.levels).all())
        for fragment in printed:
            self.assertIn(fragment, told)

    def write(self, name, content):
        path = self.pictures / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def test_reads_idx_under_the_names_that_people_have(self):
        images = idx_bytes(self.levels.shape, self.levels.tobytes())
        labels = idx_bytes((6,), self.labels)
        for kind, picture_name, label_name in (
            ("plain", IMAGES, LABELS),
            ("dots", "train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
            ("nested", f"{IMAGES}/{IMAGES}", f"{LABELS}/{LABELS}"),
            ("raw", f"MNIST/raw/{IMAGES}", f"MNIST/raw/{LABELS}"),
            ("emnist", "emnist-digits-train-images-idx3-ubyte", "emnist-digits-train-labels-idx1-ubyte"),
        ):
            with self.subTest(kind=kind):
                self.write(f"{kind}/{picture_name}", images)
                self.write(f"{kind}/{label_name}", labels)
                self.assert_read(self.pictures / kind, "6 pictures of 28 x 28 pixels, grey, in 10 classes")
                self.assert_read(self.pictures / kind / picture_name)
        self.write("copies/train-images.idx3-ubyte", images)
        self.write(f"copies/{IMAGES}/{IMAGES}", images)
        self.assert_read(self.pictures / "copies")

    def test_knows_gzip_by_its_first_bytes(self):
        whole = idx_bytes(self.levels.shape, self.levels.tobytes())
        members = gzip.compress(whole[:1000]) + gzip.compress(whole[1000:]) + bytes(512)
        self.assert_read(self.write(f"named_plain/{IMAGES}", members))
        self.assert_read(self.write(f"named_gz/{IMAGES}.gz", whole))

    def test_names_the_classes_of_fashion_mnist(self):
        self.write(f"fashion-mnist/{IMAGES}", idx_bytes(self.levels.shape, self.levels.tobytes()))
        self.write(f"fashion-mnist/{LABELS}", idx_bytes((6,), self.labels))
        self.assert_read(self.pictures / "fashion-mnist", "T-shirt, Trouser", "Ankle boot")

    def test_reads_labels_of_eight_columns(self):
        rows = numpy.zeros((6, 8), ">i4")
        rows[:, 0] = list(self.labels)
        rows[:, 1:] = 77
        self.write("qmnist-train-images-idx3-ubyte", idx_bytes(self.levels.shape, self.levels.tobytes()))
        self.write("qmnist-train-labels-idx2-int", struct.pack(">3I", 0x0C02, 6, 8) + rows.tobytes())
        self.write("qmnist-train-labels.tsv.gz", gzip.compress(b"6\t77\n"))
        self.assert_read(self.pictures, "in 10 classes")

    def test_turns_emnist_and_tells_of_it(self):
        path = self.write("emnist-letters-train-images-idx3-ubyte", idx_bytes(self.levels.shape, self.levels.tobytes()))
        self.assert_read(path, "--transpose")
        pixels, printed = self.read("--transpose", data=path)
        self.assertTrue((pixels[:, 0] == self.levels.transpose(0, 2, 1)).all())
        self.assertNotIn("--transpose", printed)

    def test_says_what_an_idx_file_holds_instead_of_pictures(self):
        path = self.write(IMAGES, struct.pack(">3I", 0x0D02, 1, 3) + bytes(12))
        self.assert_refused(["pictures", "--data", path], "(1, 3) 32-bit floats")

    def test_reads_what_numpy_writes(self):
        colour = numpy.random.default_rng(6).integers(0, 256, (6, 32, 32, 3)).astype(numpy.uint8)
        for name, array, expected in (
            ("flat", self.levels.reshape(6, 784), self.levels[:, None]),
            ("grey", self.levels, self.levels[:, None]),
            ("fortran", numpy.asfortranarray(self.levels), self.levels[:, None]),
            ("big_endian", self.levels.astype(">i4"), self.levels[:, None]),
            ("fractions", (self.levels / 255).astype(numpy.float32), self.levels[:, None]),
            ("interleaved", colour, colour.transpose(0, 3, 1, 2)),
            ("planes", colour.transpose(0, 3, 1, 2), colour.transpose(0, 3, 1, 2)),
        ):
            with self.subTest(kind=name):
                path = self.pictures / f"{name}.npy"
                numpy.save(path, array)
                self.assertTrue((self.read(data=path)[0] == expected).all())

    def test_reads_a_folder_of_npy_files_as_classes(self):
        numpy.save(self.pictures / "cat.npy", self.levels[:4].reshape(4, 784))
        numpy.save(self.pictures / "dog.npy", self.levels[4:].reshape(2, 784))
        pixels, printed = self.read()
        self.assertIn("2 classes: cat, dog", printed)
        self.assertTrue((pixels[:, 0] == self.levels[[0, 4, 1, 5, 2, 3]]).all())
        with zipfile.ZipFile(self.folder / "npy.zip", "w") as archive:
            for name in ("cat.npy", "dog.npy"):
                archive.write(self.pictures / name, name)
        numpy.save(self.pictures / "empty.npy", self.levels[:0])
        for data in (self.pictures, self.folder / "npy.zip"):
            again, printed = self.read(data=data)
            self.assertIn("2 classes: cat, dog", printed)
            self.assertTrue((again == pixels).all())

    def test_a_file_without_pictures_is_refused(self):
        path = self.pictures / "none.npy"
        numpy.save(path, self.levels[:0])
        self.assert_refused(["pictures", "--data", path, "--out", "x.png"], "none.npy", "no pictures")

    def test_the_classes_are_those_of_all_labels_however_many_pictures_are_taken(self):
        path = self.pictures / "a.npz"
        numpy.savez(path, x_train=self.levels, y_train=[11, 11, 12, 12, 13, 13])
        for count in ("2", "6"):
            _, printed = self.read("--side", "28", data=path)
            self.assertIn("in 3 classes: 11, 12, 13", printed)
            arguments = ["--preset", "cgan", "--examples", count, "--steps", "1", "--out", "n"]
            self.succeed("train", "--data", path, *arguments)
            told = json.loads(self.succeed("info", "--json", "--model", "n"))
            self.assertEqual(told["classNames"], ["11", "12", "13"])
            self.succeed("train", "--data", path, "--resume", "n", "--steps", "1")

    def test_takes_the_training_pictures_of_an_npz(self):
        for save in (numpy.savez, numpy.savez_compressed):
            path = self.pictures / "a.npz"
            save(path, x_test=self.levels[:2], y_test=[1, 2], x_train=self.levels, y_train=list(self.labels))
            self.assert_read(path, "in 5 classes: 1, 3, 4, 5, 9")
        other = self.pictures / "b.npz"
        numpy.savez(other, weights=numpy.zeros(3))
        self.assert_refused(["pictures", "--data", other], "weights.npy (3) 64-bit floats")

    def test_refuses_a_small_file_whose_pictures_would_take_gigabytes(self):
        path = self.pictures / "a.npy"
        numpy.save(path, numpy.zeros((1 << 20, 1, 1), numpy.uint8))
        self.assert_refused(["pictures", "--data", path, "--side", "64"], "1048576 pictures", "more than 2 GB")

    def test_reads_kaggles_table_of_digits(self):
        rows = ["label," + ",".join(f"pixel{i}" for i in range(784))]
        rows += [f"{label}," + ",".join(map(str, p.ravel())) for label, p in zip(self.labels, self.levels, strict=True)]
        self.assert_read(self.write("train.csv", "\n".join(rows).encode()), "in 10 classes")

    def test_reads_cifar10_with_the_names_of_its_classes(self):
        planes = numpy.random.default_rng(7).integers(0, 256, (4, 3, 32, 32)).astype(numpy.uint8)
        for part in (0, 1):
            records = b"".join(bytes([2 * part + i]) + planes[2 * part + i].tobytes() for i in (0, 1))
            self.write(f"cifar-10-batches-bin/data_batch_{part + 1}.bin", records)
        self.write("cifar-10-batches-bin/test_batch.bin", bytes(3073))
        names = "airplane automobile bird cat deer dog frog horse ship truck".split()
        self.write("cifar-10-batches-bin/batches.meta.txt", "\n".join([*names, "", ""]).encode())
        pixels, printed = self.read()
        self.assertTrue((pixels == planes).all())
        self.assertIn("10 classes: airplane, automobile", printed)


class Training(PicturesTest):
    def test_a_preset_follows_the_pictures_and_their_classes(self):
        for i in range(12):
            self.save(f"{'abc'[i % 3]}/{i}.png", painted(40, 40, seed=i))
        for preset, side in (("seed", 16), ("dcgan", 32), ("cgan", 48)):
            with self.subTest(preset=preset):
                arguments = ["train", "--data", self.pictures, "--steps", "1", "--out", "m"]
                self.succeed(*arguments, "--preset", preset, "--side", side)
                told = json.loads(self.succeed("info", "--json", "--model", "m"))
                self.assertEqual(numpy.prod(told["sampleShape"]), 3 * side * side)
                self.assertEqual(told["examples"], 12)
                self.assertEqual(told.get("classNames"), ["a", "b", "c"] if preset == "cgan" else None)
                # The run knows which pictures it takes.
                self.succeed("train", "--data", self.pictures, "--resume", "m", "--steps", "1")

    def test_a_run_goes_on_with_pictures_of_its_classes_alone(self):
        long = "ü" * 40  # 80 bytes
        for i in range(4):
            self.save(f"set/{['a b', long][i % 2]}/{i}.png", painted(16, 16, seed=i))
            self.save(f"other/{'cd'[i % 2]}/{i}.png", painted(16, 16, seed=i))
        arguments = ["--preset", "cgan", "--steps", "1", "--side", "16", "--out", "m"]
        self.succeed("train", "--data", self.pictures / "set", *arguments)
        self.assertIn("classes   a b, " + "ü" * 32 + "\n", self.succeed("info", "--model", "m"))
        arguments = ["train", "--resume", "m", "--steps", "1", "--data"]
        self.assert_refused([*arguments, self.pictures / "other"], "classes of the run, a b, ü")
        self.succeed(*arguments, self.pictures / "set")

    def test_a_run_goes_on_with_its_own_pictures_alone(self):
        for i in range(12):
            self.save(f"{i}.png", painted(16, 16, seed=i))
        arguments = ["--side", "16", "--preset", "seed", "--steps", "1"]
        self.succeed("train", "--data", self.pictures, *arguments, "--out", "all")
        self.succeed("train", "--data", self.pictures, *arguments, "--examples", "5", "--out", "five")
        told = json.loads(self.succeed("info", "--json", "--model", "all"))["pictures"]
        self.assertRegex(told, r"\A[0-9a-f]{16}\Z")
        self.assertIn(f"pictures  set {told}\n", self.succeed("info", "--model", "all"))
        # The page trains on the first pictures of a whole set.
        self.write_config("first", "all", {"examples": 5})
        for run in ("all", "five", "first"):
            self.succeed("train", "--resume", run, "--data", self.pictures, "--steps", "1", "--out", "next")
        self.save("0.png", painted(16, 16, seed=77))
        for run in ("all", "five"):
            self.assert_refused(
                ["train", "--resume", run, "--data", self.pictures, "--steps", "1"], "does not hold the pictures"
            )

    def write_config(self, out, model, changes):
        """Writes a copy of a checkpoint with changes to its config."""
        with safe_open(self.folder / model, "numpy") as file:
            metadata = file.metadata()
        del metadata["ganvas.checksum"]
        metadata["ganvas.config"] = json.dumps({**json.loads(metadata["ganvas.config"]), **changes})
        save_file(load_file(self.folder / model), self.folder / out, metadata)

    def test_the_digits_that_every_copy_has_are_not_told_apart(self):
        self.succeed("train", "--data", "data", "--preset", "seed", "--steps", "1", "--out", "digits")
        self.assertNotIn("pictures", json.loads(self.succeed("info", "--json", "--model", "digits")))

    def test_fewer_pictures_than_a_preset_would_take_are_enough(self):
        for i in range(12):
            self.save(f"{'ab'[i % 2]}/{i}.png", painted(32, 32, seed=i))
        self.succeed("train", "--data", self.pictures, "--preset", "quick", "--steps", "1", "--out", "m")
        arguments = ["train", "--data", self.pictures, "--examples", "13", "--out", "n"]
        self.assert_refused(arguments, "12 pictures, fewer than the 13 requested")

    def test_the_grid_of_samples_is_in_colour(self):
        for i in range(4):
            self.save(f"{i}.png", painted(32, 32, seed=i))
        self.succeed("train", "--data", self.pictures, "--preset", "dcgan", "--steps", "1", "--out", "m")
        for out in ("grid.png", "all.safetensors", "all.idx3-ubyte"):
            self.succeed("sample", "--model", "m", "--count", "4", "--out", out)
        exact = load_file(self.folder / "all.safetensors")["images"].reshape(4, 3, 32, 32)
        grid = numpy.asarray(Image.open(self.folder / "grid.png")).astype(int)
        self.assertEqual(grid.shape, (70, 70, 3))
        second = grid[2:34, 36:68].transpose(2, 0, 1)
        self.assertLessEqual(abs(second - (exact[1] + 1) * 127.5).max(), 0.51)
        levels = self.read("--colour", data=self.folder / "all.idx3-ubyte")[0]
        self.assertLessEqual(abs(levels - (exact + 1) * 127.5).max(), 0.51)

    def test_the_preset_is_one_for_these_pictures_unless_it_is_named(self):
        for name in "0123456789":
            self.save(f"photos/{name}.png", painted(40, 32, seed=int(name)))
            self.save(f"classes/{name} o'clock/a.png", painted(28, 28, "L", seed=int(name)))
        for data, arguments, expected in (
            (self.pictures / "photos", [], "pictures"),
            (self.pictures / "photos", ["--preset", "dcgan"], "dcgan"),
            (self.pictures / "classes", [], "pictures"),
            (self.pictures / "classes", ["--side", "28"], "quick"),
            (self.pictures / "classes", ["--side", "28", "--colour"], "pictures"),
            ("data", [], "seed"),
        ):
            with self.subTest(data=data, arguments=arguments):
                self.succeed("train", "--data", data, "--steps", "1", "--out", "m", *arguments)
                self.assertIn(f"preset    {expected}, ", self.succeed("info", "--model", "m"))

    def test_a_conditional_preset_asks_for_classes_unless_it_can_do_without(self):
        self.save("a.png", painted(28, 28, "L"))
        self.succeed("train", "--data", self.pictures, "--preset", "quick", "--steps", "1", "--out", "q")
        self.assert_refused(
            ["train", "--data", self.pictures, "--preset", "cgan", "--side", "28", "--out", "m"], "classes", "folder"
        )


if __name__ == "__main__":
    unittest.main()
