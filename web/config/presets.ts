// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Presets, and the facts about them that the page needs before a run exists.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import { PRESETS as ALL, type Preset } from "../engine/types";

export type { Preset };

export const DEFAULT_PRESET: Preset = "quick";

export const PRESETS: readonly Preset[] = [
  DEFAULT_PRESET,
  ...ALL.filter((preset) => preset !== DEFAULT_PRESET),
];

/** The preset for the user's own pictures. */
export const OWN_PICTURES: Preset = "pictures";

/** The preset for digits that are finer than those of `quick`, in minutes instead of seconds. */
export const FINER: Preset = "fine";

/** In the order of the menu, for the user's own pictures or for digits, of which `quick` makes more in less time. */
export function presetsFor(ownPictures: boolean): readonly Preset[] {
  const others = PRESETS.filter((preset) => preset !== OWN_PICTURES);
  return ownPictures ? [OWN_PICTURES, ...others] : others;
}

/** Slow enough to watch the points move. */
const POINTS_SPEED = 200;
/** Shows 400 points. */
const POINTS_SIDE = 20;

/** Whether the preset learns points in the plane instead of digits. */
export function isOfPoints(preset: Preset): boolean {
  return PRESET_FACTS[preset].data !== "images";
}

/** Default limit in steps per second; null for none. */
export function defaultSpeed(preset: Preset): number | null {
  return isOfPoints(preset) ? POINTS_SPEED : null;
}

/** Whether the generator takes the class as an input, where there are classes. */
export function isConditional(preset: Preset): boolean {
  return PRESET_FACTS[preset].conditional;
}

/** Samples per row; by default, each column of a conditional GAN is of one class. */
export function gridSide(
  grid: number | null,
  run: { readonly preset: Preset; readonly pictures: { readonly classes: number } | null },
): number {
  if (isOfPoints(run.preset)) return POINTS_SIDE;
  const classes = isConditional(run.preset) ? (run.pictures?.classes ?? 10) : 0;
  if (classes === 0) return grid ?? 8;
  // Few classes have several columns each, and many do not fit.
  return grid ?? (classes > 16 ? 10 : classes * Math.max(1, Math.floor(10 / classes)));
}
