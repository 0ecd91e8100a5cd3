# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Progress output (a bar on a terminal, lines in a log, JSON for programs) and help texts."""

import contextlib
import fcntl
import json
import math
import os
import pty
import re
import signal
import struct
import termios

from support import EXAMPLES, STEPS_PER_EPOCH, TIMEOUT, CommandTest

FIGURES = r"lossD \d+\.\d+ lossG \d+\.\d+ D\(x\) [01]\.\d+ D\(G\(z\)\) [01]\.\d+"


class Json(CommandTest):
    def reports(self, *arguments):
        lines = self.succeed("train", "--data", "data", "--out", "json", "--json", *arguments).splitlines()
        return [json.loads(line) for line in lines]

    def test_every_object_has_the_step_and_its_metrics(self):
        reports = self.reports("--steps", "9")
        self.assertEqual([report["event"] for report in reports], ["progress"] * 8 + ["done"])
        for number, report in enumerate(reports):
            self.assertEqual(report["step"], number + 1)
            self.assertEqual(report["epoch"], number // STEPS_PER_EPOCH)
            epochs, batches = divmod(number + 1, STEPS_PER_EPOCH)
            self.assertEqual(report["imagesSeen"], epochs * EXAMPLES + batches * 32)
            for loss in ("lossD", "lossG"):
                self.assertTrue(math.isfinite(report[loss]) and report[loss] > 0)
            for probability in ("dReal", "dFake"):
                self.assertTrue(0 < report[probability] < 1)
            self.assertGreater(report["stepsPerSecond"], 0)
        self.assertEqual(reports[-1]["out"], "json")

    def test_equal_runs_differ_only_in_the_times(self):
        def without_times(report):
            return {key: value for key, value in report.items() if "econd" not in key}

        first, second = self.reports("--steps", "40"), self.reports("--steps", "40", "--threads", "1")
        self.assertEqual([without_times(r) for r in first], [without_times(r) for r in second])
        self.assertNotEqual(first[0]["lossD"], first[-1]["lossD"])

    def test_a_report_has_the_means_since_the_previous_report(self):
        every_step = self.reports("--steps", "100")
        every_other = self.reports("--steps", "101")
        self.assertEqual((len(every_step), len(every_other)), (100, 51))
        for key in ("lossD", "lossG", "dReal", "dFake"):
            mean = (every_step[2][key] + every_step[3][key]) / 2
            self.assertAlmostEqual(every_other[1][key], mean, places=12)

    def test_invalid_utf8_in_a_file_name_is_replaced(self):
        name = os.fsdecode("数".encode() + b"\xff.model")
        done = self.succeed("train", "--data", "data", "--steps", "1", "--json", "--out", name).splitlines()[-1]
        self.assertEqual(json.loads(done)["out"], "数\ufffd.model")
        self.assertTrue((self.folder / name).exists())

    def test_reports_follow_the_absolute_step_of_a_resumed_run(self):
        self.train("start", "--steps", "5")
        reports = self.reports("--resume", "start", "--steps", "3")
        self.assertEqual([report["step"] for report in reports], [6, 7, 8])


class Text(CommandTest):
    def test_without_a_terminal_prints_plain_lines(self):
        done = self.run_command("train", "--data", "data", "--steps", "20", "--out", "lines")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")
        self.assertNotIn("\r", done.stderr)
        self.assertNotIn("\x1b", done.stderr)
        self.assertRegex(done.stderr, rf"\Astep 20/20 epoch 3 [\d,]+ steps/s ETA 0:00 {FIGURES}\n")
        self.assertRegex(done.stderr, r"\ndone after 20 steps in \d:\d\d; saved step 20 to lines\n\Z")

    def test_on_a_terminal_redraws_a_bar_that_fits(self):
        process, output = self.on_a_terminal(100, "--steps", "100000", enough_bars=3)
        self.assertEqual(process.returncode, 130)
        bars = self.bars(output)
        self.assertGreaterEqual(len(bars), 3)
        for bar in bars:
            self.assertRegex(bar, rf"\A +\d+% \[=*> +\] [\d,]+ steps/s ETA [\d:]+ {FIGURES}\Z")
            self.assertLess(len(bar), 100)

    def test_the_bar_is_full_at_the_end_and_its_line_ends(self):
        process, output = self.on_a_terminal(90, "--steps", "20")
        self.assertEqual(process.returncode, 0)
        self.assertRegex(self.bars(output)[-1], rf"\A100% \[=+\] [\d,]+ steps/s ETA 0:00 {FIGURES}\Z")
        self.assertRegex(output, r"\r\ndone after 20 steps in 0:\d\d; saved step 20 to bar\r\n\Z")

    def test_on_a_narrow_terminal_the_bar_never_wraps(self):
        process, output = self.on_a_terminal(40, "--steps", "20")
        self.assertEqual(process.returncode, 0)
        self.assertTrue(self.bars(output))
        for bar in self.bars(output):
            self.assertLess(len(bar), 40)

    def test_a_terminal_that_cannot_redraw_gets_plain_lines(self):
        _, output = self.on_a_terminal(90, "--steps", "20", terminal_type="dumb")
        self.assertNotIn("\x1b", output)
        self.assertTrue(output.startswith("step 20/20"))

    def bars(self, output):
        return [line.replace("\x1b[K", "") for line in re.split(r"[\r\n]+", output) if "steps/s" in line]

    def on_a_terminal(self, columns, *arguments, terminal_type="xterm", enough_bars=None):
        """Runs on a terminal and returns the process and its output; sends Ctrl-C after `enough_bars` bars."""
        reader, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
        process = self.start_command(
            "train", "--data", "data", "--out", "bar", *arguments,
            stderr=terminal, env={**os.environ, "TERM": terminal_type},
        )
        self.addCleanup(process.kill)
        os.close(terminal)
        output = ""
        # Reading fails once the command, the last process on the terminal, has ended.
        with contextlib.suppress(OSError):
            while chunk := os.read(reader, 4096):
                output += chunk.decode()
                if enough_bars and len(self.bars(output)) >= enough_bars:
                    process.send_signal(signal.SIGINT)
                    enough_bars = None
        os.close(reader)
        process.wait(TIMEOUT)
        return process, output


class Help(CommandTest):
    def test_help_of_each_command_has_examples_within_100_columns(self):
        for command in ("train", "sample", "info", "export"):
            with self.subTest(command=command):
                text = self.succeed(command, "--help")
                self.assertIn("Example", text)
                self.assertIn(f"\n  ganvas {command} --", text)
                self.assertLessEqual(max(map(len, text.splitlines())), 100)

    def test_main_help_lists_the_commands_and_exit_codes(self):
        text = self.succeed("--help")
        for expected in ("train", "sample", "info", "export", "130"):
            self.assertIn(expected, text)

    def test_version(self):
        self.assertRegex(self.succeed("--version"), r"\Aganvas \d+\.\d+\.\d+\n\Z")
