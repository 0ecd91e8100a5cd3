# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A run in shards has the same bits on any number of ranks and threads that divides them."""

from support import STEPS_PER_EPOCH, write_digits
from mpi_support import MpiTest


class Bits(MpiTest):
    def assert_same(self, preset, shards, steps, ranks_and_threads):
        arguments = ("--preset", preset, "--shards", shards, "--steps", steps)
        alone = self.train("alone", *arguments, "--threads", "1").read_bytes()
        for ranks, threads in ranks_and_threads:
            with self.subTest(preset=preset, shards=shards, ranks=ranks, threads=threads):
                together = self.train_on(ranks, "together", *arguments, "--threads", threads)
                self.assertEqual(together, alone)

    def test_eight_shards(self):
        # The last batch of an epoch has eight samples.
        self.assert_same("seed", 8, STEPS_PER_EPOCH + 3, ((1, 2), (2, 1), (4, 1), (2, 2), (8, 1)))

    def test_numbers_of_shards_that_are_no_power_of_two(self):
        # Here ranks have several partial sums to exchange: on four ranks, three shards each.
        self.assert_same("seed", 12, STEPS_PER_EPOCH, ((3, 1), (4, 1)))

    def test_more_shards_than_samples_in_the_last_batch(self):
        self.assert_same("seed", 16, STEPS_PER_EPOCH, ((4, 1),))

    def test_networks_with_batch_norm_several_updates_and_penalties(self):
        for preset, steps in (("mlp", 4), ("dcgan", 2), ("quick", 2), ("wgan-gp", 3)):
            self.assert_same(preset, 4, steps, ((2, 1), (4, 1)))

    def test_a_run_goes_on_with_another_number_of_ranks(self):
        arguments = ("--preset", "mlp", "--shards", "4")
        whole = self.train("whole", *arguments, "--steps", "7").read_bytes()
        self.train_on(4, "parts", *arguments, "--steps", "3")
        self.train_on(2, "parts", "--resume", "parts", "--steps", "2")
        self.assertEqual(self.train("parts", "--resume", "parts", "--steps", "2").read_bytes(), whole)

    def test_one_rank_writes_all_files_and_reports(self):
        write_digits(self.folder / "fresh" / "data")
        arguments = ("--shards", "2", "--steps", "4", "--samples-every", "2", "grids")
        arguments += ("--metrics", "metrics.csv", "--json")
        done = self.run_ranks(2, "train", "--data", "data", "--out", "written", *arguments)
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(done.stdout.count('"event":"done"'), 1, done.stdout)
        grids = sorted(path.name for path in (self.folder / "grids").iterdir())
        self.assertEqual(grids, [f"step-{step:08}.png" for step in (0, 2, 4)])
        self.assertEqual(len((self.folder / "metrics.csv").read_text().splitlines()), 5)
