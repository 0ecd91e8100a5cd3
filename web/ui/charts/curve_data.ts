// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Smooths binned curves for drawing and exports them as CSV.

import type { CurveTable } from "../state/curves";

const METRIC_NAMES = ["lossD", "lossG", "dReal", "dFake"] as const;

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

/** One row per bin: middle step, then mean, minimum and maximum of each metric. */
export function toCsv({ steps, mean, min, max }: CurveTable): string {
  const header = METRIC_NAMES.flatMap((name) => [name, `${name}_min`, `${name}_max`]);
  const rows = steps.map((step, bin) => {
    const values = METRIC_NAMES.flatMap((_, metric) =>
      [mean, min, max].map((columns) => String(columns[metric]?.[bin] ?? "")),
    );
    return [step, ...values].join(",");
  });
  return `${[["step", ...header].join(","), ...rows].join("\n")}\n`;
}
