# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Runs a script that the page generates with recorded weights, batches and noise, for pytorch_script.py."""

import collections
import copy
import importlib.util
import io
import sys
import types
from contextlib import ExitStack, redirect_stdout
from unittest import mock

import torch
from torch import nn

import family
import networks

NETWORKS = ("generator", "discriminator")
ORDER = ("weight", "bias", "running_mean", "running_var", "embedding.weight")  # of the tensors in a layer
Inputs = collections.namedtuple("Inputs", "real real_labels noise fake_labels epsilon")


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def load_module(script):
    spec = importlib.util.spec_from_file_location("script", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(tensors, prefix):
    """The tensors of a network, in PyTorch's order."""
    found = {key[len(prefix) :]: value for key, value in tensors.items() if key.startswith(prefix)}
    order = sorted(found, key=lambda name: (int(name.split(".")[0]), ORDER.index(name.split(".", 1)[1])))
    return [found[name] for name in order]


def state_of(network):
    return [value for key, value in network.state_dict().items() if not key.endswith("num_batches_tracked")]


def load(network, values):
    state = state_of(network)
    check([s.shape for s in state] == [v.shape for v in values], "the networks have different parameters")
    for tensor, value in zip(state, values):
        tensor.copy_(value)
    return network


def use_recorded_masks(disc, config):
    """Replaces dropout by the masks of the golden runs, for steps that update G first."""
    layers = [i for i, layer in enumerate(config["discriminator"]["layers"]) if layer["type"].startswith("dropout")]
    found = [(name, layer) for name, layer in disc.named_modules() if isinstance(layer, (nn.Dropout, nn.Dropout2d))]
    check(len(found) == len(layers), "the dropout layers differ")
    if not found:
        return
    check(config["first_update"] == "generator", "golden runs with dropout must update G first")
    context = networks.Context()
    for (name, layer), index in zip(found, layers):
        masks = networks.Dropout(context, config["seed"], 1 << 7 | index, layer.p, isinstance(layer, nn.Dropout2d))
        disc.set_submodule(name, masks)
    calls = iter(range(1 << 30))

    def before(*_):
        step, call = divmod(next(calls), 3)
        context.pass_number = step * 2 * family.PASSES_PER_UPDATE + (1, 2, 2)[call]
        context.group, context.groups = ((0, 1), (0, 2), (1, 2))[call]

    disc.register_forward_pre_hook(before)


class Replay:
    """Runs a script's main() with recorded weights, batches and noise, and keeps the results."""

    def __init__(self, script, config, weights, inputs, sampling, dtype):
        """The weights are the two networks' first ones, or the path of a checkpoint that main() loads."""
        torch.set_default_dtype(dtype)
        self.config, self.module = config, load_module(script)
        self.gen, self.disc = self.module.Generator(), self.module.Discriminator()
        self.checkpoint = [weights] if isinstance(weights, str) else []
        if not self.checkpoint:
            load(self.gen, weights[0])
            load(self.disc, weights[1])
        use_recorded_masks(self.disc, config)
        self.inputs = [Inputs(*(x.to(dtype) if x is not None and x.is_floating_point() else x for x in i)) for i in inputs]
        self.sampling = sampling
        self.backward, self.samples, self.average = [], None, None
        per_step = sum(config[network]["updates"] for network in NETWORKS)
        try:
            self.run(len(inputs) // config["discriminator"]["updates"])
        finally:
            torch.set_default_dtype(torch.float32)
        steps = [self.backward[i : i + per_step] for i in range(0, len(self.backward), per_step)]
        # The last update of each network in a step; the network that comes first has one update.
        generator_first = config["first_update"] == "generator"
        self.losses = [(step[-1], step[0]) if generator_first else (step[-2], step[-1]) for step in steps]

    def run(self, steps):
        batches = iter(self.inputs)
        noise = iter([self.sampling[0].to(torch.get_default_dtype()), *(i.noise for i in self.inputs)])
        drawn, epsilons = iter([i.fake_labels for i in self.inputs]), iter([i.epsilon for i in self.inputs])
        labelled = "real_labels" in (self.module.main.__code__.co_varnames)
        examples = torch.zeros(1), torch.zeros(1)
        backward = torch.Tensor.backward

        def record(loss, **options):
            self.backward.append(loss.item())
            backward(loss, **options)

        def keep(network):
            self.average = copy.deepcopy(network)
            return self.average

        def keep_samples(samples, _):
            self.samples = samples

        def endless(_):
            return ((i.real, i.real_labels) if labelled else i.real for i in batches)

        patches = [
            mock.patch.object(sys, "argv", ["script", *self.checkpoint, "--steps", str(steps)]),
            mock.patch.object(torch.Tensor, "backward", record),
            mock.patch.object(torch, "randn", lambda *_, device: next(noise)),
            mock.patch.object(torch, "rand", lambda *shape, device: next(epsilons).reshape(shape)),
            mock.patch.object(torch, "randint", lambda *_, device: next(drawn)),
            mock.patch.object(torch, "arange", lambda *_, device: self.sampling[1]),
        ]
        replacements = {
            "Generator": lambda: self.gen,
            "Discriminator": lambda: self.disc,
            "init_weights": lambda _: None,
            "load_digits": lambda _: examples if labelled else examples[0],
            "draw_points": lambda: examples[0],
            "endless": endless,
            "save_grid": keep_samples,
            "copy": types.SimpleNamespace(deepcopy=keep),
        }
        patches += [mock.patch.object(self.module, n, v) for n, v in replacements.items() if hasattr(self.module, n)]
        with ExitStack() as stack, redirect_stdout(io.StringIO()):
            for patch in patches:
                stack.enter_context(patch)
            self.module.main()
