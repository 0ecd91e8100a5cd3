// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How far up the loss axis goes.

/** A round number above the data, with the balanced value well in sight. */
export function lossTop(most: number | null, reference: number): number {
  const wanted = Math.max(most ?? 0, reference * 1.5) * 1.05;
  const unit = wanted > 4 ? 2 : 0.5;
  return Math.ceil(wanted / unit) * unit;
}
