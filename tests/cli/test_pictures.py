# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Folders and archives of pictures as sets: which files are taken, in which order, of which classes."""

import os
import struct
import unittest
import zipfile

import numpy
from PIL import Image
from picture_support import PicturesTest, painted


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

    def test_follows_links_to_folders_and_files_and_no_circles(self):
        self.save_classes()
        expected, told = self.read()
        linked = self.pictures / "linked"
        (linked / "cats").mkdir(parents=True)
        for path in (self.pictures / "set/cats").iterdir():
            (linked / "cats" / path.name).symlink_to(path)
        (linked / "owls").symlink_to(self.pictures / "set/owls")
        (linked / "dogs").symlink_to("../set/dogs", target_is_directory=True)
        pixels, printed = self.read(data=linked)
        self.assertEqual(printed, told)
        self.assertTrue((pixels == expected).all())
        # Circles of one link and of two, and a link to nothing.
        (linked / "cats/again").symlink_to(linked)
        (self.pictures / "set/dogs/all").symlink_to(self.pictures)
        (linked / "cats/gone.png").symlink_to("nothing.png")
        pixels, printed = self.read(data=linked)
        self.assertIn("1 left out, cannot be read: 'cats/gone.png'", printed)

    def test_does_not_wait_for_what_is_no_file(self):
        pipe = self.pictures / "pipe.png"
        os.mkfifo(pipe)
        self.assert_refused(["pictures", "--data", pipe], "pipe.png", "neither a file nor a folder")
        self.assert_refused(["pictures", "--data", "/dev/zero"], "/dev/zero", "neither a file nor a folder")
        self.save("a.png", painted(16, 16))
        self.assertIn("1 left out, no regular file: 'pipe.png'", self.read("--side", "16")[1])
        digits = self.pictures / "digits"
        digits.mkdir()
        os.mkfifo(digits / "train-images-idx3-ubyte")
        for command in ("pictures", "train"):
            self.assert_refused([command, "--data", digits], "train-images-idx3-ubyte", "no regular file")

    def test_says_what_is_there_if_nothing_fits(self):
        (self.pictures / "a.txt").write_text("")
        (self.pictures / "b.txt").write_text("")
        self.assert_refused(["train", "--data", self.pictures], "2 .txt files, such as 'a.txt'", "PNG")
        self.assert_refused(["pictures", "--data", self.pictures / "none"], "cannot find")

    def test_a_picture_by_itself_is_no_set_and_the_kinds_of_sets_are_named(self):
        path = self.save("a.png", painted(16, 16))
        self.assert_refused(["pictures", "--data", path], "--data takes a folder or ZIP of PNG and JPEG files")

    def test_files_that_are_too_large_are_left_out_together(self):
        for i in range(3):
            self.save(f"{i}.png", painted(16, 16, seed=i))
        for name in ("large.png", "larger.png"):
            with open(self.pictures / name, "wb") as file:
                file.truncate(65 << 20)
        self.assertIn("2 left out, larger than 64 MB: 'large.png' 'larger.png'", self.read()[1])

    def test_refuses_more_than_a_hundred_folders(self):
        for i in range(101):
            self.save(f"{i}/a.png", painted(16, 16))
        self.assert_refused(["pictures", "--data", self.pictures], "101 folders", "100 classes")


if __name__ == "__main__":
    unittest.main()
