// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Every step of a run as CSV.

import { METRIC_COLUMNS } from "../../engine/types";
import { PART_STEPS, type StepHistory } from "./step_history";

const METRIC_NAMES = ["lossD", "lossG", "dReal", "dFake"] as const;

/** A row for each step, with the names that `ganvas train --metrics` gives the metrics; a text for each part of it. */
export function toCsv(history: StepHistory): string[] {
  const lines = (rows: Float32Array, first: number): string => {
    let text = "";
    for (let at = 0; at < rows.length; at += METRIC_COLUMNS) {
      const values = rows.subarray(at, at + METRIC_COLUMNS);
      text += `${first + at / METRIC_COLUMNS},${Array.from(values, shortest).join(",")}\n`;
    }
    return text;
  };
  const parts = history.parts();
  const texts = parts.map((rows, index) => lines(rows, history.first + index * PART_STEPS));
  return [`step,${METRIC_NAMES.join(",")}\n`, ...texts];
}

/** The shortest text that reads as the same float32. */
function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}
