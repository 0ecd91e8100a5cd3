# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Training on anybody's pictures, and going on with the same."""

import json
import unittest

import numpy
from PIL import Image
from picture_support import PicturesTest, painted
from safetensors import safe_open
from safetensors.numpy import load_file, save_file


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

    def test_a_config_names_the_classes_of_its_pictures_and_refuses_another_number(self):
        for i in range(12):
            self.save(f"{'ab'[i % 2]}/{i}.png", painted(16, 16, seed=i))
        (self.folder / "ten.json").write_text('{"preset": "quick"}')
        (self.folder / "two.json").write_text('{"preset": "pictures", "sample_shape": [1, 16, 16], "classes": 2}')
        arguments = ["train", "--data", self.pictures, "--steps", "1", "--out", "m", "--config"]
        self.assert_refused([*arguments, "ten.json"], "has 2 classes, and the config wants 10")
        self.succeed(*arguments, "two.json")
        self.assertEqual(json.loads(self.succeed("info", "--json", "--model", "m"))["classNames"], ["a", "b"])

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

    def test_a_single_picture_is_refused_with_the_folder_as_the_way_on(self):
        self.save("0.png", painted(16, 16))
        one = f"{self.pictures}/0.png"
        self.assert_refused(["train", "--data", one, "--steps", "1"], f"'{one}': is a single picture: name the folder")
        self.assert_refused(
            ["train", "--data", self.pictures, "--examples", "2", "--steps", "1"], "holds 1 picture, fewer than the 2"
        )
        self.assertIn("\n1 picture of 32 x 32 pixels", "\n" + self.succeed("pictures", "--data", self.pictures))

    def test_no_output_joins_the_pictures(self):
        for i in range(4):
            self.save(f"{i}.png", painted(16, 16, seed=i))
        data = str(self.pictures)
        for folder in (data, f"{data}/grids", f"{data}/x/.."):
            self.assert_refused(
                ["train", "--data", data, "--out", "m", "--samples-every", "5", folder],
                f"'{folder}' would lie among the pictures in '{data}'",
            )
        sheet = f"{data}/sheet.png"
        self.assert_refused(["pictures", "--data", data, "--out", sheet], f"'{sheet}' would lie among")
        # Digits of MNIST's are in files of their own, beside which grids do no harm.
        self.train("digits", "--steps", "5", "--samples-every", "5", "data/grids")

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

    def near_grey(self, folder):
        """Pictures whose colours are gone once they are shrunk, and whose grey is not what is left."""
        # Means of 100 in each channel, and of 99 in luma.
        block = numpy.array([[[100, 100, 101], [100, 99, 100]], [[100, 99, 100], [99, 100, 98]]], numpy.uint8)
        for i in range(12):  # as many as eval needs
            levels = numpy.tile(block, (16, 16, 1))
            levels[:2, 2 * i : 2 * i + 2] = 0
            self.save(f"{folder}/{i}.png", Image.fromarray(levels))
        return self.pictures / folder

    def test_a_run_on_pictures_that_are_almost_grey_goes_on_and_is_evaluated_with_them(self):
        data = self.near_grey("near")
        self.succeed("train", "--data", data, "--side", "16", "--preset", "seed", "--steps", "1", "--out", "m")
        self.succeed("train", "--resume", "m", "--data", data, "--steps", "1")
        report = json.loads(self.succeed("eval", "--json", "--model", "m", "--data", data, "--count", "100"))
        self.assertTrue(report["ofItsPictures"])

    def test_a_model_knows_its_shape_and_refuses_another(self):
        for i in range(12):  # as many as eval needs
            self.save(f"{i}.png", painted(32, 32, seed=i))
        self.succeed("train", "--data", self.pictures, "--side", "16", "--preset", "seed", "--steps", "1", "--out", "m")
        again = ["--data", self.pictures, "--side", "16", "--colour"]
        self.succeed("train", "--resume", "m", "--steps", "1", *again)
        self.succeed("eval", "--model", "m", "--count", "100", *again)
        draws = "contradicts the model, which draws 16 x 16 pixels, in colour"
        for command in (["train", "--resume", "m", "--steps", "1"], ["eval", "--model", "m"]):
            for option in (["--side", "48"], ["--grey"]):
                self.assert_refused([*command, "--data", self.pictures, *option], f"{' '.join(option)} {draws}")

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
