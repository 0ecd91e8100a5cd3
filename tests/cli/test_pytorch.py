# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""PyTorch loads our files (names and layouts) and computes the same from them."""

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from support import CommandTest, first_digits


def generator():
    return nn.Sequential(nn.Linear(64, 256), nn.LeakyReLU(0.01), nn.Linear(256, 784), nn.Tanh())


def discriminator():
    return nn.Sequential(nn.Linear(784, 128), nn.LeakyReLU(0.01), nn.Linear(128, 1), nn.Sigmoid())


def without_prefix(tensors, prefix):
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


class PyTorch(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", "300", "--seed", "3")
        cls.tensors = load_file(cls.model)

    def export(self, dtype):
        out = self.folder / f"generator-{dtype}.safetensors"
        self.succeed("export", "--model", self.model, "--dtype", dtype, "--out", out)
        return out

    def assert_same_images(self, model):
        """PyTorch's generator maps our latents to our images."""
        network = generator()
        weights = {name: value.float() for name, value in without_prefix(load_file(model), "generator.").items()}
        network.load_state_dict(weights)
        self.succeed("sample", "--model", model, "--count", "100", "--out", "samples.safetensors")
        samples = load_file(self.folder / "samples.safetensors")
        with torch.no_grad():
            images = network(samples["latents"])
        self.assertLess((images - samples["images"]).abs().max().item(), 1e-5)
        self.assertGreater(images.std().item(), 0.1)  # trained enough to be more than uniform grey

    def test_the_generator_of_a_checkpoint_computes_the_same_images(self):
        self.assert_same_images(self.model)

    def test_an_exported_generator_computes_the_same_images(self):
        self.assert_same_images(self.export("f32"))

    def test_a_half_precision_generator_computes_the_same_images(self):
        for dtype in ("f16", "bf16"):
            self.assert_same_images(self.export(dtype))

    def test_an_exported_generator_has_exactly_the_weights_of_the_checkpoint(self):
        exported = load_file(self.export("f32"))
        expected = {name: value for name, value in self.tensors.items() if name.startswith("generator.")}
        self.assertEqual(set(exported), set(expected))
        for name, value in expected.items():
            self.assertTrue(torch.equal(exported[name], value), name)

    def test_half_precision_rounds_like_pytorch(self):
        for name, dtype in (("f16", torch.float16), ("bf16", torch.bfloat16)):
            exported = load_file(self.export(name))
            self.assertEqual(set(exported), {name for name in self.tensors if name.startswith("generator.")})
            for name, value in exported.items():
                self.assertEqual(value.dtype, dtype)
                self.assertTrue(torch.equal(value, self.tensors[name].to(dtype)), name)

    def test_the_discriminator_loads_and_separates_digits_from_samples(self):
        network = discriminator()
        network.load_state_dict(without_prefix(self.tensors, "discriminator."))
        pixels, _ = first_digits(100)
        digits = torch.from_numpy(np.frombuffer(pixels, np.uint8).copy()).float().reshape(100, 784)
        self.succeed("sample", "--model", self.model, "--count", "100", "--out", "fakes.safetensors")
        fakes = load_file(self.folder / "fakes.safetensors")["images"]
        with torch.no_grad():
            real, fake = network((digits / 255 - 0.5) / 0.5), network(fakes)
        self.assertGreater(real.mean().item(), fake.mean().item() + 0.1)

    def test_the_moments_load_into_adam_of_pytorch(self):
        for prefix, network in (("optimizer_g.", generator()), ("optimizer_d.", discriminator())):
            with self.subTest(prefix):
                moments = without_prefix(self.tensors, prefix)
                names = [name for name, _ in network.named_parameters()]
                kinds = ("exp_avg", "exp_avg_sq")
                self.assertEqual(set(moments), {f"{name}.{kind}" for name in names for kind in kinds})
                adam = torch.optim.Adam(network.parameters(), lr=3e-4)
                state = adam.state_dict()
                for index, (name, parameter) in enumerate(network.named_parameters()):
                    own = {kind: moments[f"{name}.{kind}"] for kind in kinds}
                    for kind in kinds:
                        self.assertEqual(own[kind].shape, parameter.shape)
                        self.assertTrue(own[kind].any())
                    self.assertTrue((own["exp_avg_sq"] >= 0).all())
                    state["state"][index] = {"step": torch.tensor(300.0), **own}
                adam.load_state_dict(state)
                network(torch.ones(1, network[0].in_features)).sum().backward()
                adam.step()

    def test_a_checkpoint_has_only_tensors_of_networks_and_optimizers(self):
        prefixes = ("generator.", "discriminator.", "optimizer_g.", "optimizer_d.")
        counts = [len(without_prefix(self.tensors, prefix)) for prefix in prefixes]
        self.assertEqual(counts, [4, 4, 8, 8])
        self.assertEqual(len(self.tensors), sum(counts))
        for name, value in self.tensors.items():
            self.assertEqual(value.dtype, torch.float32, name)

    def test_the_metadata_declares_the_pytorch_format(self):
        for path in (self.model, self.export("f16")):
            with safe_open(path, "pt") as file:
                self.assertEqual(file.metadata()["format"], "pt")
