# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Long runs in eight shards on 1, 2, 4 and 8 ranks of 1 and 2 threads: hashes of their checkpoints, which have to be the same.

They take half an hour, so the suite `bits` runs them. PRESETS in the environment names some of the presets.
"""

import hashlib
import os
import subprocess

from mpi_support import MpiTest

PRESETS = os.environ.get("PRESETS", "seed mlp dcgan quick wgan-gp").split()
SHARDS = 8
STEPS = 200


class Table(MpiTest):
    def hash_of(self, preset, ranks, threads):
        out = f"{preset}-{ranks}-{threads}"
        train = ("train", "--data", "data", "--preset", preset, "--shards", SHARDS, "--steps", STEPS)
        options = self.mpi_options(ranks, (*train, "--threads", threads, "--save-every", "0", "--out", out))
        subprocess.run(**options, check=True, capture_output=True)
        found = hashlib.sha256((self.folder / out).read_bytes()).hexdigest()[:16]
        print(f"bits: {preset} after {STEPS} steps in {SHARDS} shards, {ranks} ranks, {threads} threads: {found}", flush=True)
        return found

    def test_ranks_and_threads_do_not_change_a_bit(self):
        for preset in PRESETS:
            with self.subTest(preset=preset):
                hashes = {self.hash_of(preset, ranks, threads) for ranks in (1, 2, 4, 8) for threads in (1, 2)}
                self.assertEqual(len(hashes), 1)
