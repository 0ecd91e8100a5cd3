# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""What a step sends and allocates, as counted in the calls of MPI by tests/bench/mpi_steps.cpp."""

import json
import os
import subprocess

from mpi_support import LAUNCHER, MpiTest
from support import TIMEOUT

STEPS = os.environ["GANVAS_MPI_STEPS"]


class Steps(MpiTest):
    def measure(self, ranks, preset, shards):
        command = [*LAUNCHER, "-np", str(ranks), STEPS, preset, str(shards), "3", "1"]
        done = subprocess.run(**{**self.options(()), "args": command}, capture_output=True, timeout=TIMEOUT)
        self.assertEqual(done.returncode, 0, done)
        return json.loads(done.stdout)

    def test_a_rank_sends_as_much_as_in_a_ring(self):
        for preset, ranks in (("seed", 2), ("dcgan", 2), ("dcgan", 4)):
            with self.subTest(preset=preset, ranks=ranks):
                figures = self.measure(ranks, preset, 4)
                numbers = sum(figures["parameters"]) + sum(figures["statistics"])
                ring = 2 * (ranks - 1) / ranks * 4 * numbers
                losses = 2 * (ranks - 1) * 4 // ranks * 5 * 8  # after each half, of each shard
                # Slices are whole cache lines.
                self.assertAlmostEqual(figures["bytesSentPerStep"], ring + losses, delta=0.001 * ring + 64 * ranks)

    def test_a_step_allocates_nothing(self):
        for preset in ("seed", "dcgan", "wgan-gp"):
            with self.subTest(preset=preset):
                self.assertEqual(self.measure(2, preset, 4)["allocationsPerStep"], 0)
