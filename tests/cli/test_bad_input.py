# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Input errors are reported in one line, with code 2, before anything is written."""

import gzip
import shutil
import struct

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from support import IMAGES, LABELS, CommandTest, first_digits, idx_bytes


class CommandLine(CommandTest):
    def test_rejects_a_missing_command(self):
        self.assert_refused([], "ganvas --help")

    def test_rejects_an_unknown_command(self):
        commands = "train, pictures, sample, eval, info, export, convert, train-judge"
        self.assert_refused(["paint"], "'paint'", commands)
        self.assert_refused(["paint", "--help"], "'paint'", commands)
        self.assert_refused(["--paint"], "unknown option '--paint'", "ganvas --help")

    def test_rejects_an_unknown_option_and_names_the_help(self):
        self.assert_refused(["train", "--stepz", "5"], "--stepz", "ganvas train --help")

    def test_rejects_an_unknown_preset_and_lists_the_known_ones(self):
        self.assert_refused(["train", "--preset", "sead"], "'sead'", "known presets: seed")

    def test_rejects_numbers_out_of_range(self):
        for option, value in (
            ("--steps", "0"),
            ("--steps", "-5"),
            ("--steps", "1.5"),
            ("--steps", "many"),
            ("--steps", ""),
            ("--steps", "99999999999999999999999"),
            ("--epochs", "0"),
            ("--seed", "-1"),
            ("--seed", str(2**53)),
            ("--examples", "0"),
            ("--threads", "0"),
            ("--threads", "1000"),
        ):
            with self.subTest(option=option, value=value):
                self.assert_refused(["train", option, value], option, "whole number from", f"'{value}'")

    def test_rejects_copies_of_no_saves(self):
        self.assert_refused(["train", "--keep", "2", "--save-every", "0"], "--keep", "--save-every 0")

    def test_rejects_options_for_pictures_where_a_run_is_on_points(self):
        for arguments in (["--data", "nothing"], ["--grey"], ["--side", "64"]):
            with self.subTest(arguments=arguments):
                self.assert_refused(["train", "--preset", "toy2d", "--steps", "1", *arguments], "trains on points")

    def test_rejects_steps_together_with_epochs(self):
        self.assert_refused(["train", "--steps", "5", "--epochs", "5"], "--steps", "--epochs")

    def test_rejects_an_invalid_config_and_gives_the_reason(self):
        for text, reason in (
            ("{", "line 1, column 2: a member's name in quotation marks is missing"),
            ("", "line 1, column 1: there is no JSON"),
            ('{"preset": "seed",\n "batch_size": NaN}', "line 2, column 16: this is no JSON value"),
            ('{"preset": "seed", "latent_size": 1e999}', "column 35: the number is too large"),
            ('{"preset": "seed" "seed": 1}', "column 19: a comma or } is missing"),
            ('{"preset": "sëëd" 1', "column 19: a comma or } is missing"),
            ('{"preset": "seed"} {}', "column 20: something follows the JSON value"),
            ('{"preset": "seed', "column 17: a closing quotation mark is missing"),
            (r'{"class_names": ["\u12g4"]}', "column 19: four hexadecimal digits must follow"),
            (r'{"class_names": ["x\ud800"]}', "column 20: \\ud800 to \\udbff and"),
            (r'{"class_names": ["x\udc00"]}', "column 20: \\ud800 to \\udbff and"),
            ('{"preset": "seed", "seed": 01}', "column 29: a comma or } is missing"),
            ('{"preset": "seed", "generator": {"optimizer": {"lr": null}}}', "generator.optimizer.lr"),
            ('{"preset": "seed", "batch_size": null}', "batch_size"),
            ('{"preset": "seed", "generator": null}', "generator"),
            ("[]", "must be a JSON object"),
            ("{}", "preset"),
            ('{"preset": "sead"}', "'sead'"),
            ('{"preset": "seed", "batch": 3}', "batch"),
            ('{"preset": "seed", "generator": {"optimizer": {"lr": "fast"}}}', "generator.optimizer.lr"),
            ('{"preset": "seed", "generator": {"layers": [{"type": "linear"}]}}', "out_features"),
        ):
            with self.subTest(text=text):
                (self.folder / "wrong.json").write_text(text)
                self.assert_refused(["train", "--config", "wrong.json", "--data", "data"], reason)
        self.assert_refused(["train", "--config", "nowhere.json"], "nowhere.json")

    def test_rejects_a_config_together_with_a_preset_or_a_checkpoint(self):
        self.assert_refused(["train", "--config", "a.json", "--preset", "seed"], "--config", "--preset")
        self.assert_refused(["train", "--config", "a.json", "--resume", "b"], "--config", "--resume")

    def test_rejects_a_missing_model_option(self):
        for command in ("sample", "info", "export"):
            with self.subTest(command=command):
                self.assert_refused([command], "--model")

    def test_samples_every_requires_a_step_count_and_a_folder(self):
        self.assert_refused(["train", "--samples-every", "10"], "--samples-every")
        self.assert_refused(["train", "--samples-every", "0", "grids"], "--samples-every")

    def test_does_not_print_control_characters_of_names(self):
        done = self.run_command("info", "--model", "\x1b[31mred\nline")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"\Aganvas: [\x20-\x7e]+\n\Z")


class Data(CommandTest):
    """Each test damages a copy of the dataset and trains on it."""

    def setUp(self):
        self.data = self.folder / "damaged"
        shutil.copytree(self.folder / "data", self.data)
        self.addCleanup(shutil.rmtree, self.data)

    def assert_data_refused(self, *fragments):
        self.assert_refused(["train", "--steps", "1", "--data", "damaged", "--out", "m"], *fragments)

    def write_images(self, content):
        (self.data / (IMAGES + ".gz")).write_bytes(gzip.compress(content, 1))

    def test_rejects_a_missing_default_folder_and_names_the_option(self):
        self.assert_refused(["train", "--steps", "1"], "'assets/mnist'", IMAGES, "--data")

    def test_a_preset_with_classes_rejects_missing_labels(self):
        (self.data / (LABELS + ".gz")).unlink()
        self.assert_refused(["train", "--preset", "cgan", "--data", "damaged", "--out", "m"], "classes")

    def test_rejects_gzip_data_truncated_anywhere(self):
        path = self.data / (IMAGES + ".gz")
        whole = path.read_bytes()
        for kept in (2, 9, 10, 11, len(whole) // 2, len(whole) - 8, len(whole) - 1):
            with self.subTest(kept=kept):
                path.write_bytes(whole[:kept])
                self.assert_data_refused(IMAGES, "ends early")

    def test_rejects_an_empty_file(self):
        (self.data / (IMAGES + ".gz")).write_bytes(b"")
        self.assert_data_refused(IMAGES, "IDX header ends after 0 bytes")

    def test_rejects_a_file_that_is_neither_gzip_nor_idx(self):
        (self.data / (IMAGES + ".gz")).write_bytes(b"<html>404 Not Found</html>")
        self.assert_data_refused(IMAGES, "not an IDX file")

    def test_rejects_damaged_gzip_data(self):
        path = self.data / (IMAGES + ".gz")
        content = bytearray(path.read_bytes())
        content[-6] ^= 1  # in the checksum
        path.write_bytes(content)
        self.assert_data_refused(IMAGES, "damaged")

    def test_rejects_gzip_data_with_trailing_bytes(self):
        path = self.data / (IMAGES + ".gz")
        path.write_bytes(path.read_bytes() + b"more")
        self.assert_data_refused(IMAGES, "followed by")

    def test_rejects_a_small_file_that_inflates_beyond_the_limit(self):
        megabyte = gzip.compress(bytes(1 << 20))
        (self.data / (IMAGES + ".gz")).write_bytes(300 * megabyte)  # concatenated members
        self.assert_data_refused(IMAGES, "more than 256 MB")

    def test_rejects_a_wrong_magic_number(self):
        self.write_images(struct.pack(">4I", 0x0703, 1, 28, 28) + bytes(784))
        self.assert_data_refused(IMAGES, "magic")

    def test_rejects_idx_data_shorter_or_longer_than_its_header_declares(self):
        pixels, _ = first_digits(4)
        whole = idx_bytes((4, 28, 28), pixels)
        for content, reason in ((whole[:-1], "ends after"), (whole + b"x", "followed by"), (whole[:7], "header")):
            with self.subTest(reason=reason):
                self.write_images(content)
                self.assert_data_refused(IMAGES, reason)

    def test_rejects_idx_extents_that_overflow(self):
        self.write_images(struct.pack(">4I", 0x0803, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF))
        self.assert_data_refused(IMAGES, "4 GB")

    def test_rejects_different_numbers_of_labels_and_images(self):
        (self.data / (LABELS + ".gz")).write_bytes(gzip.compress(idx_bytes((3,), [1, 2, 3])))
        self.assert_data_refused(LABELS, "3 labels for 200 images")

    def test_rejects_labels_of_too_many_classes(self):
        (self.data / (LABELS + ".gz")).write_bytes(gzip.compress(idx_bytes((200,), range(200))))
        self.assert_data_refused(IMAGES, "200 different numbers")

    def test_the_judge_learns_digits_alone(self):
        (self.data / (LABELS + ".gz")).write_bytes(gzip.compress(idx_bytes((200,), [10] * 200)))
        self.assert_refused(["train-judge", "--data", "damaged", "--out", "m"], "label 0 is 10")

    def test_rejects_an_empty_dataset(self):
        self.write_images(idx_bytes((0, 28, 28), b""))
        (self.data / (LABELS + ".gz")).write_bytes(gzip.compress(idx_bytes((0,), b"")))
        self.assert_data_refused("no pictures")

    def test_rejects_more_examples_than_the_dataset_has(self):
        self.assert_refused(
            ["train", "--steps", "1", "--data", "data", "--examples", "201", "--out", "m"], IMAGES, "200 images"
        )


class Outputs(CommandTest):
    """The runs would take days, so errors must come before training starts."""

    def train_for_days(self, *arguments):
        return ["train", "--data", "data", "--steps", "1000000000", *arguments]

    def test_rejects_a_missing_output_folder_before_training(self):
        self.assert_refused(self.train_for_days("--out", "nowhere/m.safetensors"), "nowhere", "No such file")

    def test_rejects_a_file_in_place_of_the_output_folder_before_training(self):
        (self.folder / "file").write_text("text")
        self.assert_refused(self.train_for_days("--out", "file/m.safetensors"), "'file'", "Not a directory")

    def test_rejects_a_folder_as_the_output_before_training(self):
        self.assert_refused(self.train_for_days("--out", "data"), "'data'", "folder")
        self.assert_refused(self.train_for_days("--out", "data/"), "folder")

    def test_rejects_an_empty_name_as_the_output_before_training(self):
        self.assert_refused(self.train_for_days("--out", ""), "name is empty")

    def test_rejects_links_in_a_circle_as_the_output(self):
        for link, target in (("there", "back"), ("back", "there")):
            (self.folder / link).symlink_to(target)
            self.addCleanup((self.folder / link).unlink)
        self.assert_refused(self.train_for_days("--out", "there"), "'there'", "symbolic links")

    def test_rejects_a_device_as_the_output(self):
        self.assert_refused(self.train_for_days("--out", "/dev/null"), "not a regular file")

    def test_rejects_a_samples_folder_that_cannot_be_created_before_training(self):
        (self.folder / "taken").write_text("text")
        self.assert_refused(self.train_for_days("--out", "m", "--samples-every", "10", "taken"), "taken")

    def test_rejects_an_output_that_is_what_is_read(self):
        (self.folder / "config.json").write_text('{"preset": "seed"}')
        images = f"data/{IMAGES}.gz"
        for out, arguments in (
            (images, ["train", "--data", images]),
            ("config.json", ["train", "--data", "data", "--config", "config.json"]),
            (images, ["pictures", "--data", images]),
        ):
            with self.subTest(command=arguments[0], out=out):
                self.assert_refused([*arguments, "--out", out], f"'{out}' is the file that is read")

    def test_outputs_do_not_replace_each_other(self):
        train = ["train", "--preset", "toy2d", "--steps", "1"]
        self.assert_refused([*train, "--out", "both.csv", "--metrics", "./both.csv"], "'both.csv' is the checkpoint")
        self.succeed(*train, "--out", "run.csv")
        self.addCleanup((self.folder / "run.csv").unlink)
        resume = ["train", "--resume", "run.csv", "--steps", "1", "--metrics", "run.csv"]
        self.assert_refused([*resume, "--out", "next"], "'run.csv' is the file that is read")
        self.assert_refused(resume, "'run.csv' is the checkpoint")

    def test_never_replaces_an_existing_default_output(self):
        (self.folder / "model.safetensors").write_bytes(b"hours of training")
        self.addCleanup((self.folder / "model.safetensors").unlink)
        self.assert_refused(self.train_for_days(), "'model.safetensors'", "--resume", "--out")


class Models(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", "1")

    def assert_model_refused(self, name, *fragments):
        """Every command that reads a model rejects it."""
        for arguments in (
            ["info", "--model", name],
            ["sample", "--model", name, "--out", "x.png"],
            ["export", "--model", name, "--out", "x.safetensors"],
            ["train", "--resume", name, "--data", "data"],
        ):
            with self.subTest(command=arguments[0]):
                self.assert_refused(arguments, name, *fragments)

    def test_rejects_a_missing_model(self):
        self.assert_model_refused("nothing.safetensors", "No such file")

    def test_rejects_a_folder_as_a_model(self):
        self.assert_model_refused("data", "Is a directory")

    def test_rejects_files_that_are_not_safetensors(self):
        for content in (b"", b"{}", b"\x89PNG\r\n\x1a\n" * 100, b"\xff" * 100, b"\0" * 100):
            with self.subTest(content=content[:8]):
                (self.folder / "other").write_bytes(content)
                self.assert_model_refused("other", "not a safetensors file")

    def test_rejects_a_model_truncated_anywhere(self):
        whole = self.model.read_bytes()
        for kept in (7, 9, 100, len(whole) // 2, len(whole) - 1):
            with self.subTest(kept=kept):
                (self.folder / "cut").write_bytes(whole[:kept])
                self.assert_refused(["info", "--model", "cut"], "'cut'")

    def test_rejects_safetensors_of_other_programs(self):
        save_file({"embedding.weight": np.zeros((3, 5), np.float32)}, self.folder / "foreign")
        self.assert_refused(["info", "--model", "foreign"], "cannot be inferred")
        self.assert_refused(["train", "--resume", "foreign", "--data", "data"], "not a Ganvas model")

    def test_rejects_weights_that_are_nan(self):
        tensors = load_file(self.model)
        tensors["generator.0.bias"][3] = np.nan
        with safe_open(self.model, "numpy") as file:
            metadata = {key: value for key, value in file.metadata().items() if key != "ganvas.checksum"}
        save_file(tensors, self.folder / "nan", metadata)
        self.assert_model_refused("nan", "NaN")

    def test_rejects_an_unknown_extension_and_lists_the_known_ones(self):
        self.assert_refused(["sample", "--model", self.model, "--out", "x.jpg"], "'x.jpg'", ".png", ".idx3-ubyte.gz")

    def test_samples_never_replace_their_model(self):
        self.assert_refused(["sample", "--model", self.model, "--out", self.model], "is the file that is read")

    def test_rejects_sample_counts_out_of_range(self):
        for count in ("0", "-1", "100001"):
            with self.subTest(count=count):
                self.assert_refused(["sample", "--model", self.model, "--out", "x.png", "--count", count], "--count")

    def test_rejects_samples_into_a_missing_folder(self):
        self.assert_refused(["sample", "--model", self.model, "--out", "nowhere/x.png"], "nowhere")

    def test_rejects_an_unknown_dtype(self):
        self.assert_refused(
            ["export", "--model", self.model, "--out", "x.safetensors", "--dtype", "int8"], "--dtype", "f16"
        )

    def test_rejects_bf16_in_onnx(self):
        self.assert_refused(["convert", self.model, "x.onnx", "--dtype", "bf16"], "bf16", "safetensors", "f16")

    def test_reports_results_that_cannot_be_printed(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = self.start_command("info", "--model", self.model, stdout=full, stderr=-1)
            _, stderr = process.communicate()
        self.assertEqual(process.returncode, 2)
        self.assertIn("standard output", stderr)
