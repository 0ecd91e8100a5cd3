// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Each preset in one sentence.

import { msg } from "@lit/localize";
import type { Preset } from "../../config/presets";

export function describePreset(preset: Preset): string {
  switch (preset) {
    case "quick":
      return msg("Small convolutions that are told which digit to draw: readable in seconds.");
    case "seed":
      return msg("The GAN of the PyTorch tutorial: two layers each, and a slow learner.");
    case "mlp":
      return msg("Fully connected, wider and deeper, with batch normalization.");
    case "dcgan":
      return msg("Deep convolutions (Radford et al. 2015): fine strokes, many more sums a step.");
    case "cgan":
      return msg("Both networks are told the digit (Mirza and Osindero 2014).");
    case "acgan":
      return msg("The discriminator also names the digit (Odena et al. 2017).");
    case "lsgan":
      return msg("Least squares in the place of probabilities (Mao et al. 2017).");
    case "wgan-gp":
      return msg(
        "A critic that measures distance, held smooth by a gradient penalty (Gulrajani et al. 2017).",
      );
    case "hinge":
      return msg("A convolutional critic with hinge loss (Miyato et al. 2018) and R1.");
    case "toy2d":
      return msg("Points in the plane: small enough to see everything that both networks do.");
  }
}
