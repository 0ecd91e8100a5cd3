# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A checksum survives other programs that leave the contents alone, and only those."""

import ctypes
import struct

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from support import CommandTest

XXH32 = ctypes.CDLL("libxxhash.so.0").XXH32
XXH32.argtypes = ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint32
XXH32.restype = ctypes.c_uint32
DTYPES = {torch.float16: 0, torch.float32: 1, torch.bfloat16: 3}


def checksum(metadata, tensors):
    """As src/io/checksum.h describes it, by xxHash's own library."""
    entries = [(key.encode(), value.encode()) for key, value in metadata.items() if key != "ganvas.checksum"]
    for name, tensor in tensors.items():
        extents = [*tensor.shape, 0, 0, 0, 0][:4]
        description = struct.pack("<6I", DTYPES[tensor.dtype], *extents, tensor.dim())
        stored = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor  # NumPy lacks it
        entries.append((name.encode(), description, stored.numpy().tobytes()))
    total = 0
    for entry in entries:
        value = 0
        for part in entry:
            value = XXH32(part, len(part), value)
        total += value
    return f"{total % 2**32:08x}"


class Checksum(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", "3")
        cls.tensors = load_file(cls.model)
        with safe_open(cls.model, "pt") as file:
            cls.metadata = file.metadata()

    def test_is_that_of_the_xxhash_library(self):
        for arguments in ([], ["--dtype", "f16"], ["--dtype", "bf16"], ["--dtype", "f16", "--significant-bits", "6"], ["--discriminator"]):
            with self.subTest(arguments=arguments):
                self.succeed("export", "--model", self.model, "--out", "networks.safetensors", *arguments)
                with safe_open(self.folder / "networks.safetensors", "pt") as file:
                    metadata = file.metadata()
                tensors = load_file(self.folder / "networks.safetensors")
                self.assertEqual(metadata["ganvas.checksum"], checksum(metadata, tensors))
        self.assertEqual(self.metadata["ganvas.checksum"], checksum(self.metadata, self.tensors))

    def test_holds_when_another_program_orders_tensors_and_metadata_anew(self):
        for _ in range(5):  # safetensors writes metadata in random order
            save_file(self.tensors, self.folder / "again.safetensors", self.metadata)
            self.assertNotEqual((self.folder / "again.safetensors").read_bytes(), self.model.read_bytes())
            self.assertNotIn("checksum", self.succeed("info", "--model", "again.safetensors"))

    def test_tells_weights_that_another_program_changed_and_how_to_go_on(self):
        changed = {**self.tensors, "generator.0.bias": self.tensors["generator.0.bias"] + 1}
        save_file(changed, self.folder / "changed.safetensors", self.metadata)
        self.assert_refused(
            ["info", "--model", "changed.safetensors"], "damaged, or changed by another program", "remove ganvas.checksum"
        )
        metadata = {key: value for key, value in self.metadata.items() if key != "ganvas.checksum"}
        save_file(changed, self.folder / "changed.safetensors", metadata)
        self.assertIn(", without a checksum)", self.succeed("info", "--model", "changed.safetensors"))
        self.assertIn('"hasChecksum": false', self.succeed("info", "--json", "--model", "changed.safetensors"))
        self.assertIn('"hasChecksum": true', self.succeed("info", "--json", "--model", self.model))
