# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Reference values of the quality metrics, computed by PyTorch straight from their definitions, for generate.py.

The Fréchet distance uses the eigenvalues of the covariance product itself, precision and recall compare all pairs, and
the digit classifier is loaded from its file into torch.nn.
"""

import gzip
import pathlib

import torch
from safetensors.torch import load_file
from torch import nn

ASSETS = pathlib.Path(__file__).parents[2] / "assets"


def frechet_distance(a, b):
    """FID of two sets of feature rows (Heusel et al. 2017)."""
    means = a.mean(0), b.mean(0)
    covariances = torch.cov(a.T), torch.cov(b.T)
    root_trace = torch.linalg.eigvals(covariances[0] @ covariances[1]).sqrt().sum().real
    return (means[0] - means[1]).square().sum() + covariances[0].trace() + covariances[1].trace() - 2 * root_trace


def inside(points, centres, k):
    """Share of points nearer to some centre than its k-th neighbour (Kynkäänniemi et al. 2019)."""
    radii = torch.cdist(centres, centres).sort(dim=1).values[:, k]  # column 0 is the point itself
    return (torch.cdist(points, centres) <= radii).any(dim=1).double().mean()


def density_coverage(points, centres, k):
    """Density and coverage of points, of which each counts the balls of centres that it lies in (Naeem et al. 2020)."""
    radii = torch.cdist(centres, centres).sort(dim=1).values[:, k]  # column 0 is the point itself
    inside_ball = torch.cdist(points, centres) <= radii
    return inside_ball.double().sum() / (k * len(points)), inside_ball.any(dim=0).double().mean()


def metrics():
    torch.manual_seed(11)
    features = 12
    mixing = torch.randn(features, features) / 3
    real = (torch.randn(311, features) @ mixing + 0.5).relu()
    fake = (torch.randn(290, features) @ mixing * 0.8 + torch.linspace(0, 1, features)).relu()
    a, b = real.double(), fake.double()
    tensors = {"real": real, "fake": fake, "frechet": frechet_distance(a, b).reshape(1)}
    tensors["mean"], tensors["covariance"] = a.mean(0), torch.cov(a.T)
    for k in (1, 3):
        tensors[f"precision{k}"] = inside(b, a, k).reshape(1)
        tensors[f"recall{k}"] = inside(a, b, k).reshape(1)
    tensors["nearest"] = torch.cdist(b, a).min(dim=1).values
    tensors["density5"], tensors["coverage5"] = (value.reshape(1) for value in density_coverage(b, a, 5))
    tensors["mean_distance"] = torch.pdist(a).mean().reshape(1)
    return tensors


def mean_squared_distance(rows):
    """Mean over all pairs of rows."""
    return torch.pdist(rows).square().mean()


def variety():
    """The definitions in collapse.h, for five classes, of which the samples lack one and have another only once."""
    torch.manual_seed(12)
    features, classes = 84, 5
    centres = 4 * torch.rand(classes, features)
    sets = {}
    for name, counts, scale in (("real", [60, 50, 40, 30, 20], 1.0), ("fake", [80, 30, 1, 9, 0], 0.4)):
        seen = torch.repeat_interleave(torch.arange(classes), torch.tensor(counts))
        seen = seen[torch.randperm(len(seen))]
        sets[name] = (centres[seen] + scale * torch.randn(len(seen), features)).relu(), seen
    (real, real_seen), (fake, fake_seen) = sets["real"], sets["fake"]
    a, b = real.double(), fake.double()
    spread = real_spread = energy = real_energy = 0
    shares = torch.bincount(fake_seen, minlength=classes).double() / len(fake_seen)
    for c in range(classes):
        own, truth = b[fake_seen == c], a[real_seen == c]
        if len(own) < 2:
            continue
        spread += len(own) * mean_squared_distance(own)
        real_spread += len(own) * mean_squared_distance(truth)
        energy += own.square().sum()
        real_energy += len(own) * truth.square().sum(1).mean()
    entropy = -sum(p * p.log2() for p in shares if p > 0)
    return {
        "real": real, "real_classes": real_seen.float(), "fake": fake, "fake_classes": fake_seen.float(),
        "diversity": (spread / real_spread).reshape(1), "clarity": (energy / real_energy).reshape(1),
        "classes": torch.tensor([2.0**entropy], dtype=torch.float64),
    }  # fmt: skip


def classifications():
    """The shipped digit classifier on the first test digits, in float64."""
    body = nn.Sequential(
        nn.Conv2d(1, 8, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 84), nn.ReLU(),
    )  # fmt: skip
    head = nn.Sequential(nn.Linear(84, 10))
    weights = load_file(ASSETS / "models/judge.safetensors")
    for prefix, network in (("body.", body), ("head.", head)):
        own = {name[len(prefix) :]: value for name, value in weights.items() if name.startswith(prefix)}
        network.load_state_dict(own)
    pixels = gzip.decompress((ASSETS / "mnist/t10k-images-idx3-ubyte.gz").read_bytes())[16:]
    images = torch.frombuffer(bytearray(pixels[: 40 * 784]), dtype=torch.uint8).reshape(40, 784)
    x = (images.double() / 255 - 0.5) / 0.5
    with torch.no_grad():
        features = body.double()(x.reshape(-1, 1, 28, 28))
        logits = head.double()(features)
    return {"images": x.float(), "features": features, "logits": logits}
