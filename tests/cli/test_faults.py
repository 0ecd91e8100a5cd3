# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Whatever call of these kinds fails once, the command ends with a sentence, and no file is lost.

fail_once.cpp makes the n-th call of a kind fail, and every n is tried; of allocations, of which there are thousands, some
hundred, or all if GANVAS_EVERY_ALLOCATION is set. From the n-th on, all allocations fail as well.
"""

import json
import os
import shutil
import subprocess
import zipfile

from picture_support import painted
from PIL import Image
from support import IMAGES, LABELS, MNIST, TIMEOUT, CommandTest, write_digits

COMMAND = os.environ["GANVAS_DYNAMIC_COMMAND"]
FAIL_ONCE = os.environ["GANVAS_FAIL_ONCE"]
CALLS = ("open", "read", "write", "fsync", "rename", "close")
ALLOCATIONS = ("allocation", "memory")
SAMPLED = 100

POINTS = {
    "preset": "toy2d",
    "batch_size": 4,
    "generator": {"layers": [{"type": "linear", "out_features": 2}]},
    "discriminator": {"layers": [{"type": "linear", "out_features": 1}, {"type": "sigmoid"}]},
}


def numbers(kind, calls):
    """Which of so many calls of a kind are to fail."""
    every = kind in CALLS or "GANVAS_EVERY_ALLOCATION" in os.environ
    return range(1, calls + 1, 1 if every else max(1, calls // SAMPLED))


class Faults(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.folder / "refuge").mkdir()
        (cls.folder / "points.json").write_text(json.dumps(POINTS))
        cls.train("model.safetensors", "--preset", "seed", "--steps", "1")
        cls.succeed("train", "--config", "points.json", "--steps", "2", "--out", "points.safetensors")
        write_digits(cls.folder / "both", 40, zipped=False)
        for name in (IMAGES, LABELS):
            shutil.copy(cls.folder / "both" / name, cls.folder / "both" / name.replace("train", "t10k"))

    def run_failing(self, arguments, folder, kind, at):
        count = self.folder / "count"
        count.unlink(missing_ok=True)
        options = self.options(arguments)
        options["args"][0] = COMMAND
        done = subprocess.run(
            **{**options, "cwd": folder},
            env={
                **os.environ,
                "LD_PRELOAD": FAIL_ONCE,
                "GANVAS_FAIL_KIND": kind,
                "GANVAS_FAIL_AT": str(at),
                "GANVAS_FAIL_COUNT": str(count),
                "OMP_NUM_THREADS": "1",
                "TMPDIR": str(self.folder / "refuge"),
            },
            capture_output=True,
            timeout=TIMEOUT,
        )
        return done, int(count.read_text()) if count.exists() else None

    def files_of(self, folder):
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    def survive(self, name, arguments, given=(), kinds=CALLS + ALLOCATIONS):
        """Runs the command with one call after another failing. `given` are files of the test's folder that it starts with."""
        folder = self.folder / name
        table = []

        def afresh():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for file in given:
                shutil.copy(self.folder / file, folder)
            return self.files_of(folder)

        before = afresh()
        whole_run, _ = self.run_failing(arguments, folder, "open", 0)
        self.assertEqual(whole_run.returncode, 0, whole_run)
        after = self.files_of(folder)
        for kind in kinds:
            afresh()
            _, calls = self.run_failing(arguments, folder, kind, 0)
            if kind in ("open", "read", *ALLOCATIONS) or after != before:
                self.assertGreater(calls, 0, f"{name}: {kind}")
            outcomes = {0: 0, 2: 0}
            for at in numbers(kind, calls):
                afresh()
                done, _ = self.run_failing(arguments, folder, kind, at)
                where = f"{name}: {kind} {at} of {calls} fails: {done}"
                self.assertIn(done.returncode, outcomes, where)
                outcomes[done.returncode] += 1
                said = [line for line in done.stderr.splitlines() if line.startswith("ganvas: ")]
                self.assertEqual(len(said), 1 if done.returncode == 2 else 0, where)
                found = self.files_of(folder)
                for file, content in found.items():
                    whole = [state[file] for state in (before, after) if file in state]
                    self.assertIn(content, whole, f"{where}: {file} is neither as before nor as after")
                for file in before:
                    self.assertIn(file, found, f"{where}: {file} is gone")
                if done.returncode == 0:
                    self.assertEqual(set(found), set(after), where)
                    self.assertEqual(done.stdout, whole_run.stdout, where)
            table.append((kind, sum(outcomes.values()), calls, outcomes[2], outcomes[0]))
        for row in table:
            print("%s: %s: %d of %d calls failed, %d told, %d harmless" % (name, *row))

    def test_training(self):
        self.survive("train", ["train", "--resume", "points.safetensors", "--steps", "2"],
                     given=["points.safetensors"])

    def test_sampling(self):
        self.survive("sample", ["sample", "--model", "points.safetensors", "--out", "drawn.safetensors"],
                     given=["points.safetensors"])
        self.survive("draw", ["sample", "--model", "../model.safetensors", "--out", "digits.png", "--count", "4"])

    def test_exporting(self):
        for out in ("g.safetensors", "g.onnx"):
            self.survive("export", ["export", "--model", "points.safetensors", "--out", out], given=["points.safetensors"])

    def test_evaluating(self):
        judge = MNIST.parent / "models/judge.safetensors"
        self.survive("eval", ["eval", "--model", "../model.safetensors", "--data", "../both", "--judge", judge, "--count", "100"])

    def test_reading_pictures(self):
        self.survive("pictures", ["pictures", "--data", "../data", "--out", "sheet.png"])

    def test_decoding_pictures(self):
        folder = self.folder / "files"
        folder.mkdir()
        painted(40, 30).save(folder / "a.png")
        painted(40, 30, "P").save(folder / "b.png", transparency=1)
        sideways = Image.Exif()
        sideways[0x0112] = 6
        painted(40, 30).save(folder / "c.jpg", exif=sideways, progressive=True)
        with zipfile.ZipFile(self.folder / "files.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(folder.iterdir()):
                packed.write(file, file.name)
        # A picture that cannot be opened or read is left out, which the command tells.
        for data in ("files", "files.zip"):
            self.survive(f"decode {data}", ["pictures", "--data", f"../{data}", "--out", "sheet.png"], kinds=ALLOCATIONS)
