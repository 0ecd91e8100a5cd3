# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Makes the given test program write a safetensors file and reads it with Python's library."""

import os
import pathlib
import subprocess
import sys
import tempfile

import torch
from safetensors import safe_open


def main(test_program):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "ours.safetensors"
        subprocess.run(
            [test_program, "[.write-for-python]"],
            env={**os.environ, "GANVAS_WRITE_FOR_PYTHON": str(path)},
            check=True,
        )
        thirds = torch.arange(6, dtype=torch.float32) / 3
        expected = {
            "f16": torch.tensor([1, 2**-24, 65504], dtype=torch.float16),
            "f32": thirds.reshape(2, 3),
            "scalar": torch.tensor(1.5),
            "empty": torch.zeros(0, 3),
            "four_axes": thirds.reshape(1, 2, 1, 3),
        }
        with safe_open(path, "pt") as file:
            assert file.metadata() == {"format": "pt", "note": 'digits "数字" \\'}, file.metadata()
            assert set(file.keys()) == set(expected), file.keys()
            for name, tensor in expected.items():
                ours = file.get_tensor(name)
                assert ours.dtype == tensor.dtype, name
                assert ours.shape == tensor.shape, name
                assert torch.equal(ours, tensor), name
    print("Python's safetensors read all", len(expected), "tensors")


if __name__ == "__main__":
    main(sys.argv[1])
