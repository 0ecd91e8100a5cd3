// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The core's presets, what each is in one sentence, and the little of their configs that
// the page must know before a run exists.

import { msg } from "@lit/localize";
import type { Config } from "../api/types";
import type { Settings } from "./store";

export const PRESETS = [
  "quick",
  "seed",
  "mlp",
  "dcgan",
  "cgan",
  "acgan",
  "lsgan",
  "wgan-gp",
  "hinge",
  "toy2d",
] as const;
export type Preset = (typeof PRESETS)[number];

export const DEFAULT_PRESET: Preset = "quick";

/** All would be over in a blink. */
const POINTS_SPEED = 200;
/** 400 points are shown. */
const POINTS_SIDE = 20;
const CONDITIONAL: readonly Preset[] = ["quick", "cgan", "acgan"];
const OBJECTIVES: Partial<Record<Preset, Config["objective"]>> = {
  cgan: "lsgan",
  lsgan: "lsgan",
  "wgan-gp": "wgan",
  hinge: "hinge",
};

/** Whether it learns points in the plane, not digits. */
export function isOfPoints(preset: Preset): boolean {
  return preset === "toy2d";
}

/** Steps a second at most, where nobody says; null: as many as there can be. */
export function defaultSpeed(preset: Preset): number | null {
  return isOfPoints(preset) ? POINTS_SPEED : null;
}

/** Whether its generator is told which digit to draw. */
export function isConditional(preset: Preset): boolean {
  return CONDITIONAL.includes(preset);
}

export function objectiveOf({ preset, changes }: Settings): Config["objective"] {
  const changed = changes["objective"] as Config["objective"] | undefined;
  return changed ?? OBJECTIVES[preset] ?? "bce";
}

/** Samples in a row: with ten, each column of a conditional GAN is one class. */
export function gridSide(grid: number | null, preset: Preset): number {
  if (isOfPoints(preset)) return POINTS_SIDE;
  return grid ?? (isConditional(preset) ? 10 : 8);
}

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
