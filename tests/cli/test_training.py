# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Training runs: determinism, inputs and outputs."""

import gzip
import json
import os

from safetensors import safe_open

from support import EXAMPLES, STEPS_PER_EPOCH, CommandTest, write_digits


def step_of(path):
    with safe_open(path, "np") as file:
        return int(file.metadata()["ganvas.step"])


class Training(CommandTest):
    def test_the_same_run_twice_gives_identical_files(self):
        first = self.train("first", "--steps", "50")
        second = self.train("second", "--steps", "50")
        self.assertEqual(first.read_bytes(), second.read_bytes())

    def test_the_number_of_threads_does_not_change_a_bit(self):
        files = [self.train(f"threads-{n}", "--steps", "30", "--threads", n).read_bytes() for n in (1, 2, 3, 8)]
        self.assertEqual(files, files[:1] * 4)

    def test_another_seed_gives_another_model(self):
        first = self.train("seed-1", "--steps", "3", "--seed", "1")
        second = self.train("seed-2", "--steps", "3", "--seed", "2")
        self.assertNotEqual(first.read_bytes(), second.read_bytes())

    def test_plain_idx_files_give_the_same_run_as_gzipped_ones(self):
        zipped = self.train("from-zipped", "--steps", "10")
        write_digits(self.folder / "plain", zipped=False)
        self.succeed("train", "--data", "plain", "--steps", "10", "--out", "from-plain")
        self.assertEqual(zipped.read_bytes(), (self.folder / "from-plain").read_bytes())

    def test_reads_all_members_of_a_gzip_file(self):
        write_digits(self.folder / "members")
        for path in (self.folder / "members").iterdir():
            content = gzip.decompress(path.read_bytes())
            middle = len(content) // 2
            path.write_bytes(gzip.compress(content[:middle]) + gzip.compress(content[middle:]))
        self.succeed("train", "--data", "members", "--steps", "10", "--out", "from-members")
        self.assertEqual(
            (self.folder / "from-members").read_bytes(), self.train("from-one", "--steps", "10").read_bytes()
        )

    def test_examples_uses_only_the_first_digits(self):
        write_digits(self.folder / "few", count=70)
        self.succeed("train", "--data", "few", "--steps", "10", "--out", "of-few")
        self.assertEqual(
            (self.folder / "of-few").read_bytes(),
            self.train("of-first", "--steps", "10", "--examples", "70").read_bytes(),
        )

    def test_an_epoch_includes_the_smaller_last_batch(self):
        model = self.train("epochs", "--epochs", "3")
        self.assertEqual(step_of(model), 3 * STEPS_PER_EPOCH)
        self.assertIn(f"{3 * EXAMPLES} images", self.succeed("info", "--model", model))

    def test_replaces_a_named_output(self):
        self.train("again", "--steps", "1")
        self.assertEqual(step_of(self.train("again", "--steps", "2")), 2)

    def test_writes_to_the_target_of_a_symbolic_link(self):
        (self.folder / "store").mkdir()
        target = self.folder / "store" / "target"
        target.write_bytes(b"old")
        (self.folder / "link").symlink_to("store/target")
        self.train("link", "--steps", "2")
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertEqual(step_of(target), 2)

    def test_writes_where_a_link_to_no_file_yet_points(self):
        (self.folder / "disk").mkdir()
        (self.folder / "hop").symlink_to("disk/new")
        (self.folder / "dangling").symlink_to("hop")
        self.train("dangling", "--steps", "2")
        self.assertTrue((self.folder / "dangling").is_symlink())
        self.assertEqual(step_of(self.folder / "disk" / "new"), 2)

    def test_a_number_with_leading_zeros_is_decimal(self):
        self.assertEqual(step_of(self.train("zeros", "--steps", "010")), 10)
        self.assertEqual(self.train("unpadded", "--steps", "1", "--seed", "123").read_bytes(),
                         self.train("padded", "--steps", "1", "--seed", "00123").read_bytes())

    def test_the_default_output_is_in_the_current_folder(self):
        self.succeed("train", "--data", "data", "--steps", "1")
        self.assertEqual(step_of(self.folder / "model.safetensors"), 1)

    def test_a_run_writes_only_its_output(self):
        before = set(self.contents())
        self.train("only", "--steps", "1")
        self.assertEqual(set(self.contents()) - before, {"only"})

    def test_samples_every_writes_the_grids_of_the_sample_command(self):
        model = self.train("sampled", "--steps", "20", "--seed", "9", "--samples-every", "10", "new/grids")
        grids = self.folder / "new" / "grids"
        self.assertEqual(
            sorted(os.listdir(grids)), ["step-00000000.png", "step-00000010.png", "step-00000020.png"]
        )
        self.succeed("sample", "--model", model, "--seed", "9", "--count", "64", "--out", "sampled.png")
        self.assertEqual((grids / "step-00000020.png").read_bytes(), (self.folder / "sampled.png").read_bytes())
        self.assertNotEqual((grids / "step-00000020.png").read_bytes(), (grids / "step-00000010.png").read_bytes())

    def test_drawing_samples_does_not_change_the_training(self):
        watched = self.train("watched", "--steps", "20", "--samples-every", "3", "watch")
        unwatched = self.train("unwatched", "--steps", "20")
        self.assertEqual(watched.read_bytes(), unwatched.read_bytes())

    def test_a_config_without_changes_equals_its_preset(self):
        (self.folder / "same.json").write_text('{"preset": "seed", "batch_size": 32}')
        configured = self.train("configured", "--config", "same.json", "--steps", "10")
        self.assertEqual(configured.read_bytes(), self.train("unconfigured", "--steps", "10").read_bytes())

    def test_a_config_sets_layers_and_rates_and_the_command_line_the_seed(self):
        changes = {
            "preset": "seed",
            "seed": 3,
            "batch_size": 20,
            "generator": {
                "layers": [{"type": "linear", "out_features": 784}, {"type": "tanh"}],
                "optimizer": {"type": "sgd", "lr": 0.5},
            },
        }
        (self.folder / "other.json").write_text(json.dumps(changes))
        model = self.train("configured", "--config", "other.json", "--seed", "9", "--steps", "10")
        with safe_open(model, "np") as file:
            self.assertEqual(file.get_slice("generator.0.weight").get_shape(), [784, 64])
            config = json.loads(file.metadata()["ganvas.config"])
        self.assertEqual((config["seed"], config["batch_size"]), (9, 20))
        self.assertEqual(config["generator"]["optimizer"]["type"], "sgd")
        self.assertEqual(config["generator"]["optimizer"]["lr"], 0.5)
        self.assertEqual(config["discriminator"]["optimizer"]["lr"], 3e-4)
