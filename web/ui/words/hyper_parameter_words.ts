// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Labels and explanations of the hyper-parameters, and error texts for invalid values.

import { msg } from "@lit/localize";

export interface Words {
  readonly label: string;
  readonly help: string;
}

/** @param name without its network prefix, e.g. "lr" */
export function describeParameter(name: string): Words {
  return words()[name] ?? { label: name, help: "" };
}

function words(): Readonly<Record<string, Words>> {
  return {
    data: {
      label: msg("Real points"),
      help: msg(
        "The distribution of the real points. You can also draw your own next to the plane.",
      ),
    },
    objective: {
      label: msg("Objective"),
      help: msg(
        "The losses of both networks: bce is the usual game with probabilities, minimax its original form; lsgan uses least squares, hinge a margin, wgan a distance.",
      ),
    },
    batch_size: {
      label: msg("Batch size"),
      help: msg("Real images per step, and the same number of generated ones."),
    },
    latent_size: {
      label: msg("Latent size"),
      help: msg("How many random numbers the generator turns into one image."),
    },
    first_update: {
      label: msg("First update"),
      help: msg("Which network is updated first in a step; the other then uses the same fakes."),
    },
    detach: {
      label: "detach",
      help: msg(
        "Stops the discriminator’s gradient before it reaches the generator. Without it, both losses’ gradients are added and work against each other.",
      ),
    },
    label_smoothing: {
      label: msg("Label smoothing"),
      help: msg(
        "Lowers the target for real images to 1 minus this, so that the discriminator does not become too sure.",
      ),
    },
    instance_noise: {
      label: msg("Instance noise"),
      help: msg(
        "Strength of the noise on all inputs of the discriminator, which makes its task harder.",
      ),
    },
    augment_color: {
      label: msg("Augment: colours"),
      help: msg(
        "Changes brightness, saturation and contrast of all images that the discriminator sees, real and generated, at random. With few images, this keeps it from learning them by heart. Usual: 1.",
      ),
    },
    augment_translation: {
      label: msg("Augment: shift"),
      help: msg(
        "Moves the images that the discriminator sees by up to this share of their side. Usual: 0.125.",
      ),
    },
    augment_cutout: {
      label: msg("Augment: cutout"),
      help: msg(
        "Covers a square of this share of the side in the images that the discriminator sees. Usual: 0.5.",
      ),
    },
    shards: {
      label: msg("Shards"),
      help: msg(
        "Cuts each batch into this many parts with their own noise and batch-norm statistics, as if as many computers trained together.",
      ),
    },
    ema_decay: {
      label: msg("Moving average"),
      help: msg(
        "Decay of the moving average of the generator’s weights, which is used for samples; 0 turns it off.",
      ),
    },
    weight_clip: {
      label: msg("Weight clipping"),
      help: msg(
        "Limits the discriminator’s weights to this size after each update; 0 turns it off.",
      ),
    },
    gradient_penalty: {
      label: msg("Gradient penalty"),
      help: msg(
        "Weight of WGAN-GP’s penalty, which keeps the norm of the discriminator’s gradient near 1.",
      ),
    },
    r1: {
      label: "R1",
      help: msg("Weight of the penalty on the discriminator’s gradient at real images."),
    },
    r1_interval: {
      label: msg("R1 every"),
      help: msg(
        "R1 is computed in each of this many updates and counts as many times. More is faster; 1 is exact.",
      ),
    },
    auxiliary_classifier: {
      label: msg("Auxiliary classifier"),
      help: msg("The discriminator also classifies the digit, as in ACGAN."),
    },
    optimizer: {
      label: msg("Optimiser"),
      help: msg("How gradients are turned into weight updates."),
    },
    lr: {
      label: msg("Learning rate"),
      help: msg("How far one update moves the weights: the first thing to try."),
    },
    beta1: {
      label: "β₁",
      help: msg(
        "How long Adam averages past gradients; GANs often train better with less than the usual 0.9.",
      ),
    },
    beta2: {
      label: "β₂",
      help: msg("How long Adam averages past squared gradients."),
    },
    momentum: {
      label: msg("Momentum"),
      help: msg("How much of the previous update carries over."),
    },
    alpha: { label: "α", help: msg("How long RMSprop averages past squared gradients.") },
    eps: { label: "ε", help: msg("A small number that keeps divisions finite.") },
    weight_decay: {
      label: msg("Weight decay"),
      help: msg("Pulls weights towards 0 with each update."),
    },
    lr_decay_steps: {
      label: msg("Rate decay steps"),
      help: msg("The learning rate falls linearly to 0 over this many steps; 0 keeps it constant."),
    },
    updates: {
      label: msg("Updates per step"),
      help: msg("How many times this network is updated in each step."),
    },
    init: {
      label: msg("Initial weights"),
      help: msg(
        "How initial weights are drawn: PyTorch’s way, or DCGAN’s normal distribution with standard deviation 0.02.",
      ),
    },
  };
}
