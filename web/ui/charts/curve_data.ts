// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From binned curves to what is drawn and what is saved: smoothing, and rows of comma-separated
// values.

import type { CurveTable } from "../state/curves";

const METRIC_NAMES = ["lossD", "lossG", "dReal", "dFake"] as const;

/**
 * Exponential smoothing that is not drawn to where the curve began (as Adam's bias correction).
 * @param weight of what came before: 0 leaves the values as they are
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

/** One row a bin: its middle step, then mean, least and greatest of each metric. */
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
