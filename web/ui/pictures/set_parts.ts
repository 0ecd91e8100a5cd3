// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How many pictures each class of a set has, and which of its pictures the sheet shows.

import { countOf } from "../../engine/picture_count";
import type { PictureSet } from "../../engine/pictures";

/** With fewer pictures, a network learns them by heart. */
export const FEW = 20;

/** Pictures on the sheet: a few screens of them. */
const MOST_SHOWN = 240;
const LEAST_OF_A_CLASS = 6;

export interface Part {
  /** The class; null for a set without classes. */
  readonly label: number | null;
  /** Of its first pictures. */
  readonly indexes: readonly number[];
  /** All of its pictures. */
  readonly count: number;
}

export function firstOfEach(set: PictureSet): Part[] {
  if (set.classes === 0) {
    const count = countOf(set);
    const shown = Math.min(count, MOST_SHOWN);
    return [{ label: null, indexes: Array.from({ length: shown }, (_, index) => index), count }];
  }
  const most = Math.max(LEAST_OF_A_CLASS, Math.floor(MOST_SHOWN / set.classes));
  const parts = Array.from({ length: set.classes }, (_, label) => ({
    label,
    indexes: [] as number[],
    count: 0,
  }));
  for (const [index, label] of set.labels.entries()) {
    const part = parts[label];
    if (part === undefined) continue;
    part.count += 1;
    if (part.indexes.length < most) part.indexes.push(index);
  }
  return parts;
}
