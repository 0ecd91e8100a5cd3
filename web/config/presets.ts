// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Presets, and what a page needs to know of them before a run exists.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import { PRESETS as ALL, type Preset } from "../engine/types";

export type { Preset };

export const DEFAULT_PRESET: Preset = "quick";

/** In the order of the page's menu. */
export const PRESETS: readonly Preset[] = [
  DEFAULT_PRESET,
  ...ALL.filter((preset) => preset !== DEFAULT_PRESET),
];

/** Slow enough to watch the points move. */
const POINTS_SPEED = 200;
/** 400 points are shown. */
const POINTS_SIDE = 20;

/** Whether it learns points in the plane, not digits. */
export function isOfPoints(preset: Preset): boolean {
  return PRESET_FACTS[preset].data !== "images";
}

/** Steps a second at most, where nobody says; null: as many as there can be. */
export function defaultSpeed(preset: Preset): number | null {
  return isOfPoints(preset) ? POINTS_SPEED : null;
}

/** Whether its generator takes the digit to draw. */
export function isConditional(preset: Preset): boolean {
  return PRESET_FACTS[preset].conditional;
}

/** Samples in a row: with ten, each column of a conditional GAN is one class. */
export function gridSide(grid: number | null, preset: Preset): number {
  if (isOfPoints(preset)) return POINTS_SIDE;
  return grid ?? (isConditional(preset) ? 10 : 8);
}
