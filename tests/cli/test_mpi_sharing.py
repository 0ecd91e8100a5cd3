# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The scripts of tests/bench share their rows among the processes of mpirun."""

import json
import subprocess
import sys
from pathlib import Path

from mpi_support import LAUNCHER, MpiTest
from support import TIMEOUT

BENCH = Path(__file__).resolve().parents[1] / "bench"
SCRIPT = """
import json, os, ranks
rows = list(ranks.shared(list(range(7)), lambda i: [i * i, ranks.RANK, "PMIX_RANK" in os.environ]))
if ranks.RANK == 0: print(json.dumps(rows))
else: assert rows == []
"""


class Sharing(MpiTest):
    def test_the_first_process_has_all_rows_in_their_order(self):
        for ranks in (1, 3):
            with self.subTest(ranks=ranks):
                options = self.options(())
                done = subprocess.run(
                    [*LAUNCHER, "-np", str(ranks), sys.executable, "-B", "-c", SCRIPT], capture_output=True, timeout=TIMEOUT,
                    env={**options["env"], "PYTHONPATH": str(BENCH)}, encoding="utf-8", check=True,
                )  # fmt: skip
                # What a row starts is not started by mpirun.
                self.assertEqual(json.loads(done.stdout), [[i * i, i % ranks, False] for i in range(7)])
