// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The core's presets that the page offers, those whose discriminator tells a probability, and what
// each is in one sentence.

import { msg } from "@lit/localize";

export const PRESETS = ["quick", "seed", "mlp", "dcgan", "cgan", "acgan"] as const;
export type Preset = (typeof PRESETS)[number];

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
  }
}
