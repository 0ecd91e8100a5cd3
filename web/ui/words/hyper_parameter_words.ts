// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What each hyper-parameter is called, what it means in a sentence, and what is wrong with a value.

import { msg, str } from "@lit/localize";
import type { HyperParameter } from "../../config/hyper_parameters";

export interface Words {
  readonly label: string;
  readonly help: string;
}

/** @param name without its network, as "lr" */
export function describeParameter(name: string): Words {
  return words()[name] ?? { label: name, help: "" };
}

function words(): Readonly<Record<string, Words>> {
  return {
    data: {
      label: msg("Real points"),
      help: msg("What they are drawn from; you draw your own beside the plane."),
    },
    objective: {
      label: msg("Objective"),
      help: msg(
        "What the two play for: bce is the classic game of probabilities, minimax its first form, lsgan least squares, hinge a margin, wgan a distance.",
      ),
    },
    batch_size: {
      label: msg("Batch size"),
      help: msg("Real images in one step, and as many generated ones."),
    },
    latent_size: {
      label: msg("Latent size"),
      help: msg("How many random numbers the generator makes one image of."),
    },
    first_update: {
      label: msg("First update"),
      help: msg("Which network learns first in a step; the other sees the same fakes."),
    },
    detach: {
      label: "detach",
      help: msg(
        "Keeps the discriminator’s loss from reaching the generator. Without it the two gradients are added, and work against each other.",
      ),
    },
    label_smoothing: {
      label: msg("Label smoothing"),
      help: msg(
        "Real images count as 1 minus this, so that the discriminator is never quite sure.",
      ),
    },
    instance_noise: {
      label: msg("Instance noise"),
      help: msg(
        "Noise of this strength on all that the discriminator sees, which makes its task harder.",
      ),
    },
    ema_decay: {
      label: msg("Moving average"),
      help: msg("Samples come from a moving average of the generator; 0 turns it off."),
    },
    weight_clip: {
      label: msg("Weight clipping"),
      help: msg("Cuts the discriminator’s weights to this size after each update; 0 does not."),
    },
    gradient_penalty: {
      label: msg("Gradient penalty"),
      help: msg("Weight of WGAN-GP’s penalty, which keeps the critic’s slope near 1."),
    },
    r1: {
      label: "R1",
      help: msg("Weight of the penalty on the discriminator’s slope at real images."),
    },
    auxiliary_classifier: {
      label: msg("Auxiliary classifier"),
      help: msg("The discriminator also names the digit, as in ACGAN."),
    },
    optimizer: {
      label: msg("Optimizer"),
      help: msg("How gradients become steps of the weights."),
    },
    lr: {
      label: msg("Learning rate"),
      help: msg("How far one update moves the weights: the first thing to turn."),
    },
    beta1: {
      label: "β₁",
      help: msg("How long Adam remembers the direction; GANs like less than the usual 0.9."),
    },
    beta2: {
      label: "β₂",
      help: msg("How long Adam remembers how large gradients are."),
    },
    momentum: { label: msg("Momentum"), help: msg("How much of the last update goes on.") },
    alpha: { label: "α", help: msg("How long RMSprop remembers how large gradients are.") },
    eps: { label: "ε", help: msg("A small number that keeps divisions finite.") },
    weight_decay: {
      label: msg("Weight decay"),
      help: msg("Pulls weights towards 0 at each update."),
    },
    lr_decay_steps: {
      label: msg("Rate falls over"),
      help: msg("The learning rate falls evenly to 0 over so many steps; 0: it stays."),
    },
    updates: {
      label: msg("Updates in a step"),
      help: msg("How many times this network learns in one step: k."),
    },
    init: {
      label: msg("First weights"),
      help: msg("How weights are drawn: as PyTorch does, or normal with 0.02 as DCGAN does."),
    },
  };
}

export function describeRange({ spec }: HyperParameter): string {
  switch (spec.kind) {
    case "number": {
      const [least, most] = [String(spec.least), String(spec.most)];
      return spec.whole
        ? msg(str`A whole number from ${least} to ${most}.`)
        : msg(str`A number from ${least} to ${most}.`);
    }
    case "choice":
    case "layers":
    case "points":
      return "";
  }
}
