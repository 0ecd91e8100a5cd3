// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Download size of MNIST's digits.

/** Average of a gzipped image; it is nearly the same in every part of the file. */
const BYTES_PER_IMAGE = 162;

export function downloadSize(examples: number): number {
  return examples * BYTES_PER_IMAGE;
}
