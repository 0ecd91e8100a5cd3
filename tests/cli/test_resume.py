# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A resumed run is identical to an uninterrupted one."""

from safetensors.numpy import load_file

from support import STEPS_PER_EPOCH, CommandTest, write_digits


class Resume(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thirty = cls.train("thirty", "--steps", "30", "--seed", "5")

    def test_thirty_steps_and_twenty_more_equal_fifty_in_every_byte(self):
        fifty = self.train("fifty", "--steps", "50", "--seed", "5")
        resumed = self.train("resumed", "--resume", self.thirty, "--steps", "20")
        tensors = load_file(resumed)
        for name, expected in load_file(fifty).items():
            self.assertEqual(tensors[name].tobytes(), expected.tobytes(), name)
        self.assertEqual(resumed.read_bytes(), fifty.read_bytes())

    def test_epochs_are_added_to_the_resumed_run(self):
        resumed = self.train("epochs", "--resume", self.thirty, "--epochs", "2")
        uninterrupted = self.train("uninterrupted", "--steps", 30 + 2 * STEPS_PER_EPOCH, "--seed", "5")
        self.assertEqual(resumed.read_bytes(), uninterrupted.read_bytes())

    def test_replaces_the_resumed_file_by_default(self):
        self.train("continued", "--steps", "3")
        self.succeed("train", "--data", "data", "--resume", "continued", "--steps", "4")
        self.assertEqual(
            (self.folder / "continued").read_bytes(), self.train("seven", "--steps", "7").read_bytes()
        )

    def test_another_output_leaves_the_resumed_file_unchanged(self):
        before = self.thirty.read_bytes()
        self.train("elsewhere", "--resume", self.thirty, "--steps", "1")
        self.assertEqual(self.thirty.read_bytes(), before)

    def test_accepts_options_that_repeat_the_checkpoint(self):
        repeated = ("--preset", "seed", "--seed", "5", "--examples", "200")
        resumed = self.train("repeated", "--resume", self.thirty, "--steps", "1", *repeated)
        self.assertEqual(
            resumed.read_bytes(), self.train("without", "--resume", self.thirty, "--steps", "1").read_bytes()
        )

    def test_rejects_options_that_contradict_the_checkpoint(self):
        for flag, value, reason in (
            ("--seed", "6", "seed 5"),
            ("--preset", "dcgan", "preset seed"),
            ("--examples", "100", "200 examples"),
        ):
            with self.subTest(flag=flag):
                self.assert_refused(
                    ["train", "--resume", "thirty", "--data", "data", flag, value], f"{flag} {value}", reason
                )

    def test_rejects_a_run_on_points_drawn_by_hand(self):
        drawn = self.train_drawn("drawn.safetensors")
        self.assert_refused(["train", "--resume", drawn, "--steps", "1"], "drawn by hand")

    def test_rejects_fewer_examples_than_the_run_had(self):
        write_digits(self.folder / "few", count=150)
        self.assert_refused(["train", "--resume", "thirty", "--data", "few"], "150 images", "200")

    def test_rejects_an_exported_generator(self):
        self.succeed("export", "--model", self.thirty, "--out", "generator")
        self.assert_refused(["train", "--resume", "generator", "--data", "data"], "only networks")
