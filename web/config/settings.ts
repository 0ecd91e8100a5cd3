// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What identifies a run before it exists: the preset, the seed, the number of digits, and what differs
// from the preset, as a link writes it.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import type { Objective } from "../engine/types";
import type { Preset } from "./presets";

/** What differs from the preset: the value's text by its name in a link, such as "g.lr". */
export type Changes = Readonly<Record<string, string>>;

export interface Settings {
  readonly preset: Preset;
  readonly seed: number;
  readonly examples: number;
  readonly changes: Changes;
}

/** A parameter of a link that was not accepted. */
export interface Problem {
  readonly name: string;
  readonly value: string;
}

/** MNIST's training digits. */
export const MAX_EXAMPLES = 60_000;

/** Reads a whole number in the range, or null. */
export function parseWhole(text: string | null, least: number, greatest: number): number | null {
  if (text === null || !/^\d{1,16}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= greatest ? value : null;
}

export function objectiveOf({ preset, changes }: Settings): Objective {
  return (changes["objective"] as Objective | undefined) ?? PRESET_FACTS[preset].objective;
}
