// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How much there is to download for so many digits.

/** The compressed images take this much each, very evenly. */
const BYTES_AN_IMAGE = 162;

export function downloadSize(examples: number): number {
  return examples * BYTES_AN_IMAGE;
}
