// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How many pictures a set has.

import type { PictureSet } from "./pictures";

export function countOf({
  pixels,
  channels,
  side,
}: Pick<PictureSet, "pixels" | "channels" | "side">): number {
  return pixels.length / (channels * side * side);
}
