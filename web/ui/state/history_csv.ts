// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The steps of a run as CSV.

import { METRICS } from "../../engine/metrics";
import { METRIC_COLUMNS } from "../../engine/types";
import { PART_ROWS, type StepHistory } from "./step_history";

/** A row for each step that is kept, with the names that `ganvas train --metrics` gives the metrics; a text for each part. */
export function toCsv(history: StepHistory): string[] {
  const { first, stride } = history;
  const lines = (rows: Float32Array, start: number): string => {
    let text = "";
    for (let at = 0; at < rows.length; at += METRIC_COLUMNS) {
      const values = rows.subarray(at, at + METRIC_COLUMNS);
      text += `${start + (at / METRIC_COLUMNS) * stride},${Array.from(values, shortest).join(",")}\n`;
    }
    return text;
  };
  const parts = history.parts();
  const texts = parts.map((rows, index) => lines(rows, first + index * PART_ROWS * stride));
  return [`step,${METRICS.join(",")}\n`, ...texts];
}

/** The shortest text that reads as the same float32. */
function shortest(value: number): string {
  for (let digits = 6; digits < 10; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
