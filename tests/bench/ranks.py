# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Work that the processes of mpirun or srun share: each takes every N-th item, and the first one collects what they find.

They need nothing but a folder in common. The programs that they start run by themselves: importing this hides the launcher.
"""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each launcher's rank, number of ranks, and name of the job: Open MPI's, MPICH's, Slurm's.
LAUNCHERS = [
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "PMIX_NAMESPACE"),
    ("PMI_RANK", "PMI_SIZE", "PMI_JOBID"),
    ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_JOB_ID"),
]


def place():
    """(rank, number of ranks, name of the job) of this process."""
    for names in LAUNCHERS:
        if all(name in os.environ for name in names[:2]):
            rank, ranks, job = (os.environ.get(name, "job") for name in names)
            return int(rank), int(ranks), job.replace("/", "_")
    return 0, 1, "job"


RANK, RANKS, JOB = place()
for variable in list(os.environ):
    if variable.startswith(("OMPI_COMM_WORLD_", "PMIX_", "PMI_")):
        del os.environ[variable]


def shared(items, work):
    """Yields work(item), which has to be what JSON can hold, of all items in their order; but nothing on other ranks than the first."""
    folder = ROOT / "build" / "ranks" / JOB
    files = [folder / f"{i}-{hashlib.sha256(repr(item).encode()).hexdigest()[:12]}.json" for i, item in enumerate(items)]
    if RANK > 0:
        folder.mkdir(parents=True, exist_ok=True)
        for file, item in list(zip(files, items, strict=True))[RANK::RANKS]:
            part = file.with_suffix(".part")
            part.write_text(json.dumps(work(item)))
            part.rename(file)
        return
    own = {}
    told = 0
    for i in range(0, len(items), RANKS):
        own[i] = work(items[i])
        while told in own or (told < len(items) and files[told].exists()):
            yield own[told] if told in own else json.loads(files[told].read_text())
            told += 1
    for i in range(told, len(items)):
        while i not in own and not files[i].exists():  # a launcher ends all processes when one of them fails
            time.sleep(0.1)
        yield own[i] if i in own else json.loads(files[i].read_text())
    shutil.rmtree(folder, ignore_errors=True)
