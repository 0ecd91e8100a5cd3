# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Training steps per second of native PyTorch on the benchmark's workloads.

toolchain/run python3 tests/bench/pytorch_step.py [--threads N] [--only W1,W2] [--rounds N]

Two training loops with the networks and learning rates of the presets:

tutorial  the usual loop: noise, fake = gen(noise), disc(real), disc(fake.detach()), lossD = (a + b) / 2,
          zero_grad, backward, step; disc(fake), lossG, zero_grad, backward, step; torch.optim.Adam with its defaults;
          W5 and W6 (preset pictures, in colour at 32 x 32 and 64 x 64): hinge loss, and translation before disc
lean      the same with fused Adam, and without the discriminator's weight gradients in the generator's half

The data is 10,000 images of random bytes, scaled to [-1, 1]; their content does not affect the time of a step. They are
stored in one tensor from which each step takes a random batch. Losses take logits. Blocks of steps are timed in turn for
all workloads and loops, and each result is the median over its rounds.
"""

import argparse
import functools
import os
import statistics
import time

WORKLOAD_NAMES = ("W1", "W2", "W3", "W4", "W5", "W6")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one timed block")
    parser.add_argument("--only", default=",".join(WORKLOAD_NAMES), help="workloads, by name")
    options = parser.parse_args()
    options.only = options.only.split(",")
    unknown = [name for name in options.only if name not in WORKLOAD_NAMES]
    if unknown:
        parser.error(f"unknown workload '{unknown[0]}'; known workloads: {', '.join(WORKLOAD_NAMES)}")
    return options


# Debian's OpenBLAS has its own threads, which PyTorch's setting does not control and which compete with PyTorch's threads.
# Their number is read when the library is loaded, so this must come before the import.
OPTIONS = read_options()
os.environ["OPENBLAS_NUM_THREADS"] = str(OPTIONS.threads)

import torch  # noqa: E402
from torch import nn  # noqa: E402

EXAMPLES = 10_000
CLASSES = 10


def seed_networks():
    generator = nn.Sequential(nn.Linear(64, 256), nn.LeakyReLU(0.01), nn.Linear(256, 784), nn.Tanh())
    discriminator = nn.Sequential(nn.Linear(784, 128), nn.LeakyReLU(0.01), nn.Linear(128, 1))
    return generator, discriminator


def mlp_networks():
    layers = [nn.Linear(100, 128), nn.LeakyReLU(0.2)]
    for fan_in, fan_out in ((128, 256), (256, 512), (512, 1024)):
        layers += [nn.Linear(fan_in, fan_out), nn.BatchNorm1d(fan_out, 0.8), nn.LeakyReLU(0.2)]
    generator = nn.Sequential(*layers, nn.Linear(1024, 784), nn.Tanh())
    discriminator = nn.Sequential(
        nn.Linear(784, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1)
    )
    return generator, discriminator


def dcgan_networks():
    generator = nn.Sequential(
        nn.Linear(64, 6272), nn.BatchNorm1d(6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7)),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Tanh(),
    )  # fmt: skip
    discriminator = nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(6272, 1),
    )  # fmt: skip
    return generator, discriminator


class QuickGenerator(nn.Module):
    """Concatenates the noise with the one-hot class."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(16 + CLASSES, 1176), nn.Unflatten(1, (24, 7, 7)), nn.BatchNorm2d(24), nn.ReLU(),
            nn.ConvTranspose2d(24, 16, 4, 2, 1), nn.BatchNorm2d(16), nn.ReLU(),
            nn.ConvTranspose2d(16, 1, 4, 2, 1), nn.Tanh(),
        )  # fmt: skip

    def forward(self, noise, labels):
        one_hot = nn.functional.one_hot(labels, CLASSES).to(noise.dtype)
        return self.layers(torch.cat([noise, one_hot], 1))


class QuickDiscriminator(nn.Module):
    """y = <w + E[class], x> + b"""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 5, 2, 2), nn.LeakyReLU(0.2),
            nn.Conv2d(16, 16, 4, 2, 1), nn.BatchNorm2d(16), nn.LeakyReLU(0.2), nn.Flatten(),
        )  # fmt: skip
        self.linear = nn.Linear(784, 1)
        self.embedding = nn.Embedding(CLASSES, 784)

    def forward(self, images, labels):
        x = self.features(images)
        return self.linear(x) + (self.embedding(labels) * x).sum(1, keepdim=True)


def pictures_networks(side):
    stages = 2
    while side >> stages > 7:
        stages += 1
    base, widest = side >> stages, 8 << stages
    generator = [nn.Linear(32, widest * base * base), nn.Unflatten(1, (widest, base, base))]
    discriminator = []
    for stage in range(1, stages + 1):
        channels = widest >> (stage - 1)
        upper = channels // 2 if stage < stages else 3
        generator += [nn.BatchNorm2d(channels), nn.ReLU(), nn.ConvTranspose2d(channels, upper, 4, 2, 1)]
        discriminator += [nn.Conv2d(3 if stage == 1 else 4 << stage, 8 << stage, 4, 2, 1)]
        discriminator += [nn.BatchNorm2d(8 << stage)] * (stage > 1) + [nn.LeakyReLU(0.2)]
    score = [nn.Flatten(), nn.Linear(widest * base * base, 1)]
    return nn.Sequential(*generator, nn.Tanh()), nn.Sequential(*discriminator, *score)


def translate(x):
    """DiffAugment's translation (Zhao et al. 2020): by at most an eighth, with zeros beside."""
    batch, _, side, _ = x.shape
    most = side // 8
    places = torch.arange(1, side + 1) + torch.randint(-most, most + 1, (2, batch, 1))
    rows, columns = places.clamp(0, side + 1)
    padded = nn.functional.pad(x, (1, 1, 1, 1)).permute(0, 2, 3, 1)
    samples = torch.arange(batch)[:, None, None]
    return padded[samples, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


class Workload:
    """The properties of a preset that a step depends on."""

    def __init__(
        self, preset, networks, batch, latent, flat, rates, generator_first=False, classes=False, ema=0.0,
        shape=(1, 28, 28), hinge=False, translated=False,
    ):  # fmt: skip
        self.preset = preset
        self.networks = networks
        self.batch = batch
        self.latent = latent
        self.flat = flat
        self.rates = rates  # learning rates of D and G, beta1, beta2
        self.generator_first = generator_first
        self.classes = classes
        self.ema = ema
        self.shape = shape
        self.hinge = hinge
        self.translated = translated


def pictures_workload(side):
    return Workload(
        "pictures", lambda: pictures_networks(side), 16, 32, False, (2e-3, 2e-3, 0.0, 0.99), ema=0.99,
        shape=(3, side, side), hinge=True, translated=True,
    )  # fmt: skip


WORKLOADS = {
    "W1": Workload("seed", seed_networks, 32, 64, True, (3e-4, 3e-4, 0.9, 0.999)),
    "W2": Workload("mlp", mlp_networks, 64, 100, True, (2e-4, 2e-4, 0.5, 0.999), generator_first=True),
    "W3": Workload("dcgan", dcgan_networks, 64, 64, False, (2e-4, 2e-4, 0.5, 0.999)),
    "W4": Workload(
        "quick", lambda: (QuickGenerator(), QuickDiscriminator()), 16, 16, False, (3e-3, 5e-3, 0.0, 0.99),
        classes=True, ema=0.98,
    ),
    "W5": pictures_workload(32),
    "W6": pictures_workload(64),
}  # fmt: skip


@functools.cache
def images_of(shape):
    return torch.randint(256, (EXAMPLES, *shape), dtype=torch.uint8).float().div_(127.5).sub_(1)


class Training:
    def __init__(self, workload, lean):
        self.workload = workload
        self.lean = lean
        self.images = images_of(workload.shape)
        if workload.flat:
            self.images = self.images.flatten(1)
        self.labels = torch.randint(CLASSES, (EXAMPLES,))
        self.generator, self.discriminator = workload.networks()
        rate_d, rate_g, *betas = workload.rates
        options = {"fused": True} if lean else {}
        self.optimizer_d = torch.optim.Adam(self.discriminator.parameters(), rate_d, betas, **options)
        self.optimizer_g = torch.optim.Adam(self.generator.parameters(), rate_g, betas, **options)
        self.average = [p.detach().clone() for p in self.generator.parameters()] if workload.ema else []
        self.bce = nn.BCEWithLogitsLoss()
        self.ones = torch.ones(workload.batch, 1)
        self.zeros = torch.zeros(workload.batch, 1)

    def step(self):
        batch = self.workload.batch
        index = torch.randint(EXAMPLES, (batch,))
        real = (self.images[index],)
        noise = (torch.randn(batch, self.workload.latent),)
        classes = ()
        if self.workload.classes:
            classes = (torch.randint(CLASSES, (batch,)),)
            real += (self.labels[index],)
        fake = self.generator(*noise, *classes)
        if self.workload.generator_first:
            self.update_generator(fake, classes)
        loss_d = self.update_discriminator(real, fake, classes)
        if not self.workload.generator_first:
            self.update_generator(fake, classes)
        if self.average:
            torch._foreach_lerp_(self.average, [p.detach() for p in self.generator.parameters()], 1 - self.workload.ema)
        return loss_d

    def judged(self, images, *classes):
        return self.discriminator(translate(images) if self.workload.translated else images, *classes)

    def update_discriminator(self, real, fake, classes):
        on_real, on_fake = self.judged(*real), self.judged(fake.detach(), *classes)
        if self.workload.hinge:
            loss_d = nn.functional.relu(1 - on_real).mean() + nn.functional.relu(1 + on_fake).mean()
        else:
            loss_d = (self.bce(on_real, self.ones) + self.bce(on_fake, self.zeros)) / 2
        self.optimizer_d.zero_grad()
        loss_d.backward()
        self.optimizer_d.step()
        return loss_d

    def update_generator(self, fake, classes):
        if self.lean:
            self.discriminator.requires_grad_(False)
        on_fake = self.judged(fake, *classes)
        loss_g = -on_fake.mean() if self.workload.hinge else self.bce(on_fake, self.ones)
        self.optimizer_g.zero_grad()
        loss_g.backward()
        self.optimizer_g.step()
        if self.lean:
            self.discriminator.requires_grad_(True)

    def block(self, seconds):
        """Steps per second over about `seconds`; at least one step."""
        steps = 0
        start = time.perf_counter()
        while steps == 0 or time.perf_counter() - start < seconds:
            loss_d = self.step()
            steps += 1
        elapsed = time.perf_counter() - start
        if not torch.isfinite(loss_d):
            raise RuntimeError(f"lossD is {loss_d.item()}")
        return steps / elapsed


def main(options):
    torch.set_num_threads(options.threads)
    loops = {"tutorial": False, "lean": True}
    trainings = {
        (name, loop): Training(WORKLOADS[name], lean)
        for name in options.only
        for loop, lean in loops.items()
    }
    for training in trainings.values():
        training.block(0.5)
    rates = {key: [] for key in trainings}
    for _ in range(options.rounds):
        for key, training in trainings.items():
            rates[key].append(training.block(options.seconds))
    print(f"PyTorch {torch.__version__}, {options.threads} thread(s), steps/s, median of {options.rounds}:")
    for name in options.only:
        workload = WORKLOADS[name]
        figures = ", ".join(f"{loop} {statistics.median(rates[name, loop]):.4g}" for loop in loops)
        print(f"{name} {workload.preset}, side {workload.shape[1]}, batch {workload.batch}: {figures}")


if __name__ == "__main__":
    main(OPTIONS)
