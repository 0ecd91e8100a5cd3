# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""The networks of a config in PyTorch, with one module for each layer.

Dropout masks come from a Philox implementation with Ganvas's streams. What our own layers need to know of the current
pass is in a `Context`.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

LANES = 16
DROPOUT = 4  # StreamPurpose::dropout
CLASSES = 10  # of the labels where the config has none


def philox4x32(counter, key):
    """Philox4x32-10 on counters (4, n), 32-bit values stored as uint64."""
    mask = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    key0, key1 = key & 0xFFFFFFFF, key >> 32
    c0, c1, c2, c3 = counter
    for _ in range(10):
        product0 = np.uint64(0xD2511F53) * c0
        product1 = np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (product1 >> shift) ^ c1 ^ np.uint64(key0),
            product1 & mask,
            (product0 >> shift) ^ c3 ^ np.uint64(key1),
            product0 & mask,
        )
        key0 = (key0 + 0x9E3779B9) & 0xFFFFFFFF
        key1 = (key1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3])


def fill_uniform(seed, purpose, index, count):
    blocks = -(-count // 4)
    counter = np.zeros((4, blocks), np.uint64)
    counter[0] = np.arange(blocks)
    counter[1], counter[2], counter[3] = index & 0xFFFFFFFF, index >> 32, purpose
    words = philox4x32(counter, seed).T.reshape(-1)[:count]
    return (words >> np.uint64(8)).astype(np.float32) * np.float32(2**-24)


class Context:
    """The state of the current pass that our own layers need."""

    labels = None
    classes = CLASSES
    pass_number = 0
    group = 0
    groups = 1
    order = None


class Dropout(nn.Module):
    def __init__(self, context, seed, layer_number, p, whole_channels):
        super().__init__()
        self.context, self.seed, self.layer_number = context, seed, layer_number
        self.p, self.whole_channels = p, whole_channels

    def forward(self, x):
        if not self.training:
            return x
        at = self.context
        units = x.shape[1] if self.whole_channels else x[0].numel()
        blocks = -(-len(x) // LANES)
        uniform = fill_uniform(
            self.seed, DROPOUT, at.pass_number << 8 | self.layer_number, at.groups * blocks * units * LANES
        ).reshape(at.groups, blocks, units, LANES)
        rows = uniform[at.group].transpose(0, 2, 1).reshape(-1, units)[: len(x)]
        if at.order is not None:
            rows = rows[at.order]
        kept = torch.from_numpy(rows >= np.float32(self.p)).to(x.dtype) / (1 - self.p)
        return x * (kept[:, :, None, None] if self.whole_channels else kept.reshape(x.shape))


class ClassConcat(nn.Module):
    def __init__(self, context, embedding_size):
        super().__init__()
        self.context = context
        if embedding_size > 0:
            self.weight = nn.Parameter(torch.randn(context.classes, embedding_size))
        else:
            self.weight = None

    def forward(self, x):
        labels = self.context.labels
        chosen = functional.one_hot(labels, self.context.classes).to(x.dtype) if self.weight is None else self.weight[labels]
        return torch.cat([x, chosen], 1)


class ClassProjection(nn.Module):
    def __init__(self, context, features):
        super().__init__()
        self.context = context
        linear = nn.Linear(features, 1)
        self.weight, self.bias = linear.weight, linear.bias
        self.embedding = nn.Embedding(context.classes, features)

    def forward(self, x):
        own = (self.embedding(self.context.labels) * x).sum(1, keepdim=True)
        return functional.linear(x, self.weight, self.bias) + own


def build(layers, shape, context, seed, network):
    """nn.Sequential with one module per layer of the config, so that parameter names start with layer indices."""
    modules = []
    x = torch.zeros(2, *shape)
    context.labels = torch.zeros(2, dtype=torch.long)
    for index, layer in enumerate(layers):
        arguments = {key: value for key, value in layer.items() if key != "type"}
        kind = layer["type"]
        if kind == "linear":
            module = nn.Linear(x.shape[1], **arguments)
        elif kind == "conv2d":
            module = nn.Conv2d(x.shape[1], **arguments)
        elif kind == "conv_transpose2d":
            module = nn.ConvTranspose2d(x.shape[1], **arguments)
        elif kind == "batch_norm":
            module = (nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d)(x.shape[1], **arguments)
        elif kind in ("dropout", "dropout2d"):
            module = Dropout(context, seed, network << 7 | index, layer["p"], kind == "dropout2d")
        elif kind == "reshape":
            module = nn.Unflatten(1, tuple(arguments.values()))
        elif kind == "class_concat":
            module = ClassConcat(context, layer.get("embedding_size", 0))
        elif kind == "class_projection":
            module = ClassProjection(context, x.shape[1])
        else:
            module = {
                "leaky_relu": nn.LeakyReLU,
                "relu": nn.ReLU,
                "tanh": nn.Tanh,
                "sigmoid": nn.Sigmoid,
                "flatten": nn.Flatten,
                "upsample2x": lambda: nn.Upsample(scale_factor=2),
                "max_pool2d": nn.MaxPool2d,
            }[kind](**arguments)
        modules.append(module)
        x = module(x)
    return nn.Sequential(*modules)


def build_networks(config, context, dtype):
    context.classes = config["classes"] or CLASSES
    d_layers = config["discriminator"]["layers"]
    if config["objective"] in ("bce", "minimax"):
        d_layers = d_layers[:-1]  # adversarial() applies the sigmoid
    generator = build(config["generator"]["layers"], [config["latent_size"]], context, config["seed"], 0)
    discriminator = build(d_layers, config["sample_shape"], context, config["seed"], 1)
    return generator.to(dtype), discriminator.to(dtype)
