# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""When one rank fails, all end within ten seconds, one line says why, and the last checkpoint is whole."""

import os
import random
import signal
import time
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from mpi_support import MpiTest
from support import LABELS, TIMEOUT, write_digits

SECONDS = 10
KILLS = 3


def ranks_of(process):
    """The process ids of the ranks that an mpirun has started, in the order of their ranks."""
    ranks = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = dict(item.split(b"=", 1) for item in (folder / "environ").read_bytes().split(b"\0") if b"=" in item)
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == process.pid and b"PMIX_RANK" in fields:
            ranks[int(fields[b"PMIX_RANK"])] = int(folder.name)
    return [ranks[rank] for rank in sorted(ranks)]


class Faults(MpiTest):
    def wait_until(self, condition, process):
        deadline = time.monotonic() + TIMEOUT
        while not condition():
            self.assertIsNone(process.poll(), process)
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def start_long_run(self, out, wrapper=()):
        """Starts two ranks that save all the time, and waits until they have saved."""
        process = self.start_ranks(
            2, "train", "--data", "data", "--out", out, "--shards", "4", "--steps", "1000000000",
            "--save-every", "0.0001", wrapper=wrapper,
        )  # fmt: skip
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.wait_until((self.folder / out).exists, process)
        return process

    def assert_goes_on(self, out):
        steps = self.steps_of(out)
        whole = self.train(f"{out}-whole", "--shards", "4", "--steps", steps + 3).read_bytes()
        self.assertEqual(self.train_on(4, out, "--resume", out, "--steps", "3"), whole)

    def test_a_killed_rank_ends_the_job_and_the_checkpoint_goes_on(self):
        chance = random.Random(7)
        for kill in range(KILLS):
            out, rank = f"killed-{kill}", kill % 2
            process = self.start_long_run(out)
            time.sleep(chance.uniform(0, 0.5))
            killed_at = time.monotonic()
            os.kill(ranks_of(process)[rank], signal.SIGKILL)
            _, stderr = process.communicate(timeout=TIMEOUT)
            with self.subTest(kill=kill):
                self.assertLess(time.monotonic() - killed_at, SECONDS)
                self.assertNotEqual(process.returncode, 0)
                self.assertRegex(stderr, rf"rank {rank}\b.*\n?.*signal 9")
                self.assert_goes_on(out)

    def test_a_hangup_saves_the_run_of_all_unless_it_is_ignored(self):
        # mpirun itself ends with a hangup, whatever nohup says.
        nohup = ("sh", "-c", 'trap "" HUP; exec "$0" "$@"')
        for ignored in (True, False):
            out = f"hangup-{ignored}"
            process = self.start_long_run(out, nohup if ignored else ())
            os.kill(ranks_of(process)[1], signal.SIGHUP)
            if ignored:
                steps = self.steps_of(out)
                self.wait_until(lambda: self.steps_of(out) > steps + 1, process)
                os.kill(ranks_of(process)[1], signal.SIGTERM)
            _, stderr = process.communicate(timeout=SECONDS)
            with self.subTest(ignored=ignored):
                self.assertIn("interrupted", stderr)
                self.assert_goes_on(out)

    def test_ctrl_c_ends_the_job_and_the_checkpoint_goes_on(self):
        process = self.start_long_run("interrupted")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=SECONDS)
        self.assertNotEqual(process.returncode, 0)
        self.assert_goes_on("interrupted")

    def test_a_stopped_rank_saves_the_run_of_all(self):
        process = self.start_long_run("stopped")
        os.kill(ranks_of(process)[1], signal.SIGTERM)
        _, stderr = process.communicate(timeout=SECONDS)
        self.assertNotEqual(process.returncode, 0)
        self.assertIn("interrupted", stderr)
        self.assert_goes_on("stopped")

    def test_numbers_that_overflow_end_all_ranks(self):
        start = self.train("start", "--shards", "2", "--steps", "2")
        with safe_open(start, "numpy") as file:
            metadata = file.metadata()
        del metadata["ganvas.checksum"]
        tensors = load_file(start)
        tensors["discriminator.0.weight"] = np.full_like(tensors["discriminator.0.weight"], 3e38)
        save_file(tensors, self.folder / "overflowing", metadata)
        done = self.run_ranks(
            2, "train", "--data", "data", "--resume", "overflowing", "--steps", "50", "--out", "diverged"
        )
        self.assert_one_reason(
            done, "ganvas: lossD of shard 0 on rank 0 is no longer a finite number at step 3: training has diverged; ",
            "'diverged' holds the run at step 2",
        )  # fmt: skip
        self.assertEqual(self.steps_of("diverged"), 2)

    def test_a_folder_that_one_rank_cannot_read(self):
        train = ("train", "--shards", "2", "--steps", "2", "--out", "unread")
        done = self.run_each((*train, "--data", "data"), (*train, "--data", "missing"))
        self.assert_one_reason(done, "rank 1: ", "'missing'")
        self.assertEqual(done.returncode, 2)
        self.assertFalse((self.folder / "unread").exists())

    def test_a_checkpoint_that_cannot_be_written(self):
        done = self.run_ranks(
            2, "train", "--data", "data", "--shards", "2", "--steps", "2", "--out", "no/such/folder/model"
        )
        self.assert_one_reason(done, "rank 0: ", "no/such/folder")
        self.assertEqual(done.returncode, 2)

    def test_ranks_that_have_different_runs(self):
        write_digits(self.folder / "fewer", count=150)
        write_digits(self.folder / "relabelled", zipped=False)
        labels = self.folder / "relabelled" / LABELS
        labels.write_bytes(labels.read_bytes()[:-1] + bytes([labels.read_bytes()[-1] ^ 1]))
        train = ("train", "--data", "data", "--shards", "2", "--steps", "2", "--out", "different")
        for other, reason in (
            (("--preset", "mlp"), "rank 1 has another preset, 'mlp', than rank 0, 'seed'"),
            (("--seed", "9"), "rank 1 has another seed, '9', than rank 0, '1'"),
            (("--data", "fewer"), "rank 1 has another set of pictures"),
            (("--data", "relabelled"), "rank 1 has another set of pictures"),
            (("--shards", "4"), "rank 1 has another config than rank 0"),
            (("--steps", "3"), "rank 1 has another number of steps, '3', than rank 0, '2'"),
        ):
            with self.subTest(reason=reason):
                replaced = list(train)
                if other[0] in replaced:
                    replaced[replaced.index(other[0]) + 1] = other[1]
                else:
                    replaced += other
                done = self.run_each(train, replaced)
                self.assert_one_reason(done, reason)
                self.assertEqual(done.returncode, 2)
                self.assertFalse((self.folder / "different").exists())

    def test_ranks_that_resume_different_checkpoints(self):
        for seed in ("1", "2"):
            self.train(f"seed-{seed}", "--seed", seed, "--shards", "2", "--steps", "2")
        with safe_open(self.folder / "seed-1", "numpy") as file:
            metadata = file.metadata()
        del metadata["ganvas.checksum"]
        save_file(load_file(self.folder / "seed-2"), self.folder / "mixed", metadata)
        resume = ("train", "--data", "data", "--steps", "2", "--out", "resumed")
        done = self.run_each((*resume, "--resume", "seed-1"), (*resume, "--resume", "mixed"))
        self.assert_one_reason(done, "rank 1 has another checkpoint")
        self.assertEqual(done.returncode, 2)
        self.assertFalse((self.folder / "resumed").exists())

    def test_ranks_that_do_not_divide_the_shards(self):
        for ranks, shards in ((3, 4), (2, 1)):
            done = self.run_ranks(
                ranks, "train", "--data", "data", "--shards", shards, "--steps", "2", "--out", "undivided"
            )
            self.assert_one_reason(done, f"{shards} shard", f"{ranks} processes")
            self.assertEqual(done.returncode, 2)
            self.assertFalse((self.folder / "undivided").exists())
