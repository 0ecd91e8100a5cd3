# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Writes the golden files in this folder: PyTorch's runs of the tutorial's loop, and a file of Python's safetensors.

    toolchain/run python3 tests/golden/generate.py

Each training file holds one scaled-down run of the `seed` preset in float64: the config, initial weights, images and
noise; then, for ten steps, losses, mean probabilities, the first step's gradients, final weights and Adam moments. The
results of the same run in float32 are stored under `float32.`, as a measure of acceptable rounding error. All inputs
are exact in float32, so both runs start from the same values. The other presets' runs come from family.py and ddp.py, results for
exploration from exploration.py, and quality metrics from judge.py.
"""

import json
import pathlib

import torch
from safetensors.torch import save_file
from torch import nn

import ddp
import exploration
import family
import family_configs
import judge

HERE = pathlib.Path(__file__).parent
STEPS = 10
LATENT, HIDDEN_G, HIDDEN_D, IMAGE = 8, 12, 10, 20

# name: (batch sizes of the ten steps, Adam's learning rate)
TRAINING_RUNS = {
    "seed_batch6": ([6] * STEPS, 3e-4),
    "seed_batch16": ([16] * STEPS, 3e-4),
    # Two full blocks of 16 lanes and a partial one, smaller last batches, and a high learning rate.
    "seed_batch33_fast": ([33, 33, 33, 5, 33, 33, 33, 17, 33, 1], 2e-2),
}


def build_networks(dtype):
    generator = nn.Sequential(
        nn.Linear(LATENT, HIDDEN_G), nn.LeakyReLU(0.01), nn.Linear(HIDDEN_G, IMAGE), nn.Tanh()
    )
    discriminator = nn.Sequential(
        nn.Linear(IMAGE, HIDDEN_D), nn.LeakyReLU(0.01), nn.Linear(HIDDEN_D, 1), nn.Sigmoid()
    )
    return generator.to(dtype), discriminator.to(dtype)


def named(prefix, network, value_of):
    return {f"{prefix}{name}": value_of(p).detach().clone() for name, p in network.named_parameters()}


def train(dtype, initial, batches, rate):
    """Runs the tutorial's loop and returns the tensors to compare."""
    generator, discriminator = build_networks(dtype)
    generator.load_state_dict({k: v.to(dtype) for k, v in initial[0].items()})
    discriminator.load_state_dict({k: v.to(dtype) for k, v in initial[1].items()})
    optimizer_g = torch.optim.Adam(generator.parameters(), lr=rate)
    optimizer_d = torch.optim.Adam(discriminator.parameters(), lr=rate)
    criterion = nn.BCELoss()
    losses, probabilities, out = [], [], {}
    for step, (images, noise) in enumerate(batches):
        real = images.to(dtype)
        noise = noise.to(dtype)
        ones = torch.ones(len(real), 1, dtype=dtype)
        zeros = torch.zeros(len(real), 1, dtype=dtype)

        fake = generator(noise)
        p_real = discriminator(real)
        p_fake = discriminator(fake.detach())
        loss_d = (criterion(p_real, ones) + criterion(p_fake, zeros)) / 2
        optimizer_d.zero_grad()
        loss_d.backward()
        if step == 0:
            out.update(named("gradient.discriminator.", discriminator, lambda p: p.grad))
        optimizer_d.step()

        loss_g = criterion(discriminator(fake), ones)
        optimizer_g.zero_grad()
        loss_g.backward()
        if step == 0:
            out.update(named("gradient.generator.", generator, lambda p: p.grad))
        optimizer_g.step()

        losses.append([loss_d.item(), loss_g.item()])
        probabilities.append([p_real.mean().item(), p_fake.mean().item()])
    out["losses"] = torch.tensor(losses, dtype=dtype)
    out["probabilities"] = torch.tensor(probabilities, dtype=dtype)
    for name, network, optimizer in (
        ("generator.", generator, optimizer_g),
        ("discriminator.", discriminator, optimizer_d),
    ):
        out.update(named("final." + name, network, lambda p: p))
        for moment in ("exp_avg", "exp_avg_sq"):
            out.update(named(f"{moment}.{name}", network, lambda p: optimizer.state[p][moment]))
    return out


def config_json(batch_size, rate):
    adam = {"type": "adam", "lr": rate, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8}
    network = {"init": "pytorch", "updates": 1, "optimizer": adam}
    linear, leaky = family_configs.linear, family_configs.leaky(0.01)
    return json.dumps(
        {
            "preset": "golden",
            "seed": 0,
            "batch_size": batch_size,
            "latent_size": LATENT,
            "sample_shape": [IMAGE],
            "examples": 0,
            "classes": 0,
            "data": "images",
            **family_configs.DEFAULTS,
            "generator": {
                "layers": [linear(HIDDEN_G), leaky, linear(IMAGE), family_configs.TANH],
                **network,
            },
            "discriminator": {
                "layers": [linear(HIDDEN_D), leaky, linear(1), family_configs.SIGMOID],
                **network,
            },
        }
    )


def write_training_run(name, sizes, rate):
    generator, discriminator = build_networks(torch.float32)
    initial = (generator.state_dict(), discriminator.state_dict())
    # Normalised bytes: [0, 255] -> [-1, 1].
    images = torch.randint(0, 256, (sum(sizes), IMAGE)).float() / 255
    images = (images - 0.5) / 0.5
    noise = torch.randn(sum(sizes), LATENT)
    batches = list(zip(images.split(sizes), noise.split(sizes)))

    tensors = {"batch_sizes": torch.tensor(sizes, dtype=torch.float64), "images": images, "noise": noise}
    for network, weights in zip(("generator", "discriminator"), initial):
        tensors.update({f"initial.{network}.{k}": v for k, v in weights.items()})
    tensors.update(train(torch.float64, initial, batches, rate))
    in_float32 = train(torch.float32, initial, batches, rate)
    tensors.update({f"float32.{k}": v for k, v in in_float32.items()})
    save_file(tensors, HERE / f"{name}.safetensors", {"config": config_json(max(sizes), rate)})


def write_format_sample():
    """A file written by the Python library, with every dtype and shape that ours reads."""
    count = torch.arange(6, dtype=torch.float64).reshape(2, 3)
    save_file(
        {
            "f64": count / 3,
            "f32": (count / 3).float(),
            "f16": (count / 3).half(),
            "scalar": torch.tensor(1.5),
            "empty": torch.zeros(0, 3),
            "four_axes": torch.arange(24, dtype=torch.float32).reshape(1, 2, 3, 4),
            "f16_extremes": torch.tensor(
                [0.0, -0.0, 6e-8, 6.1e-5, 65504.0, -65504.0], dtype=torch.float16
            ),
        },
        HERE / "python_written.safetensors",
        {"format": "pt", "note": "digits 数字"},
    )


def main():
    torch.manual_seed(2026)
    torch.set_num_threads(1)
    for name, (sizes, rate) in TRAINING_RUNS.items():
        write_training_run(name, sizes, rate)
    write_format_sample()
    save_file(judge.metrics(), HERE / "judge_metrics.safetensors")
    save_file(judge.variety(), HERE / "judge_variety.safetensors")
    save_file(judge.classifications(), HERE / "judge_opinions.safetensors")
    for name, (config, sizes) in family_configs.RUNS.items():
        torch.manual_seed(2026)
        family.write_run(
            name, config, sizes, lambda name, tensors, meta: save_file(tensors, HERE / f"family_{name}.safetensors", meta)
        )
    for name, (config, sizes) in family_configs.DDP_RUNS.items():
        torch.manual_seed(2026)
        family.write_run(
            name,
            config,
            sizes,
            lambda name, tensors, meta: save_file(tensors, HERE / f"family_{name}.safetensors", meta),
            ddp.train_all,
        )
    for name in exploration.RUNS:
        torch.manual_seed(2026)
        exploration.write_results(
            name, lambda name, tensors, meta: save_file(tensors, HERE / f"exploration_{name}.safetensors", meta)
        )


if __name__ == "__main__":
    main()
