// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The settings that identify a run: preset, seed, number of digits, and changes to the preset as texts
// in a link.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import type { Objective } from "../engine/types";
import type { Preset } from "./presets";

/** Changes to the preset: each value's text by its name in a link, such as "g.lr". */
export type Changes = Readonly<Record<string, string>>;

export interface Settings {
  readonly preset: Preset;
  readonly seed: number;
  readonly examples: number;
  readonly changes: Changes;
}

/** A link parameter that was rejected. */
export interface Problem {
  readonly name: string;
  readonly value: string;
}

/** A whole number in the range, or null. */
export function parseWhole(text: string | null, least: number, greatest: number): number | null {
  if (text === null || !/^\d{1,16}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= greatest ? value : null;
}

export function objectiveOf({ preset, changes }: Settings): Objective {
  return (changes["objective"] as Objective | undefined) ?? PRESET_FACTS[preset].objective;
}
