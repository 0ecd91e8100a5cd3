# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The first stop signal saves the run and ends it; the second ends it without saving."""

import fcntl
import json
import os
import re
import shlex
import signal
import struct
import subprocess
import termios
import time
import unittest

from support import TIMEOUT, CommandTest, write_digits

FOR_DAYS = ("--data", "data", "--steps", "1000000000")


class Interruption(CommandTest):
    def wait_until(self, condition):
        deadline = time.monotonic() + TIMEOUT
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def unread(self, process):
        """Number of unread bytes in the pipe of its standard output."""
        return struct.unpack("i", fcntl.ioctl(process.stdout, termios.FIONREAD, bytes(4)))[0]

    def is_stable(self, value):
        before = value()
        time.sleep(0.5)
        return value() == before

    def start_training(self, out, *arguments, run=FOR_DAYS):
        """Starts a run and waits for its first grid of samples, so that training is under way."""
        grids = self.folder / (out + "-grids")
        process = self.start_command(
            "train", *run, "--out", out, "--samples-every", "20", grids, *arguments,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.wait_until((grids / "step-00000020.png").exists)
        self.assertIsNone(process.poll())
        return process

    def assert_saved_like_an_uninterrupted_run(self, out):
        model = self.folder / out
        steps = json.loads(self.succeed("info", "--json", "--model", model))["step"]
        self.assertGreaterEqual(steps, 20)
        uninterrupted = self.train("uninterrupted", "--steps", steps)
        self.assertEqual(model.read_bytes(), uninterrupted.read_bytes())
        return steps

    def test_ctrl_c_finishes_the_step_and_saves(self):
        process = self.start_training("stopped")
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT)
        self.assertEqual(process.returncode, 130)
        steps = self.assert_saved_like_an_uninterrupted_run("stopped")
        self.assertIn("interrupted", stderr)
        self.assertIn(f"saved step {steps:,} to stopped\n", stderr)

    def test_the_command_that_it_names_takes_the_steps_that_are_left(self):
        write_digits(self.folder / "other digits")
        process = self.start_training(
            "it's", run=("--data", "other digits", "--invert", "--steps", "5000")
        )
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=TIMEOUT)
        command = re.search("^resume with: ganvas (.+)$", stderr, re.MULTILINE)[1]
        self.succeed(*shlex.split(command))
        self.assertEqual(self.steps_of("it's"), 5000)

    def test_kill_and_a_closed_terminal_also_save(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number.name):
                process = self.start_training(number.name)
                process.send_signal(number)
                process.communicate(timeout=TIMEOUT)
                self.assertEqual(process.returncode, 130)
                self.assert_saved_like_an_uninterrupted_run(number.name)

    def test_an_ignored_hangup_stays_ignored(self):
        process = self.start_command(
            "train", *FOR_DAYS, "--out", "nohup", stderr=subprocess.DEVNULL,
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
        )
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        time.sleep(0.5)
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assertIsNone(process.poll())

    def test_json_ends_with_an_interrupted_event(self):
        process = self.start_training("json", "--json")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=TIMEOUT)
        last = json.loads(stdout.splitlines()[-1])
        self.assertEqual((last["event"], last["out"]), ("interrupted", "json"))
        self.assertEqual(last["step"], self.assert_saved_like_an_uninterrupted_run("json"))
        self.assertEqual(stderr, "")

    def test_a_closed_output_pipe_stops_the_run_and_saves(self):
        process = self.start_command(
            "train", *FOR_DAYS, "--json", "--out", "unread", stdout=subprocess.PIPE
        )
        self.addCleanup(process.kill)
        process.stdout.close()
        self.assertEqual(process.wait(TIMEOUT), 130)
        steps = json.loads(self.succeed("info", "--json", "--model", "unread"))["step"]
        # The first report, which cannot be written, would come after ten million steps.
        self.assertLess(steps, 10_000_000)

    def test_a_closed_output_pipe_stops_the_run_where_its_signal_is_ignored(self):
        process = self.start_command(
            "train", "--data", "data", "--steps", "10000", "--json", "--out", "ignored", stdout=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_IGN), restore_signals=False,
        )
        self.addCleanup(process.kill)
        self.assertEqual(json.loads(process.stdout.readline())["step"], 100)
        process.stdout.close()
        self.assertEqual(process.wait(TIMEOUT), 130)
        steps = json.loads(self.succeed("info", "--json", "--model", "ignored"))["step"]
        self.assertLess(steps, 10_000)

    @unittest.skipIf("thread" in os.environ["GANVAS_SANITIZE"], "ThreadSanitizer delays signals during blocking calls")
    def test_a_second_ctrl_c_ends_a_run_that_cannot_finish_its_step(self):
        # Nothing reads the reports, so the run blocks on a full pipe.
        process = self.start_command(
            "train", "--data", "data", "--steps", "100", "--json", "--out", "hung", stdout=subprocess.PIPE, pipesize=4096
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        self.wait_until(lambda: self.unread(process) > 3000 and self.is_stable(lambda: self.unread(process)))
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(TIMEOUT), -signal.SIGINT)
        self.assertFalse((self.folder / "hung").exists())
