# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Files of many pictures, IDX, NumPy's, CSV and CIFAR, to the byte."""

import gzip
import json
import struct
import unittest
import zipfile

import numpy
from picture_support import PicturesTest
from support import IMAGES, LABELS, idx_bytes


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

    def test_a_mask_is_black_and_white(self):
        numpy.save(self.pictures / "mask.npy", self.levels > 127)
        read = self.read(data=self.pictures / "mask.npy")[0]
        self.assertTrue((read == numpy.where(self.levels > 127, 255, 0)[:, None]).all())

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

    def test_the_labels_of_an_npz_are_those_with_the_usual_name(self):
        path = self.pictures / "a.npz"
        weights = numpy.array([0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
        other = list(self.labels[::-1])
        for name, arrays in (
            ("labels", {"ages": weights, "labels": list(self.labels)}),
            ("Y", {"X": self.levels, "Y": list(self.labels), "coarse_labels": other}),
            ("y_train", {"train_index": [0, 1, 2, 3, 4, 5], "x_train": self.levels, "y_train": list(self.labels)}),
            ("train_labels", {"train_labels": list(self.labels), "labels": other}),
            ("fine_label", {"fine_label": list(self.labels), "scores": weights}),
        ):
            with self.subTest(name=name):
                pictures = {} if {"X", "x_train"} & set(arrays) else {"images": self.levels}
                numpy.savez(path, **arrays, **pictures)
                self.assert_read(path, "in 5 classes: 1, 3, 4, 5, 9", f"the labels those of '{name}'; not used: ")
        numpy.savez(path, images=self.levels, labels=list(self.labels))
        self.assertNotIn("the array", self.read(data=path)[1])

    def test_arrays_that_are_neither_pictures_nor_classes_are_named_and_not_used(self):
        path = self.pictures / "a.npz"
        count = len(self.levels)
        for name, array in (
            ("embeddings", numpy.zeros((count, 64), numpy.float32)),  # could be 8 x 8 pictures
            ("scores", numpy.linspace(0, 1, count)),
            ("ids", numpy.arange(1000, 1000 + count)),
            ("y_train", numpy.eye(10)[list(self.labels)]),
            ("y_train", numpy.array(["a", "b", "c"] * 2)),
            ("labels", list(self.labels)[1:]),
        ):
            with self.subTest(name=name):
                numpy.savez(path, images=self.levels, **{name: array})
                self.assert_read(
                    path, "without classes", f"the pictures are those of the array 'images', without classes; not used: {name}\n"
                )
        numpy.savez(path, images=self.levels, landmarks=self.levels[:, :2], x_train=self.levels.reshape(count, 784))
        self.assert_read(path, "the array 'x_train'")
        numpy.savez(path, images=self.levels, kinds=[0, 1, 0, 1, 0, 1], scores=numpy.linspace(0, 1, count))
        self.assert_read(path, "in 2 classes\n", "the labels those of 'kinds'; not used: scores\n")

    def test_an_npz_names_its_classes(self):
        path = self.pictures / "a.npz"
        names = ["éclair", "owl", "猫", "😀"]
        arrays = {"images": self.levels, "labels": [0, 1, 3, 3, 1, 0]}
        for name, texts in (
            ("class_names", numpy.array(names)),
            ("classes", numpy.array(names).astype(">U9")),
            ("label_names", numpy.array([name.encode() for name in names])),
        ):
            with self.subTest(name=name):
                numpy.savez(path, **arrays, **{name: texts})
                # The third has no pictures.
                self.assert_read(path, "in 4 classes: éclair, owl, 猫, 😀\n")
        numpy.savez(path, **arrays, class_names=names[:3])
        self.assert_read(path, "in 3 classes: 0, 1, 3\n")

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
        part = self.pictures / "cifar-10-batches-bin/data_batch_2.bin"
        self.assertIn("10 classes: airplane, automobile", self.read(data=part)[1])

    def test_reads_the_fine_classes_of_cifar100(self):
        planes = numpy.random.default_rng(8).integers(0, 256, (3, 3, 32, 32)).astype(numpy.uint8)
        folder = "cifar-100-binary"
        records = [bytes([coarse, fine]) for coarse, fine in ((11, 19), (15, 99), (4, 0))]
        train = b"".join(record + picture.tobytes() for record, picture in zip(records, planes, strict=True))
        self.write(f"{folder}/train.bin", train)
        self.write(f"{folder}/test.bin", bytes(3074))
        fine = [f"fine{i}" for i in range(100)]
        self.write(f"{folder}/fine_label_names.txt", "\n".join([*fine, "", ""]).encode())
        self.write(f"{folder}/coarse_label_names.txt", b"fish\nflowers\n")
        for data in (self.pictures, self.pictures / folder / "train.bin"):
            pixels, printed = self.read(data=data)
            self.assertTrue((pixels == planes).all())
            self.assertIn("in 100 classes: fine0, fine1, ", printed)
            self.assertIn("CIFAR-100's fine ones, not its 20 coarse ones", printed)
        numpy.savez(self.pictures / "same.npz", images=planes, labels=[19, 99, 0], class_names=fine)
        self.assertIn("fine99", self.read(data=self.pictures / "same.npz")[1])
        self.write(f"{folder}/train.bin", train[:-1])
        self.assert_refused(["pictures", "--data", self.pictures], "train.bin", "CIFAR-100's of 3074")


if __name__ == "__main__":
    unittest.main()
