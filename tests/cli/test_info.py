# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The info command agrees with the tensors in the file."""

import json
import re

from safetensors.numpy import load_file

from support import EXAMPLES, STEPS_PER_EPOCH, CommandTest


class Info(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.train("model.safetensors", "--steps", STEPS_PER_EPOCH + 1, "--seed", "42")
        cls.succeed("export", "--model", cls.model, "--dtype", "f16", "--out", "half.safetensors")

    def info(self, name):
        return json.loads(self.succeed("info", "--json", "--model", name))

    def test_json_has_the_run_and_its_size(self):
        info = self.info("model.safetensors")
        expected = {
            "preset": "seed",
            "seed": 42,
            "step": STEPS_PER_EPOCH + 1,
            "imagesSeen": EXAMPLES + 32,
            "examples": EXAMPLES,
            "batchSize": 32,
            "latentSize": 64,
            "sampleShape": [784],
            "trainable": True,
            "dtype": "F32",
            "fileSize": self.model.stat().st_size,
        }
        self.assertEqual({key: info[key] for key in expected}, expected)

    def test_json_has_every_layer_with_the_shapes_of_its_tensors(self):
        info = self.info("model.safetensors")
        tensors = load_file(self.model)
        for network, types in (
            ("generator", ["linear", "leaky_relu", "linear", "tanh"]),
            ("discriminator", ["linear", "leaky_relu", "linear", "sigmoid"]),
        ):
            layers = info[network]["layers"]
            self.assertEqual([layer["type"] for layer in layers], types)
            shapes = {
                f"{network}.{index}.{name}": tuple(shape)
                for index, layer in enumerate(layers)
                for name, shape in layer.get("parameters", {}).items()
            }
            weights = {name: value for name, value in tensors.items() if name.startswith(network)}
            self.assertEqual(shapes, {name: value.shape for name, value in weights.items()})
            self.assertEqual(info[network]["parameterCount"], sum(value.size for value in weights.values()))
            self.assertEqual(
                info[network]["optimizer"],
                {
                    "type": "adam",
                    "lr": 3e-4,
                    "beta1": 0.9,
                    "beta2": 0.999,
                    "eps": 1e-8,
                    "weight_decay": 0,
                    "lr_decay_steps": 0,
                },
            )

    def test_json_of_an_exported_generator_has_no_discriminator(self):
        info = self.info("half.safetensors")
        self.assertEqual((info["trainable"], info["dtype"]), (False, "F16"))
        self.assertIn("generator", info)
        self.assertNotIn("discriminator", info)

    def test_text_has_the_same_values(self):
        text = self.succeed("info", "--model", "model.safetensors")
        for line in (
            r"preset +seed, seed 42",
            rf"trained +{STEPS_PER_EPOCH + 1} steps of 32 images: {EXAMPLES + 32} images, of {EXAMPLES} examples",
            r"generator: 218,128 parameters, adam lr 0\.0003.*",
            r" +0 +linear +weight \(256, 64\)  bias \(256,\)  16,640",
            r" +2 +linear +weight \(784, 256\)  bias \(784,\)  201,488",
            r"discriminator: 100,609 parameters.*",
            r" +1 +leaky_relu +negative_slope 0\.01",
            r" +3 +sigmoid",
        ):
            self.assertTrue(re.search(rf"^{line}$", text, re.MULTILINE), (line, text))

    def test_text_of_an_exported_generator_has_no_discriminator(self):
        text = self.succeed("info", "--model", "half.safetensors")
        self.assertIn("generator only", text)
        self.assertIn("F16", text)
        self.assertNotIn("discriminator", text)
