// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The core's presets, and the little of their configs that a page needs before a run exists.

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

/** Slow enough to watch the points move. */
const POINTS_SPEED = 200;
/** 400 points are shown. */
const POINTS_SIDE = 20;
const CONDITIONAL: readonly Preset[] = ["quick", "cgan", "acgan"];

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

/** Samples in a row: with ten, each column of a conditional GAN is one class. */
export function gridSide(grid: number | null, preset: Preset): number {
  if (isOfPoints(preset)) return POINTS_SIDE;
  return grid ?? (isConditional(preset) ? 10 : 8);
}
