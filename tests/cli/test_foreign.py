# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Networks that PyTorch saved draw the same samples here as there."""

import json
import struct
import subprocess
import sys

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from support import CommandTest


def tutorial(slope=0.01, hidden=(256,)):
    layers, features = [], 64
    for size in hidden:
        layers += [nn.Linear(features, size), nn.LeakyReLU(slope)]
        features = size
    return nn.Sequential(*layers, nn.Linear(features, 784), nn.Tanh())


def critic():
    return nn.Sequential(nn.Linear(784, 128), nn.LeakyReLU(0.01), nn.Linear(128, 1), nn.Sigmoid())


def dcgan():
    network = nn.Sequential(
        *(nn.Linear(64, 6272), nn.BatchNorm1d(6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7))),
        *(nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU()),
        *(nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh()),
    )
    network(torch.randn(16, 64))  # running statistics that are not the initial ones
    return network.eval()


class NamedLayers(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(64, 256), nn.Linear(256, 784)

    def forward(self, noise):
        return torch.tanh(self.fc2(nn.functional.leaky_relu(self.fc1(noise), 0.01)))


class Foreign(CommandTest):
    def setUp(self):
        torch.manual_seed(1)

    def save(self, tensors, metadata=None):
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, self.folder / "foreign", metadata)

    def assert_draws_like(self, network, *options, tolerance=1e-5):
        """Draws from the file, and returns what the command says of it."""
        done = self.run_command("sample", "--model", "foreign", "--count", "30", "--out", "s.safetensors", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        samples = load_file(self.folder / "s.safetensors")
        with torch.no_grad():
            images = network(samples["latents"]).flatten(1)
        self.assertLess((images - samples["images"]).abs().max().item(), tolerance)
        return done.stderr

    def assert_refused_with(self, *fragments, options=()):
        self.assert_refused(["info", "--model", "foreign", *options], *fragments)

    def test_a_state_dict_with_counters_of_batches(self):
        network = dcgan()
        self.save(network.state_dict())
        said = self.assert_draws_like(network)
        self.assertIn("preset dcgan (as of hinge)", said)
        self.assertIn("ignored: 1.num_batches_tracked, 5.num_batches_tracked", said)

    def test_names_inside_of_other_modules(self):
        network = tutorial()
        inside = ("", "model.", "main.", "generator.", "module.generator.", "module.", "netG.module.main.", "_orig_mod.")
        for prefix in inside:
            with self.subTest(prefix):
                self.save({prefix + name: tensor for name, tensor in network.state_dict().items()})
                self.assert_draws_like(network)

    def test_names_of_their_own_are_told_by_order_and_shape(self):
        network = NamedLayers()
        self.save(network.state_dict())
        self.assertIn("told by their order and shapes", self.assert_draws_like(network))

    def test_other_dtypes(self):
        network = tutorial()
        for dtype in (torch.float64, torch.float16, torch.bfloat16):
            with self.subTest(dtype):
                rounded = {name: tensor.to(dtype) for name, tensor in network.state_dict().items()}
                self.save(rounded)
                expected = tutorial()
                expected.load_state_dict({name: tensor.float() for name, tensor in rounded.items()})
                self.assert_draws_like(expected)

    def test_both_networks_in_one_file(self):
        g, d = tutorial(), critic()
        of_g = {f"G.{name}": tensor for name, tensor in g.state_dict().items()}
        self.save({**of_g, **{f"D.{name}": tensor for name, tensor in d.state_dict().items()}})
        self.assert_draws_like(g)
        self.assertIn("generator and discriminator", self.succeed("info", "--model", "foreign"))

    def test_a_chain_of_linear_layers_is_assumed_to_be_the_tutorials(self):
        network = tutorial(hidden=(100, 200))
        self.save(network.state_dict())
        self.assertIn("LeakyReLU(0.01) was assumed", self.assert_draws_like(network))

    def test_a_config_says_what_the_file_does_not(self):
        network = tutorial(slope=0.3)
        self.save(network.state_dict())
        layers = [{"type": "linear", "out_features": 256}, {"type": "leaky_relu", "negative_slope": 0.3}]
        layers += [{"type": "linear", "out_features": 784}, {"type": "tanh"}]
        (self.folder / "c.json").write_text(json.dumps({"preset": "seed", "generator": {"layers": layers}}))
        self.assert_draws_like(network, "--config", "c.json")
        with self.assertRaises(AssertionError):
            self.assert_draws_like(network)

    def test_is_written_as_a_model_of_ours(self):
        network = dcgan()
        save_file(network.state_dict(), self.folder / "theirs.safetensors")
        self.succeed("convert", "theirs.safetensors", "ours.safetensors")
        self.assertNotIn("without a checksum", self.succeed("info", "--model", "ours.safetensors"))
        ours = load_file(self.folder / "ours.safetensors")
        for name, tensor in network.state_dict().items():
            if not name.endswith("num_batches_tracked"):
                self.assertTrue(torch.equal(ours[f"generator.{name}"], tensor), name)

    def test_null_metadata_leading_blanks_and_high_ranks_are_read(self):
        network = tutorial()
        self.save({**network.state_dict(), "buffer": torch.zeros(1, 1, 1, 1, 2)})
        content = (self.folder / "foreign").read_bytes()
        (size,) = struct.unpack("<Q", content[:8])
        header = b"  " + json.dumps({**json.loads(content[8 : 8 + size]), "__metadata__": None}).encode()
        (self.folder / "foreign").write_bytes(struct.pack("<Q", len(header)) + header + content[8 + size :])
        (self.folder / "c.json").write_text('{"preset": "seed"}')
        self.assertIn("ignored: buffer", self.assert_draws_like(network, "--config", "c.json"))

    def test_a_transposed_layer_is_named(self):
        state = tutorial().state_dict()
        self.save({**{f"generator.{n}": t for n, t in state.items()}, "generator.0.weight": state["0.weight"].t()})
        (self.folder / "c.json").write_text('{"preset": "seed"}')
        self.assert_refused_with(
            "'generator.0.weight' is (64, 256), expected (256, 64): transposed", options=("--config", "c.json")
        )

    def test_layers_that_cannot_be_inferred_ask_for_a_config(self):
        self.save(nn.Sequential(nn.Linear(64, 50), nn.Linear(50, 784)).state_dict())
        self.assert_refused_with("cannot be inferred", "--config FILE")

    def test_names_that_are_long_numbers_are_compared_in_time(self):
        digits = "1" * 200_000
        self.save({f"{digits}a.weight": torch.zeros(1), f"{digits}b.weight": torch.zeros(1)})
        self.assert_refused_with("cannot be inferred")

    def test_weights_that_are_not_finite_are_refused(self):
        state = tutorial().state_dict()
        state["0.bias"][3] = float("nan")
        self.save(state)
        self.assert_refused_with("NaN")

    def test_a_pickle_is_never_read_and_the_conversion_is_told(self):
        for legacy in (False, True):
            torch.save(tutorial().state_dict(), self.folder / "G.pth", _use_new_zipfile_serialization=not legacy)
            self.assert_refused(["info", "--model", "G.pth"], "torch.save()", "weights_only=True", "save_file(")

    def test_a_header_whose_length_begins_as_a_pickle_does_is_read(self):
        network = tutorial()
        self.save(network.state_dict())
        content = (self.folder / "foreign").read_bytes()
        size = int.from_bytes(content[:8], "little")
        header = content[8 : 8 + size].ljust(640)
        self.assertEqual(len(header).to_bytes(2, "little"), b"\x80\x02")
        (self.folder / "foreign").write_bytes(len(header).to_bytes(8, "little") + header + content[8 + size :])
        self.assert_draws_like(network)

    def test_the_weights_of_an_onnx_file_come_back_by_python(self):
        model = self.train("model.safetensors", "--steps", "1", "--preset", "dcgan")
        self.succeed("export", "--model", model, "--out", "G.onnx")
        program = (
            "import onnx, onnx.numpy_helper as h; from safetensors.numpy import save_file; "
            "save_file({t.name: h.to_array(t) for t in onnx.load('G.onnx').graph.initializer}, 'foreign')"
        )
        subprocess.run([sys.executable, "-c", program], cwd=self.folder, check=True)
        network = dcgan()
        weights = {name: t for name, t in load_file(self.folder / "foreign").items() if name in network.state_dict()}
        network.load_state_dict(weights, strict=False)
        self.assert_draws_like(network)

    def test_a_training_is_only_resumed_from_a_checkpoint_of_ours(self):
        self.save(tutorial().state_dict())
        self.assert_refused(["train", "--resume", "foreign", "--data", "data"], "requires a full checkpoint")

    def test_files_cut_anywhere_are_refused(self):
        self.save(tutorial().state_dict())
        whole = (self.folder / "foreign").read_bytes()
        for kept in (0, 7, 8, 9, 60, 400, len(whole) // 2, len(whole) - 1):
            with self.subTest(kept):
                (self.folder / "foreign").write_bytes(whole[:kept])
                self.assert_refused(["info", "--model", "foreign"], "'foreign'")
