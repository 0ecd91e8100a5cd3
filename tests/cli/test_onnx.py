# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Networks as ONNX files: valid by onnx's own checker, with the weights and names of the safetensors export, and with the
same images by onnx's reference evaluator."""

import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator
from safetensors.numpy import load_file

from support import CommandTest


def shapes(values):
    return {
        value.name: [axis.dim_param or axis.dim_value for axis in value.type.tensor_type.shape.dim] for value in values
    }


def weights(model):
    """The initialisers that are weights, as arrays."""
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    kinds = ("weight", "bias", "running_mean", "running_var")
    return {name: array for name, array in arrays.items() if name.split(".")[-1] in kinds}


class Onnx(CommandTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        refusal = cls.run_command("train", "--preset", "none").stderr
        cls.models = {
            preset: cls.train(f"{preset}.safetensors", "--preset", preset, "--examples", 200, "--steps", "2")
            for preset in re.search("known presets: (.*)", refusal)[1].split(", ")
        }

    def export(self, preset, *arguments):
        """The exported file, read and checked with full shape inference."""
        self.succeed("export", "--model", self.models[preset], "--out", "network.onnx", *arguments)
        model = onnx.load(self.folder / "network.onnx")
        onnx.checker.check_model(model, full_check=True)
        return model

    def exported_weights(self, preset, network):
        self.succeed("export", "--model", self.models[preset], "--out", "networks", "--discriminator")
        tensors = load_file(self.folder / "networks")
        return {
            name.removeprefix(network + "."): value for name, value in tensors.items() if name.startswith(network + ".")
        }

    def test_both_networks_of_every_preset_are_valid_and_have_the_exported_weights(self):
        for preset in self.models:
            for network in ("generator", "discriminator"):
                with self.subTest(preset=preset, network=network):
                    full = weights(self.export(preset, "--network", network))
                    half = weights(self.export(preset, "--network", network, "--dtype", "f16"))
                    expected = self.exported_weights(preset, network)
                    self.assertEqual(full.keys(), expected.keys())
                    self.assertEqual(half.keys(), expected.keys())
                    for name, value in expected.items():
                        np.testing.assert_array_equal(full[name], value, strict=True)
                        np.testing.assert_array_equal(half[name], value.astype(np.float16), strict=True)

    def test_the_generator_has_the_weights_of_the_moving_average(self):
        averaged = load_file(self.models["quick"])
        self.assertTrue(np.any(averaged["generator_average.1.weight"] != averaged["generator.1.weight"]))
        exported = weights(self.export("quick"))
        np.testing.assert_array_equal(exported["1.weight"], averaged["generator_average.1.weight"])

    def test_inputs_and_outputs_are_float32_batches_of_any_size(self):
        for dtype in ("f32", "f16"):
            with self.subTest(dtype):
                graph = self.export("quick", "--dtype", dtype).graph
                self.assertEqual(shapes(graph.input), {"latents": ["batch", 16], "labels": ["batch"]})
                self.assertEqual(shapes(graph.output), {"images": ["batch", 1, 28, 28]})
                types = [value.type.tensor_type.elem_type for value in (*graph.input, *graph.output)]
                self.assertEqual(types, [onnx.TensorProto.FLOAT, onnx.TensorProto.INT64, onnx.TensorProto.FLOAT])

    def test_a_discriminator_gives_logits_and_probabilities_or_a_score(self):
        column = ["batch", 1]
        expected = {
            "seed": {"logits": column, "probability": column},
            "acgan": {"logits": column, "probability": column, "class_logits": ["batch", 10]},
            "lsgan": {"score": column},
            "hinge": {"score": column},
            "pictures": {"score": column},
        }
        for preset, outputs in expected.items():
            with self.subTest(preset):
                graph = self.export(preset, "--network", "discriminator").graph
                self.assertEqual(shapes(graph.output), outputs)

    def test_old_runtimes_can_read_it_and_it_says_what_it_is(self):
        model = self.export("quick")
        self.assertEqual((model.ir_version, model.opset_import[0].version), (8, 17))
        self.assertEqual(
            {entry.key: entry.value for entry in model.metadata_props},
            {
                "ganvas.preset": "quick",
                "ganvas.seed": "1",
                "ganvas.step": "2",
                "ganvas.latent_size": "16",
                "ganvas.sample_shape": "(1, 28, 28)",
                "ganvas.value_range": "(-1, 1)",
                "ganvas.classes": "10",
            },
        )

    def test_the_reference_evaluator_draws_the_same_images(self):
        self.succeed("sample", "--model", self.models["quick"], "--count", "3", "--out", "samples.safetensors")
        samples = load_file(self.folder / "samples.safetensors")
        expected = samples["images"].reshape(3, 1, 28, 28)
        labels = np.array([0, 1, 2])
        [images] = ReferenceEvaluator(self.export("quick")).run(None, {"latents": samples["latents"], "labels": labels})
        np.testing.assert_allclose(images, expected, rtol=0, atol=1e-5)
        mixed = ReferenceEvaluator(self.export("quick", "--class-mix"))
        feeds = {"latents": samples["latents"], "class_weights": np.eye(10, dtype=np.float32)[labels]}
        np.testing.assert_allclose(mixed.run(None, feeds)[0], expected, rtol=0, atol=1e-5)

    def test_the_example_of_the_docs_draws_digits(self):
        self.succeed("convert", self.models["quick"].name, "G.onnx")
        path = self.folder / "G.onnx"
        shape = shapes(onnx.load(path).graph.input)["latents"]
        session = ReferenceEvaluator(str(path))
        session.get_inputs = lambda: [SimpleNamespace(shape=shape)]
        # Debian's onnxruntime prints a thousand schema errors, so onnx's evaluator takes its place.
        runtime = ModuleType("onnxruntime")
        runtime.InferenceSession = {"G.onnx": session}.__getitem__
        docs = (Path(__file__).parents[2] / "docs/onnx.md").read_text()
        [example] = re.findall(r"^```python\n(.*?)^```$", docs, re.DOTALL | re.MULTILINE)
        with patch.dict(sys.modules, onnxruntime=runtime), redirect_stdout(StringIO()) as printed:
            exec(example, {})
        self.assertEqual(printed.getvalue(), "10 x 1 x 28 x 28\n")

    def test_convert_writes_what_export_writes(self):
        model = self.models["quick"].name
        for name, arguments in (("one.onnx", ()), ("two.onnx", ("--network", "discriminator", "--dtype", "f16"))):
            self.succeed("convert", model, name, *arguments)
            self.succeed("export", "--model", model, "--out", "exported.onnx", *arguments)
            self.assertEqual((self.folder / name).read_bytes(), (self.folder / "exported.onnx").read_bytes())
        self.succeed("convert", model, "half.safetensors", "--dtype", "f16")
        self.succeed("export", "--model", model, "--out", "exported", "--discriminator", "--dtype", "f16")
        self.assertEqual((self.folder / "half.safetensors").read_bytes(), (self.folder / "exported").read_bytes())

    def test_no_format_is_written_or_read_under_another_name(self):
        model = self.models["seed"].name
        for name in ("x.pt", "x.png", "x.safetensors.gz"):
            self.assert_refused(["export", "--model", model, "--out", name], name, ".safetensors", ".onnx")
        for name in ("x", "x.pt", "onnx"):
            self.assert_refused(["convert", model, name], f"'{name}'", ".safetensors", ".onnx")
        self.succeed("convert", model, "written.onnx")
        self.assert_refused(["convert", "written.onnx", "x.safetensors"], "'written.onnx'", "ONNX")
        (self.folder / "named.safetensors").write_bytes((self.folder / "written.onnx").read_bytes())
        self.assert_refused(["convert", "named.safetensors", "x.onnx"], "named.safetensors", "not a safetensors file")

    def test_refuses_what_a_model_or_format_does_not_have(self):
        self.succeed("export", "--model", self.models["seed"], "--out", "g.safetensors")
        discriminator = ("--network", "discriminator")
        self.assert_refused(["convert", "g.safetensors", "x.onnx", *discriminator], "no discriminator")
        self.assert_refused(["convert", "g.safetensors", "x.onnx", "--class-mix"], "classes")
        self.assert_refused(["convert", "g.safetensors", "x.safetensors", *discriminator], "--network", ".onnx")
        both = ["export", "--model", self.models["seed"], "--out", "x.onnx", "--discriminator"]
        self.assert_refused(both, "--network discriminator")
