// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Smooths binned curves for drawing.

/**
 * Exponential smoothing with bias correction, as Adam's, so that it does not pull towards 0 at the start.
 * @param weight of earlier values in [0, 1); 0 leaves the values unchanged
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (weight <= 0) return [...values];
  let sum = 0;
  let total = 0;
  return values.map((value) => {
    sum = weight * sum + (1 - weight) * value;
    total = weight * total + (1 - weight);
    return sum / total;
  });
}
