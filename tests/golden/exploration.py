# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Reference results for exploring trained networks, from PyTorch's autograd in float64.

Called by generate.py. With random weights and running statistics, in evaluation mode: samples of mixed classes, D's
scores and their gradients with respect to pixels, the output of every layer, and the gradients of an inversion's error
with respect to latents.
"""

import json

import torch

import family_configs
import networks

RUNS = ("quick", "cgan")
COUNT = 5  # samples; not a multiple of 16


def one_hot_or_embedding(layer, labels, others, shares):
    rows = torch.eye(networks.CLASSES, dtype=torch.float64) if layer.weight is None else layer.weight
    return (1 - shares)[:, None] * rows[labels] + shares[:, None] * rows[others]


def write_results(name, save):
    config, _ = family_configs.RUNS[name]
    context = networks.Context()
    g, d = networks.build_networks(config, context, torch.float64)
    for network in (g, d):
        for key, buffer in network.named_buffers():
            if buffer.is_floating_point():
                buffer.copy_(torch.rand_like(buffer) + (0.5 if key.endswith("var") else -0.5))
        network.eval()
    latents = torch.randn(COUNT, config["latent_size"], dtype=torch.float64, requires_grad=True)
    labels, others = torch.randint(0, networks.CLASSES, (2, COUNT))
    shares = torch.rand(COUNT, dtype=torch.float64)
    images = (torch.rand(COUNT, *config["sample_shape"], dtype=torch.float64) * 2 - 1).requires_grad_()
    context.labels = labels

    tensors = {"latents": latents, "labels": labels, "others": others, "shares": shares, "images": images.flatten(1)}
    for prefix, network in (("generator.", g), ("discriminator.", d)):
        tensors.update({prefix + k: v for k, v in network.state_dict().items() if v.is_floating_point()})

    target = images[0].detach().flatten()
    samples = g(latents).flatten(1)
    errors = ((samples - target) ** 2).mean(1)
    tensors["errors"] = errors
    tensors["error_gradients"] = torch.autograd.grad(errors.sum(), latents)[0]
    mixed = torch.cat([latents, one_hot_or_embedding(g[0], labels, others, shares)], 1)
    tensors["mixed_samples"] = g[1:](mixed).flatten(1)

    outputs = d(images)[:, 0]
    tensors["scores"] = torch.sigmoid(outputs) if config["objective"] == "bce" else outputs
    tensors["saliency"] = torch.autograd.grad(outputs.sum(), images)[0].flatten(1)
    for prefix, network, x in (("generator_layer.", g, latents), ("discriminator_layer.", d, images)):
        x = x[:1]
        context.labels = labels[:1]
        for index, layer in enumerate(network):
            x = layer(x)
            tensors[f"{prefix}{index}"] = x[0]
    save(name, {k: v.detach().double().contiguous().clone() for k, v in tensors.items()}, {"config": json.dumps(config)})
