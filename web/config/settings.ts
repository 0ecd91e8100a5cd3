// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The settings that identify a run: preset, seed, pictures and their number, and changes to the preset as
// texts in a link.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import type { Objective } from "../engine/types";
import type { Preset } from "./presets";

/** Changes to the preset: each value's text by its name in a link, such as "g.lr". */
export type Changes = Readonly<Record<string, string>>;

/** What is known of the user's own pictures without them; see PictureSet. */
export interface PictureFacts {
  readonly id: string;
  /** Of their folder or file. */
  readonly name: string;
  /** 0 if nothing but the id is known, since the set is not on this device. */
  readonly count: number;
  readonly channels: 1 | 3;
  readonly side: number;
  readonly classes: number;
  readonly classNames: readonly string[];
}

export interface Settings {
  readonly preset: Preset;
  readonly seed: number;
  /** How many pictures or points it learns from. */
  readonly examples: number;
  /** Null for digits and points. */
  readonly pictures: PictureFacts | null;
  readonly changes: Changes;
}

/** A link parameter that was rejected. */
export interface Problem {
  readonly name: string;
  readonly value: string;
}

/** More in a set than browsers have memory for. */
export const MAX_PICTURES = 1 << 20;

/** A set of which nothing but the id is known. */
export function knownAs(id: string): PictureFacts {
  return { id, name: "", count: 0, channels: 1, side: 28, classes: 0, classNames: [] };
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
