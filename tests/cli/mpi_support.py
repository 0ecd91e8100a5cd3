# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Runs the command under mpirun, with more ranks than there are cores if need be."""

import os
import shlex
import subprocess

from support import COMMAND, TIMEOUT, CommandTest

LAUNCHER = ("mpirun", "--oversubscribe", "--bind-to", "none")


class MpiTest(CommandTest):
    @classmethod
    def options(cls, arguments):
        as_root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
        here = {"OMPI_MCA_btl": "self,sm"}  # not over networks, which containers may lack
        return {**super().options(arguments), "env": {**os.environ, **as_root, **here}}

    @classmethod
    def mpi_options(cls, ranks, arguments, wrapper=()):
        options = cls.options(arguments)
        return {**options, "args": [*LAUNCHER, "-np", str(ranks), *wrapper, *options["args"]]}

    @classmethod
    def run_ranks(cls, ranks, *arguments):
        """Returns the finished mpirun, with any exit code."""
        return subprocess.run(**cls.mpi_options(ranks, arguments), capture_output=True, timeout=TIMEOUT)

    @classmethod
    def start_ranks(cls, ranks, *arguments, wrapper=()):
        """Returns the running mpirun; `wrapper` is a command that runs each rank."""
        options = cls.mpi_options(ranks, arguments, wrapper)
        return subprocess.Popen(**options, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @classmethod
    def run_each(cls, *commands):
        """Gives each rank arguments of its own."""
        cases = (f"{rank}) exec {shlex.join([COMMAND, *map(str, c)])};;" for rank, c in enumerate(commands))
        script = f"case $PMIX_RANK in {' '.join(cases)} esac"
        options = {**cls.options(()), "args": [*LAUNCHER, "-np", str(len(commands)), "sh", "-c", script]}
        return subprocess.run(**options, capture_output=True, timeout=TIMEOUT)

    @classmethod
    def train_on(cls, ranks, out, *arguments):
        """Trains on data/ and returns the bytes of the checkpoint."""
        done = cls.run_ranks(ranks, "train", "--data", "data", "--out", out, *arguments)
        if done.returncode != 0:
            raise AssertionError(f"{ranks} ranks exit with {done.returncode}: {done.stderr}")
        return (cls.folder / out).read_bytes()

    def assert_one_reason(self, done, *fragments):
        """mpirun fails; of all ranks, one tells why, in one line with these fragments."""
        self.assertNotEqual(done.returncode, 0, done)
        told = [line for line in done.stderr.splitlines() if line.startswith("ganvas: ")]
        self.assertEqual(len(told), 1, done.stderr)
        for fragment in fragments:
            self.assertIn(fragment, told[0])
