# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A run that overflows stops, reports the step, and saves its last good state."""

import json

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from support import CommandTest


class Divergence(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        start = cls.train("start", "--steps", "5")
        with safe_open(start, "numpy") as file:
            metadata = file.metadata()
        del metadata["ganvas.checksum"]
        # Weights near the largest float: each is finite, but their sums overflow.
        tensors = load_file(start)
        tensors["discriminator.0.weight"] = np.full_like(tensors["discriminator.0.weight"], 3e38)
        cls.overflowing = cls.folder / "overflowing"
        save_file(tensors, cls.overflowing, metadata)

    def diverge(self, out, *arguments):
        done = self.run_command(
            "train", "--data", "data", "--resume", self.overflowing, "--steps", "1000", "--out", out, *arguments
        )
        self.assertEqual(done.returncode, 2, done)
        return done

    def test_the_message_gives_the_step_and_the_saved_file(self):
        message = self.diverge("message").stderr.splitlines()[-1]
        self.assertRegex(
            message,
            r"\Aganvas: .+ is no longer a finite number at step 6: training has diverged; "
            r"'message' holds the run at step 5\Z",
        )

    def test_saves_the_last_good_state(self):
        self.diverge("good")
        good, start = load_file(self.folder / "good"), load_file(self.overflowing)
        self.assertEqual(good.keys(), start.keys())
        for name, values in good.items():
            self.assertEqual(values.tobytes(), start[name].tobytes(), name)

    def test_json_ends_with_a_diverged_event(self):
        last = json.loads(self.diverge("json", "--json").stdout.splitlines()[-1])
        self.assertEqual((last["event"], last["out"], last["savedStep"]), ("diverged", "json", 5))


class Moments(CommandTest):
    def test_a_run_whose_second_moments_overflow_leaves_a_file_that_can_be_read(self):
        config = {"preset": "lsgan", "examples": 64, "discriminator": {"optimizer": {"lr": 100}}}
        (self.folder / "fast.json").write_text(json.dumps(config))
        done = self.run_command("train", "--data", "data", "--config", "fast.json", "--steps", "20", "--out", "fast")
        self.assertEqual(done.returncode, 2, done)
        self.assertIn("or its optimiser is no longer a finite number", done.stderr)
        self.succeed("sample", "--model", "fast", "--out", "fast.png")
        self.assertRegex(done.stderr, f"'fast' holds the run at step {self.steps_of('fast')}")
