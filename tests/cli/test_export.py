# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Exported models: smaller, with identical samples, and accepted by the other commands."""

import gzip
import json

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from support import CommandTest


class Export(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", "20")

    def export(self, model, name, *arguments):
        self.succeed("export", "--model", model, "--out", name, *arguments)
        return self.folder / name

    def test_full_precision_is_the_default_and_half_precision_halves_the_size(self):
        default = self.export(self.model, "default")
        full = self.export(self.model, "full", "--dtype", "f32")
        half = self.export(self.model, "half", "--dtype", "f16")
        self.assertEqual(default.read_bytes(), full.read_bytes())
        self.assertLess(half.stat().st_size, 0.51 * full.stat().st_size)
        self.assertLess(half.stat().st_size, 500_000)

    def test_fewer_significant_bits_are_the_nearest_and_gzip_makes_less_of_them(self):
        half = self.export(self.model, "half", "--dtype", "f16")
        rounded = self.export(self.model, "rounded", "--dtype", "f16", "--significant-bits", "6")
        self.assertEqual(rounded.stat().st_size, half.stat().st_size)
        self.assertLess(len(gzip.compress(rounded.read_bytes())), 0.8 * len(gzip.compress(half.read_bytes())))
        ours = load_file(rounded)
        for name, tensor in load_file(half).items():
            mantissa, exponent = np.frexp(tensor.astype(np.float64))  # a mantissa of at least 1/2
            nearest = np.ldexp(np.round(mantissa * 64), exponent - 6)  # to even
            normal = np.abs(tensor) >= 2**-14
            np.testing.assert_array_equal(ours[name][normal], nearest[normal], name)
        for arguments in (["--dtype", "f32"], ["--dtype", "bf16"], []):
            self.assert_refused(
                ["export", "--model", self.model, "--out", "x", "--significant-bits", "6", *arguments], "--dtype f16"
            )

    def test_full_precision_draws_the_samples_of_the_checkpoint(self):
        generator = self.export(self.model, "generator")
        self.succeed("sample", "--model", generator, "--out", "of-generator.safetensors")
        self.succeed("sample", "--model", self.model, "--out", "of-model.safetensors")
        self.assertEqual(
            (self.folder / "of-generator.safetensors").read_bytes(),
            (self.folder / "of-model.safetensors").read_bytes(),
        )

    def test_an_exported_generator_can_be_exported_again(self):
        generator = self.export(self.model, "once")
        self.assertEqual(self.export(generator, "twice").read_bytes(), generator.read_bytes())

    def test_an_exported_generator_keeps_its_preset_and_step(self):
        generator = self.export(self.model, "known", "--dtype", "f16")
        known = json.loads(self.succeed("info", "--json", "--model", generator))
        self.assertEqual((known["preset"], known["step"], known["trainable"]), ("seed", 20, False))

    def test_both_networks_can_be_exported_if_the_model_has_both(self):
        networks = self.export(self.model, "networks", "--discriminator")
        names = {name.split(".")[0] for name in load_file(networks)}
        self.assertEqual(names, {"generator", "discriminator"})
        self.assertIn("generator and discriminator, for", self.succeed("info", "--model", networks))
        self.assertEqual(
            self.export(networks, "g-of-networks").read_bytes(), self.export(self.model, "g").read_bytes()
        )
        self.assert_refused(
            ["export", "--model", "g", "--out", "x", "--discriminator"], "has no discriminator"
        )
        self.assert_refused(["train", "--resume", "networks"], "only networks")

    def test_never_replaces_the_model_by_its_networks(self):
        before = self.model.read_bytes()
        self.assert_refused(["export", "--model", self.model, "--out", self.model], "is the file that is read")
        self.assert_refused(["convert", self.model, f"./{self.model.name}"], "is the file that is read")
        self.assertEqual(self.model.read_bytes(), before)

    def test_rejects_weights_too_large_for_half_precision(self):
        tensors = load_file(self.model)
        tensors["generator.2.weight"][5, 7] = 70_000
        with safe_open(self.model, "np") as file:
            metadata = file.metadata()
        del metadata["ganvas.checksum"]
        save_file(tensors, self.folder / "large.safetensors", metadata)
        self.assert_refused(
            ["export", "--model", "large.safetensors", "--out", "x", "--dtype", "f16"], "f16", "generator.2.weight"
        )
        self.export(self.folder / "large.safetensors", "large-f32", "--dtype", "f32")
