# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Configs for family.py: the presets' architectures, scaled down."""

FLAT = [20]
IMAGE = [1, 8, 8]
# Default values of the training options.
DEFAULTS = {
    "objective": "bce",
    "first_update": "discriminator",
    "detach": True,
    "auxiliary_classifier": False,
    "label_smoothing": 0,
    "instance_noise": 0,
    "weight_clip": 0,
    "gradient_penalty": 0,
    "r1": 0,
    "ema_decay": 0,
}


def linear(out_features):
    return {"type": "linear", "out_features": out_features}


def leaky(slope=0.2):
    return {"type": "leaky_relu", "negative_slope": slope}


def norm(eps=1e-5):
    return {"type": "batch_norm", "eps": eps, "momentum": 0.1}


def conv(out_channels, kernel_size, stride, padding):
    return {
        "type": "conv2d",
        "out_channels": out_channels,
        "kernel_size": kernel_size,
        "stride": stride,
        "padding": padding,
    }


def conv_transpose(out_channels):
    return {**conv(out_channels, 4, 2, 1), "type": "conv_transpose2d", "output_padding": 0}


def reshape(channels, side=2):
    return {"type": "reshape", "channels": channels, "height": side, "width": side}


def concat(embedding_size):
    return {"type": "class_concat", "embedding_size": embedding_size}


RELU, TANH, SIGMOID, FLATTEN, UPSAMPLE = (
    {"type": name} for name in ("relu", "tanh", "sigmoid", "flatten", "upsample2x")
)
# A higher rate than the presets', so that ten steps change every weight noticeably. The gradient of a bias before batch
# norm is pure rounding error, 1e-17 or 1e-9, which the presets' eps of 1e-8 would amplify to steps of the full rate.
DCGAN_ADAM = {"type": "adam", "lr": 2e-3, "beta1": 0.5, "beta2": 0.999, "eps": 1e-5, "weight_decay": 0}

MLP_G = [
    linear(8), leaky(), linear(12), norm(0.8), leaky(), linear(14), norm(0.8), leaky(), linear(16), norm(0.8), leaky(),
    linear(20), TANH,
]  # fmt: skip
MLP_D = [linear(14), leaky(), linear(8), leaky(), linear(1)]
DCGAN_G = [linear(32), norm(), RELU, reshape(8), conv_transpose(7), norm(), RELU, conv_transpose(1), TANH]


def config(generator, discriminator, shape, adam=DCGAN_ADAM, optimizers=(None, None), updates=1, **options):
    network = {"init": "pytorch", "updates": 1}
    return {
        "preset": "golden",
        "seed": 2026,
        "batch_size": 17,
        "latent_size": 6,
        "sample_shape": shape,
        "classes": 0,
        "data": "images",
        "examples": 0,
        **DEFAULTS,
        **options,
        "generator": {"layers": generator, "optimizer": optimizers[0] or adam, **network},
        "discriminator": {"layers": discriminator, "optimizer": optimizers[1] or adam, **network, "updates": updates},
    }


def acgan():
    def d_block(channels):
        return [conv(channels, 3, 2, 1), leaky(), {"type": "dropout2d", "p": 0.25}]

    def g_block(channels):
        return [UPSAMPLE, conv(channels, 3, 1, 1), norm(0.8), leaky()]

    generator = [concat(0), linear(20), reshape(5), norm(), *g_block(6), *g_block(4), conv(1, 3, 1, 1), TANH]
    discriminator = [*d_block(4), *d_block(6), *d_block(8), FLATTEN, linear(11), SIGMOID]
    return config(
        generator, discriminator, IMAGE, classes=10, auxiliary_classifier=True, first_update="generator"
    )


def cgan():
    dropout = {"type": "dropout", "p": 0.4}
    discriminator = [
        concat(5), linear(12), leaky(), linear(12), dropout, leaky(), linear(12), dropout, leaky(), linear(1),
    ]  # fmt: skip
    return config([concat(5), *MLP_G], discriminator, FLAT, classes=10, objective="lsgan", first_update="generator")


def pictures(channels, side, classes=0, **options):
    """Convolutional networks for pictures of another shape, with as many stages as the presets have."""
    stages = 4 if side >= 64 else 3 if side >= 48 else 2
    base = side >> stages
    conditional = [concat(0)] if classes > 0 else []
    generator = [*conditional, linear(2 * base * base), reshape(2, base), norm(), RELU]
    discriminator = [conv(3, 4, 2, 1), leaky()]
    for _ in range(stages - 1):
        generator += [conv_transpose(3), RELU]
        discriminator += [conv(3, 4, 2, 1), leaky()]
    score = {"type": "class_projection"} if classes > 0 else linear(1)
    return config(
        [*generator, conv_transpose(channels), TANH],
        [*discriminator, FLATTEN, score, SIGMOID],
        [channels, side, side],
        classes=classes,
        **options,
    )


def augmented(**options):
    return config(
        [linear(32), norm(), RELU, reshape(8), conv_transpose(7), norm(), RELU, conv_transpose(3), TANH],
        [conv(5, 4, 2, 1), leaky(), conv(7, 4, 2, 1), leaky(), FLATTEN, linear(1)],
        [3, 8, 8],
        objective="hinge",
        augment_color=1,
        augment_translation=0.25,
        augment_cutout=0.5,
        **options,
    )


def ddp(processes):
    conditional = [concat(0), linear(14), leaky(), linear(20), TANH], [concat(5), linear(12), leaky(), linear(1), SIGMOID]
    return config(*conditional, FLAT, classes=10, label_smoothing=0.1, ema_decay=0.9, shards=processes)


# The same for ddp.py.
DDP_RUNS = {"ddp2": (ddp(2), [12, 16]), "ddp4": (ddp(4), [12, 16])}

# name: (config, batch sizes, repeated cyclically)
RUNS = {
    "mlp": (config(MLP_G, [*MLP_D, SIGMOID], FLAT, first_update="generator"), [6, 17, 6]),
    "dcgan": (
        config(
            DCGAN_G,
            [conv(6, 4, 2, 1), leaky(), conv(7, 4, 2, 1), norm(), leaky(), FLATTEN, linear(1), SIGMOID],
            IMAGE,
        ),
        [6, 6, 16, 6],
    ),
    "quick": (
        config(
            [concat(0), linear(28), reshape(7), norm(), RELU, conv_transpose(4), norm(), RELU, conv_transpose(1), TANH],
            [conv(4, 5, 2, 2), leaky(), conv(7, 4, 2, 1), norm(), leaky(), FLATTEN, {"type": "class_projection"}, SIGMOID],
            IMAGE,
            adam={**DCGAN_ADAM, "beta2": 0.99},
            classes=10,
            ema_decay=0.98,
        ),
        [6, 6, 17, 6],
    ),
    "fine": (
        config(
            [concat(0), linear(28), reshape(7), norm(), RELU, conv_transpose(4), norm(), RELU, conv_transpose(1), TANH],
            [
                conv(4, 5, 2, 2), leaky(), conv(7, 4, 2, 1), leaky(), conv(5, 3, 1, 1), leaky(), FLATTEN,
                {"type": "class_projection"}, SIGMOID,
            ],  # fmt: skip
            IMAGE,
            adam={**DCGAN_ADAM, "beta1": 0.0, "beta2": 0.99},
            classes=10,
            r1=0.5,
            r1_interval=4,
            ema_decay=0.998,
        ),
        [6, 6, 17, 6],
    ),
    "cgan": (cgan(), [6, 17]),
    "acgan": (acgan(), [6, 17, 6]),
    "lsgan": (config(MLP_G, MLP_D, FLAT, objective="lsgan", first_update="generator"), [6, 6, 17]),
    "wgan_gp": (
        config(
            MLP_G,
            MLP_D,
            FLAT,
            adam={**DCGAN_ADAM, "beta1": 0.0, "beta2": 0.9},
            updates=5,
            objective="wgan",
            gradient_penalty=10,
        ),
        [6, 6, 17, 6],
    ),
    "hinge": (
        config(
            DCGAN_G,
            [conv(5, 4, 2, 1), leaky(), conv(7, 4, 2, 1), leaky(), FLATTEN, linear(1)],
            IMAGE,
            objective="hinge",
            r1=0.1,
        ),
        [6, 6, 16],
    ),
    "pictures": (
        config(
            [concat(0), linear(32), reshape(8), norm(), RELU, conv_transpose(7), norm(), RELU, conv_transpose(3), TANH],
            [conv(5, 4, 2, 1), leaky(), conv(7, 4, 2, 1), norm(), leaky(), FLATTEN, {"type": "class_projection"}],
            [3, 8, 8],
            adam={**DCGAN_ADAM, "beta1": 0.0, "beta2": 0.99},
            classes=12,
            objective="hinge",
            augment_color=0,
            augment_translation=0.125,
            augment_cutout=0,
            ema_decay=0.99,
        ),
        [6, 6, 17, 6],
    ),
    "toy2d": (
        config(
            [linear(12), RELU, linear(12), RELU, linear(2)],
            [linear(12), leaky(), linear(12), leaky(), linear(1), SIGMOID],
            [2],
            adam={**DCGAN_ADAM, "eps": 1e-8},
        ),
        [17],
    ),
    # Options that no preset uses.
    "options": (
        config(
            MLP_G,
            [*MLP_D, SIGMOID],
            FLAT,
            optimizers=(
                {"type": "sgd", "lr": 0.05, "momentum": 0.9, "weight_decay": 0.01},
                {"type": "rmsprop", "lr": 1e-3, "alpha": 0.9, "eps": 1e-8, "weight_decay": 0.01},
            ),
            objective="minimax",
            label_smoothing=0.1,
            weight_clip=0.2,
        ),
        [6, 17],
    ),
    # A loop without .detach() that zeroes all gradients at its start.
    "attached": (
        config(
            MLP_G,
            [*MLP_D, SIGMOID],
            FLAT,
            optimizers=({"type": "sgd", "lr": 0.05, "momentum": 0.9, "weight_decay": 0.01}, None),
            detach=False,
        ),
        [6, 17, 6],
    ),
    # Pictures of other shapes.
    "colour16": (pictures(3, 16, classes=26, ema_decay=0.98), [2]),
    "colour28": (pictures(3, 28), [2]),
    "colour32": (pictures(3, 32), [2]),
    "grey48": (pictures(1, 48), [2]),
    "grey64": (pictures(1, 64), [2]),
    "augmented": (augmented(r1=0.1), [6, 17, 6]),
    # In shards, of unequal sizes where these do not divide the batch.
    "shards": (
        config(
            [concat(0), linear(28), reshape(7), norm(), RELU, conv_transpose(4), norm(), RELU, conv_transpose(1), TANH],
            [
                conv(4, 5, 2, 2), leaky(), {"type": "dropout2d", "p": 0.25}, conv(7, 4, 2, 1), norm(), leaky(), FLATTEN,
                {"type": "class_projection"}, SIGMOID,
            ],  # fmt: skip
            IMAGE,
            adam={**DCGAN_ADAM, "beta2": 0.99},
            classes=10,
            label_smoothing=0.1,
            ema_decay=0.98,
            augment_color=0,
            augment_translation=0.125,
            augment_cutout=0,
            shards=3,
        ),
        [12, 17, 6],
    ),
    "shards_penalty": (
        config(
            MLP_G,
            MLP_D,
            FLAT,
            adam={**DCGAN_ADAM, "beta1": 0.0, "beta2": 0.9},
            updates=5,
            objective="wgan",
            gradient_penalty=10,
            shards=4,
        ),
        [12, 17, 9],
    ),
    "augmented_attached": (augmented(detach=False), [6, 17]),
}
