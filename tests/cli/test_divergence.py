# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A run whose numbers overflow stops at once, says where, and leaves its last good state."""

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
        # Weights near the largest float: every one still a number, their sums no more.
        tensors = load_file(start)
        tensors["discriminator.0.weight"] = np.full_like(tensors["discriminator.0.weight"], 3e38)
        cls.wild = cls.folder / "wild"
        save_file(tensors, cls.wild, metadata)

    def diverge(self, out, *arguments):
        done = self.run_command(
            "train", "--data", "data", "--resume", self.wild, "--steps", "1000", "--out", out, *arguments
        )
        self.assertEqual(done.returncode, 2, done)
        return done

    def test_the_message_says_what_where_and_what_is_left(self):
        message = self.diverge("message").stderr.splitlines()[-1]
        self.assertRegex(
            message, r"\Aganvas: .+ is no longer a finite number at step 6: training has diverged; 'message' has the run"
        )

    def test_the_last_good_state_is_saved_and_holds_only_numbers(self):
        self.diverge("good")
        good, wild = load_file(self.folder / "good"), load_file(self.wild)
        self.assertEqual(good.keys(), wild.keys())
        for name, values in good.items():
            self.assertEqual(values.tobytes(), wild[name].tobytes(), name)

    def test_json_ends_with_an_object_that_says_diverged(self):
        last = json.loads(self.diverge("json", "--json").stdout.splitlines()[-1])
        self.assertEqual((last["event"], last["out"], last["savedStep"]), ("diverged", "json", 5))
