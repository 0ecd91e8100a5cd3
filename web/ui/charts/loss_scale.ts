// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Upper end of the loss axis.

/** A round number above the data and at least 1.5 times the balanced value. */
export function lossTop(most: number | null, reference: number): number {
  const least = Math.max(most ?? 0, reference * 1.5) * 1.05;
  const unit = least > 4 ? 2 : 0.5;
  return Math.ceil(least / unit) * unit;
}
