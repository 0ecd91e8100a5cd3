# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A run is saved while it trains, and survives kills, full disks and a second process."""

import csv
import json
import os
import pty
import resource
import select
import shutil
import signal
import subprocess
import time

from support import TIMEOUT, CommandTest, reset_signals

OFTEN = ("--save-every", "0.0001")
ENDLESS = ("--data", "data", "--steps", "1000000000")
COLUMNS = {"step", "epoch", "imagesSeen", "lossD", "lossG", "dReal", "dFake"}


class Saving(CommandTest):
    def wait_until(self, condition):
        deadline = time.monotonic() + TIMEOUT
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def start(self, out, *arguments, **options):
        process = self.start_command(
            "train", *ENDLESS, "--out", out, *arguments, stderr=subprocess.PIPE, **options
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def test_a_killed_run_goes_on_from_its_last_save_with_the_same_bits(self):
        process = self.start("killed", *OFTEN)
        self.wait_until((self.folder / "killed").exists)
        time.sleep(0.3)
        process.kill()
        process.wait()
        saved = self.steps_of("killed")
        self.assertGreater(saved, 0)
        resumed = self.train("resumed", "--resume", "killed", "--steps", "10")
        whole = self.train("whole", "--steps", saved + 10)
        self.assertEqual(resumed.read_bytes(), whole.read_bytes())

    def test_leftovers_of_killed_runs_go_with_the_next_save(self):
        (self.folder / "swept").mkdir()
        leftover = self.folder / "swept" / ".ganvas-1-0.tmp"
        leftover.write_bytes(b"cut off")
        other = self.folder / "swept" / ".ganvas-notes"
        other.write_bytes(b"kept")
        self.train("swept/run", "--steps", "2")
        self.assertFalse(leftover.exists())
        self.assertEqual({path.name for path in (self.folder / "swept").iterdir()}, {"run", other.name})

    def test_numbered_copies_are_kept_as_asked(self):
        (self.folder / "numbered").mkdir()
        process = self.start("numbered/run.safetensors", *OFTEN, "--keep", "2")
        copies = lambda: sorted((self.folder / "numbered").glob("run-*.safetensors"))
        self.wait_until(lambda: len(copies()) >= 2)
        first = copies()[0].name
        self.wait_until(lambda: all(copy.name > first for copy in copies()))
        process.send_signal(signal.SIGINT)
        process.wait()
        kept = copies()
        self.assertEqual(len(kept), 2)
        for copy in kept:
            self.assertEqual(f"run-{self.steps_of(copy):08}.safetensors", copy.name)

    def test_a_second_process_is_refused_while_the_first_trains(self):
        process = self.start("taken", *OFTEN)
        self.wait_until((self.folder / "taken").exists)
        for arguments in (("--out", "taken"), ("--resume", "taken")):
            done = self.run_command("train", "--data", "data", "--steps", "1", *arguments)
            self.assertEqual(done.returncode, 2, done)
            self.assertIn("'taken' belongs to a run of another process", done.stderr)
        process.kill()
        process.wait()
        # The killed process holds nothing any more.
        self.succeed("train", "--data", "data", "--steps", "1", "--resume", "taken")
        self.assertFalse((self.folder / ".taken.lock").exists())

    def test_a_save_that_fails_is_told_and_training_goes_on(self):
        folder = self.folder / "moved"
        folder.mkdir()
        process = self.start("moved/run", *OFTEN)
        self.wait_until((folder / "run").exists)
        shutil.rmtree(folder)
        told = process.stderr.readline()
        while "training goes on" not in told:
            self.assertNotEqual(told, "")
            told = process.stderr.readline()
        self.assertIn("cannot write", told)
        folder.mkdir()
        self.wait_until((folder / "run").exists)
        self.assertIsNone(process.poll())

    def test_a_run_that_cannot_fit_does_not_begin(self):
        limit = lambda: (reset_signals(), resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
        options = self.options(["train", "--data", "data", "--steps", "1", "--out", "large"])
        done = subprocess.run(
            **{**options, "preexec_fn": limit}, capture_output=True, timeout=TIMEOUT
        )
        self.assertEqual(done.returncode, 2, done)
        self.assertRegex(done.stderr, "'large', which needs [0-9.]+ MB: .* 100.0 KB")
        self.assertFalse((self.folder / "large").exists())

    def test_a_last_save_that_fails_goes_to_the_temporary_folder(self):
        gone = self.folder / "gone"
        gone.mkdir()
        temporary = self.folder / "temporary"
        temporary.mkdir()
        environment = {**os.environ, "TMPDIR": str(temporary)}
        process = self.start("gone/run.safetensors", *OFTEN, env=environment)
        self.wait_until((gone / "run.safetensors").exists)
        shutil.rmtree(gone)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 2)
        [saved] = temporary.iterdir()
        self.assertIn("cannot write into 'gone': No such file", stderr)
        self.assertIn(f"'{saved}' holds the run at step {self.steps_of(saved)}", stderr)
        self.assertIn(f"resume with: ganvas train --resume {saved} --out gone/run.safetensors ", stderr)

    def test_a_last_save_that_fails_everywhere_names_both_places(self):
        gone = self.folder / "lost"
        gone.mkdir()
        process = self.start("lost/run.safetensors", *OFTEN, env={**os.environ, "TMPDIR": "/proc"})
        self.wait_until((gone / "run.safetensors").exists)
        shutil.rmtree(gone)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 2)
        self.assertRegex(stderr, "cannot write into 'lost': .+; cannot write into '/proc': .+; step [0-9]+ is not saved")

    def asked(self, name):
        """A run that cannot be saved in its folder any more, and the terminal on which it asks for another place."""
        gone = self.folder / name
        gone.mkdir()
        terminal, inside = pty.openpty()
        self.addCleanup(os.close, terminal)
        process = self.start_command(
            "train", *ENDLESS, "--out", f"{name}/run", *OFTEN, stdin=inside, stderr=inside
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        os.close(inside)
        self.wait_until((gone / "run").exists)
        shutil.rmtree(gone)
        process.send_signal(signal.SIGINT)
        self.assertIn("Another file for step", self.read_until(terminal, "]: "))
        return process, terminal

    def test_a_terminal_may_name_the_planned_place_again(self):
        process, terminal = self.asked("back")
        (self.folder / "back").mkdir()
        os.write(terminal, b"back/run\n")
        self.read_until(terminal, "--resume back/run")
        self.assertEqual(process.wait(TIMEOUT), 130)
        self.assertGreater(self.steps_of("back/run"), 0)

    def test_a_terminal_is_asked_for_another_place(self):
        process, terminal = self.asked("asked")
        os.write(terminal, b"nowhere/at/all\n")
        self.assertIn("nowhere/at/all", self.read_until(terminal, "]: "))
        os.write(terminal, b"elsewhere\n")
        self.read_until(terminal, "--resume elsewhere")
        process.wait(TIMEOUT)
        self.assertGreater(self.steps_of("elsewhere"), 0)

    def read_until(self, terminal, text):
        shown = ""
        deadline = time.monotonic() + TIMEOUT
        while text not in shown:
            ready, _, _ = select.select([terminal], [], [], deadline - time.monotonic())
            self.assertTrue(ready, shown)
            shown += os.read(terminal, 4096).decode()
        return shown


class Metrics(CommandTest):
    def rows(self, name):
        path = self.folder / name
        if name.endswith(".csv"):
            with path.open(newline="") as file:
                return [
                    {key: float(value) for key, value in row.items()} for row in csv.DictReader(file)
                ]
        return [json.loads(line) for line in path.read_text().splitlines()]

    def test_every_step_has_a_row(self):
        self.train("run", "--steps", "25", "--metrics", "m.csv")
        self.train("same", "--steps", "25", "--metrics", "m.jsonl")
        rows = self.rows("m.csv")
        self.assertEqual([row["step"] for row in rows], list(range(1, 26)))
        self.assertEqual(set(rows[0]), COLUMNS)
        self.assertEqual(self.rows("m.jsonl"), rows)

    def test_a_resumed_run_continues_its_rows_and_repeats_none(self):
        self.train("whole", "--steps", "20", "--metrics", "whole.csv")
        self.train("part", "--steps", "12", "--metrics", "part.csv")
        with (self.folder / "part.csv").open("a") as file:
            file.write("13,0,416,9,9,9,9\n14,0,4")  # of steps after the last save, the last cut off
        self.train("part", "--resume", "part", "--steps", "8", "--metrics", "part.csv")
        self.assertEqual(self.rows("part.csv"), self.rows("whole.csv"))

    def test_rows_that_cannot_be_written_are_told_once_and_the_run_is_still_saved(self):
        self.train("full", "--steps", "3")
        row = "3,0,96,0.5,0.5,0.5,0.5\n"
        metrics = self.folder / "full.csv"
        metrics.write_text("step\n" + row * (4_400_000 // len(row)))
        limit = metrics.stat().st_size + 1000

        def limit_files():
            reset_signals()
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = self.start_command(
            "train", *ENDLESS, *OFTEN, "--resume", "full", "--metrics", metrics,
            stderr=subprocess.PIPE, preexec_fn=limit_files,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        while "rows are missing" not in (told := process.stderr.readline()):
            self.assertNotEqual(told, "")
        before = self.steps_of("full")
        deadline = time.monotonic() + TIMEOUT
        while self.steps_of("full") <= before:
            self.assertLess(time.monotonic(), deadline)

    def test_copies_of_other_runs_stay(self):
        other = self.folder / "kept-20261128.safetensors"
        other.write_bytes(b"a backup")
        self.train("kept.safetensors", "--steps", "20", *OFTEN, "--keep", "1")
        self.assertEqual(other.read_bytes(), b"a backup")

    def test_another_ending_is_refused(self):
        arguments = ("train", "--data", "data", "--steps", "1", "--out", "x", "--metrics", "m.txt")
        self.assert_refused(arguments, "m.txt", ".csv", ".jsonl")
