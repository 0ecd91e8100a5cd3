# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Golden runs of the presets: scaled-down architectures, trained for ten steps by PyTorch.

Called by generate.py. The networks are built from the config stored in each file (networks.py). Dropout masks and augmentations
come from Ganvas's streams; all other random values are recorded in the file. G's update reuses the fakes of D's last update in
the step. For `float32.`, the run is repeated with the samples of each batch in different orders, which changes only rounding;
each tensor is the one farthest from float64, since the error of a single order is arbitrary, above all for tensors with one
element. A run in shards has the parts of each batch as batches of their own.
"""

import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from networks import CLASSES, Context, build_networks, fill_uniform

STEPS = 10
AUGMENTATION = 10  # StreamPurpose::differentiable_augmentation
PASSES_PER_UPDATE = 3
FLOAT32_ORDERS = 8


def build_optimizer(network, config):
    arguments = {key: value for key, value in config.items() if key != "type"}
    if config["type"] == "adam":
        arguments["betas"] = (arguments.pop("beta1"), arguments.pop("beta2"))
        return torch.optim.Adam(network.parameters(), **arguments)
    return {"sgd": torch.optim.SGD, "rmsprop": torch.optim.RMSprop}[config["type"]](network.parameters(), **arguments)


def adversarial(config, role, output):
    """Loss of D's output; role is "real", "fake" or "generator"."""
    real_target = 1 - config["label_smoothing"]
    objective = config["objective"]
    if objective in ("bce", "minimax"):
        probability = torch.sigmoid(output)
        if role == "generator" and objective == "minimax":
            return torch.log(1 - probability).mean()
        target = {"real": real_target, "fake": 0.0, "generator": 1.0}[role]
        return functional.binary_cross_entropy(probability, torch.full_like(output, target))
    if objective == "lsgan":
        return ((output - {"real": real_target, "fake": 0.0, "generator": 1.0}[role]) ** 2).mean()
    if role == "generator":
        return -output.mean()
    if objective == "hinge":
        return functional.relu(1 - output if role == "real" else 1 + output).mean()
    return -output.mean() if role == "real" else output.mean()


def augment(config, x, numbers):
    """Differentiable augmentation (Zhao et al. 2020) of images x with seven uniform numbers for each, float32."""
    strength = config["augment_color"]
    brightness, saturation, contrast = numbers[:, :3, None, None, None].to(x.dtype).unbind(1)
    x = x + strength * (brightness - 0.5)
    mean = x.mean(dim=1, keepdim=True)
    x = (x - mean) * (1 + strength * (2 * saturation - 1)) + mean
    mean = x.mean(dim=(1, 2, 3), keepdim=True)
    x = (x - mean) * (1 + strength * (contrast - 0.5)) + mean

    def draw(column, count):
        return (numbers[:, column] * count).floor().long()[:, None]

    keep, index = [], []
    for axis, size in enumerate(x.shape[2:]):
        shift = int(size * config["augment_translation"] + 0.5)
        length = int(size * config["augment_cutout"] + 0.5)
        source = torch.arange(size) - (draw(3 + axis, 2 * shift + 1) - shift)
        index.append(source.clamp(0, size - 1))
        cut = torch.arange(size) - (draw(5 + axis, size + 1 - length % 2) - length // 2)
        keep.append(((source >= 0) & (source < size), (cut >= 0) & (cut < length)))
    samples = torch.arange(len(x))[:, None, None]
    moved = x[samples, :, index[0][:, :, None], index[1][:, None, :]].permute(0, 3, 1, 2)
    (row_inside, row_cut), (column_inside, column_cut) = keep
    inside = row_inside[:, :, None] & column_inside[:, None, :]
    kept = inside & ~(row_cut[:, :, None] & column_cut[:, None, :])
    return moved * kept[:, None].to(x.dtype)


class Run:
    """A training run in one precision, or what one shard of it does."""

    def __init__(self, config, initial, inputs, orders, dtype, shard=0):
        self.shard, self.shards = shard, config.get("shards", 1)
        self.config, self.dtype = config, dtype
        self.inputs, self.orders = inputs[shard :: self.shards], orders[shard :: self.shards]
        self.context = Context()
        self.g, self.d = build_networks(config, self.context, dtype)
        self.g.load_state_dict({k: v.to(dtype) if v.is_floating_point() else v for k, v in initial[0].items()})
        self.d.load_state_dict({k: v.to(dtype) if v.is_floating_point() else v for k, v in initial[1].items()})
        self.optimizer_g = build_optimizer(self.g, config["generator"]["optimizer"])
        self.optimizer_d = build_optimizer(self.d, config["discriminator"]["optimizer"])
        self.average = [p.detach().clone() for p in self.g.parameters()]
        self.update = self.passes = 0
        self.out = {}

    def pass_through(self, network, x, labels, group=0, groups=1):
        at = self.context
        at.labels, at.pass_number, at.group, at.groups = labels, self.pass_number(), group, groups
        return network(x)

    def pass_number(self):
        return self.passes * self.shards + self.shard

    def augmented(self, x, group=0):
        """The samples as the next pass through D sees them; all of a batch count through its groups."""
        if not any(self.config.get("augment_" + kind, 0) for kind in ("color", "translation", "cutout")):
            return x
        first = self.pass_number() << 13 | group * len(x)
        seed = self.config["seed"]
        numbers = [fill_uniform(seed, AUGMENTATION, first + sample, 7) for sample in range(len(x))]
        return augment(self.config, x, torch.from_numpy(np.stack(numbers))[self.context.order])

    def make_fakes(self):
        order = self.context.order = self.orders[self.update]
        self.real, self.real_labels, self.noise, self.fake_labels, self.epsilon = (
            (x.to(self.dtype) if x.is_floating_point() else x)[order] for x in self.inputs[self.update]
        )
        self.fake = self.pass_through(self.g, self.noise, self.fake_labels).reshape(self.real.shape)
        self.passes += 1

    def with_class(self, loss, output, labels):
        if not self.config["auxiliary_classifier"]:
            return loss
        return (loss + functional.cross_entropy(output[:, 1:], labels)) / 2

    def penalty(self):
        total = 0
        if self.config["gradient_penalty"] > 0:
            share = self.epsilon.reshape(-1, *[1] * (self.real.dim() - 1))
            between = share * self.real + (1 - share) * self.fake.detach()
            norm = self.gradient(between).norm(dim=1)
            total = total + self.config["gradient_penalty"] * ((norm - 1) ** 2).mean()
        interval = self.config.get("r1_interval", 1)
        if self.config["r1"] > 0 and self.update % interval == 0:
            squares = (self.gradient(self.real) ** 2).sum(1).mean()
            total = total + interval * self.config["r1"] / 2 * squares
        return total

    def gradient(self, x):
        x = x.detach().requires_grad_()
        output = self.pass_through(self.d, x, self.real_labels)[:, 0].sum()
        return torch.autograd.grad(output, x, create_graph=True)[0].flatten(1)

    def discriminator_loss(self):
        on_real = self.pass_through(self.d, self.augmented(self.real), self.real_labels, 0, 2)
        fake = self.fake.detach() if self.config["detach"] else self.fake
        on_fake = self.pass_through(self.d, self.augmented(fake, 1), self.fake_labels, 1, 2)
        self.passes += 1
        loss = self.with_class(adversarial(self.config, "real", on_real[:, :1]), on_real, self.real_labels)
        loss = loss + self.with_class(adversarial(self.config, "fake", on_fake[:, :1]), on_fake, self.fake_labels)
        if self.config["objective"] in ("bce", "minimax", "lsgan"):
            loss = loss / 2
        if self.config["gradient_penalty"] > 0 or self.config["r1"] > 0:
            loss = loss + self.penalty()
            self.passes += 1
        return loss

    def update_discriminator(self):
        loss = self.discriminator_loss()
        self.optimizer_d.zero_grad()
        self.optimizer_g.zero_grad()
        loss.backward(retain_graph=not self.config["detach"])
        self.step_discriminator(loss)

    def step_discriminator(self, loss):
        self.d_gradients = [p.grad.clone() for p in self.d.parameters()]
        self.optimizer_d.step()
        if self.config["weight_clip"] > 0:
            for p in self.d.parameters():
                p.data.clamp_(-self.config["weight_clip"], self.config["weight_clip"])
        self.loss_d = loss.item()
        self.update += 1

    def generator_loss(self):
        output = self.pass_through(self.d, self.augmented(self.fake), self.fake_labels)
        self.passes += 1
        return self.with_class(adversarial(self.config, "generator", output[:, :1]), output, self.fake_labels)

    def update_generator(self):
        loss = self.generator_loss()
        if self.config["detach"]:
            self.optimizer_g.zero_grad()
        loss.backward()
        self.step_generator(loss)

    def step_generator(self, loss):
        self.g_gradients = [p.grad.clone() for p in self.g.parameters()]
        self.optimizer_g.step()
        self.loss_g = loss.item()

    def step(self, number):
        k_d, k_g = (self.config[network]["updates"] for network in ("discriminator", "generator"))
        assert k_g == 1
        self.passes = number * (k_d + k_g) * PASSES_PER_UPDATE
        for k in range(k_d):
            self.make_fakes()
            if k == 0 and self.config["first_update"] == "generator":
                self.update_generator()
            self.update_discriminator()
        if self.config["first_update"] == "discriminator":
            self.update_generator()
        decay = min(self.config["ema_decay"], (number + 1) / (number + 11))
        self.average = [decay * a + (1 - decay) * p.detach() for a, p in zip(self.average, self.g.parameters())]

    def train(self, sampling):
        losses = []
        for number in range(STEPS):
            self.step(number)
            losses.append([self.loss_d, self.loss_g])
            if number == 0:
                for name, network, gradients in (
                    ("generator.", self.g, self.g_gradients),
                    ("discriminator.", self.d, self.d_gradients),
                ):
                    names = [key for key, _ in network.named_parameters()]
                    self.out.update({f"gradient.{name}{key}": g for key, g in zip(names, gradients)})
        self.out["losses"] = torch.tensor(losses, dtype=self.dtype)
        for name, network, optimizer in (
            ("generator.", self.g, self.optimizer_g),
            ("discriminator.", self.d, self.optimizer_d),
        ):
            for key, value in network.state_dict().items():
                if value.is_floating_point():
                    self.out[f"final.{name}{key}"] = value.detach().clone()
            for key, p in network.named_parameters():
                for state in ("exp_avg", "exp_avg_sq", "momentum_buffer", "square_avg"):
                    value = optimizer.state[p].get(state)
                    if value is not None:
                        self.out[f"{state}.{name}{key}"] = value.detach().clone()
        if self.config["ema_decay"] > 0:
            for (key, p), value in zip(self.g.named_parameters(), self.average):
                self.out["average." + key] = value
                p.data.copy_(value)
        self.g.eval()
        latents, labels = sampling
        with torch.no_grad():
            self.out["samples"] = self.pass_through(self.g, latents.to(self.dtype), labels).flatten(1)
        return self.out


class ShardedRun(Run):
    """A run in shards, by hand: the first, which has the optimisers, and others that use its parameters."""

    def __init__(self, config, initial, inputs, orders, dtype):
        super().__init__(config, initial, inputs, orders, dtype)
        others = [Run(config, initial, inputs, orders, dtype, shard) for shard in range(1, self.shards)]
        for other in others:
            for network, own in ((other.g, self.g), (other.d, self.d)):
                for module, lender in zip(network.modules(), own.modules()):
                    module._parameters = lender._parameters
        self.others = others

    def statistics(self, run):
        buffers = [*run.g.buffers(), *run.d.buffers()]
        return [buffer for buffer in buffers if buffer.is_floating_point()]

    def make_fakes(self):
        super().make_fakes()
        for other in self.others:
            other.make_fakes()

    def backward(self, loss_of):
        """The gradients of all shards, weighted by their samples, in the parameters that they share."""
        shards = [self, *self.others]
        batch = sum(len(shard.real) for shard in shards)
        total = 0
        for shard in shards:
            loss = loss_of(shard) * (len(shard.real) / batch)
            loss.backward()
            total = total + loss.detach()
        return total

    def update_discriminator(self):
        self.optimizer_d.zero_grad()
        self.step_discriminator(self.backward(lambda shard: shard.discriminator_loss()))
        for other in self.others:
            other.update += 1

    def update_generator(self):
        self.optimizer_g.zero_grad()
        self.step_generator(self.backward(lambda shard: shard.generator_loss()))

    def step(self, number):
        updates = sum(self.config[network]["updates"] for network in ("discriminator", "generator"))
        for other in self.others:
            other.passes = number * updates * PASSES_PER_UPDATE
            for value, first in zip(self.statistics(other), self.statistics(self)):
                value.copy_(first)
        super().step(number)
        for values in zip(*(self.statistics(shard) for shard in (self, *self.others))):
            values[0].copy_(sum(values) / self.shards)


def farthest(candidates, truth):
    return max(candidates, key=lambda candidate: (candidate.double() - truth).abs().max().item())


def train_all(config, initial, inputs, variants, sampling):
    """The results of runs with each order of samples and dtype."""
    run = ShardedRun if config.get("shards", 1) > 1 else Run
    return [run(config, initial, inputs, *variant).train(sampling) for variant in variants]


def write_run(name, config, sizes, save, train_all=train_all):
    updates = STEPS * config["discriminator"]["updates"]
    shards = config.get("shards", 1)
    bounds = [[size * shard // shards for shard in range(shards + 1)] for size in (sizes * updates)[:updates]]
    sizes = [end - begin for batch in bounds for begin, end in zip(batch, batch[1:])]
    inputs = []
    for size in sizes:
        real = torch.randint(0, 256, (size, *config["sample_shape"])).float() / 255
        labels, drawn = torch.randint(0, config["classes"] or CLASSES, (2, size))
        inputs.append(((real - 0.5) / 0.5, labels, torch.randn(size, config["latent_size"]), drawn, torch.rand(size)))
    sampling = torch.randn(5, config["latent_size"]), torch.arange(5) + 3
    networks = build_networks(config, Context(), torch.float32)
    for network in networks:  # not the identity
        for module in network:
            if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.uniform_(module.bias, -0.5, 0.5)
    initial = tuple(network.state_dict() for network in networks)
    tensors = {"batch_sizes": torch.tensor(sizes, dtype=torch.float64)}
    for index, key in enumerate(("real", "real_labels", "noise", "fake_labels", "epsilons")):
        joined = torch.cat([batch[index] for batch in inputs])
        tensors[key] = joined.flatten(1).float() if joined.dim() > 1 else joined.float()
    if config["gradient_penalty"] == 0:
        del tensors["epsilons"]
    tensors["sampling.latents"], tensors["sampling.labels"] = sampling[0], sampling[1].float()
    for network, weights in zip(("generator", "discriminator"), initial):
        tensors.update({f"initial.{network}.{k}": v for k, v in weights.items() if v.is_floating_point()})
    initial = tuple({k: v.clone() for k, v in weights.items()} for weights in initial)
    in_order = [torch.arange(size) for size in sizes]
    (truth,) = train_all(config, initial, inputs, [(in_order, torch.float64)], sampling)
    shuffled = [[torch.randperm(size) for size in sizes] for _ in range(FLOAT32_ORDERS - 1)]
    variants = [(orders, torch.float32) for orders in [in_order, *shuffled]]
    runs = train_all(config, initial, inputs, variants, sampling)
    tensors.update(truth)
    tensors.update({f"float32.{key}": farthest([run[key] for run in runs], value) for key, value in truth.items()})
    save(name, tensors, {"config": json.dumps(config)})
