// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Each preset in one sentence.

import { msg } from "@lit/localize";
import type { Preset } from "../../config/presets";

export function describePreset(preset: Preset): string {
  switch (preset) {
    case "quick":
      return msg("Small convolutional networks with the digit as an input: readable in seconds.");
    case "fine":
      return msg(
        "Crisp digits after a minute; rates fall to 0 in 24,000 steps. D has one more layer and R1.",
      );
    case "seed":
      return msg("The GAN of the PyTorch tutorial: two layers per network, slow to learn.");
    case "mlp":
      return msg("Fully connected, wider and deeper, with batch normalisation.");
    case "dcgan":
      return msg("Deep convolutional networks (Radford et al. 2015): finer strokes, slower steps.");
    case "cgan":
      return msg("Both networks get the digit as an input (Mirza and Osindero 2014).");
    case "acgan":
      return msg("The discriminator also classifies the digit (Odena et al. 2017).");
    case "lsgan":
      return msg("Least squares instead of cross-entropy (Mao et al. 2017).");
    case "wgan-gp":
      return msg(
        "A discriminator that measures the distance between distributions, kept smooth by a gradient penalty (Gulrajani et al. 2017).",
      );
    case "hinge":
      return msg("A convolutional discriminator with hinge loss (Miyato et al. 2018) and R1.");
    case "pictures":
      return msg(
        "For your own pictures, from some dozens to ten thousand: small convolutional networks, and a discriminator that sees every picture changed a little, so that it does not learn them by heart.",
      );
    case "toy2d":
      return msg("Points in the plane: small enough to see everything that both networks do.");
  }
}
