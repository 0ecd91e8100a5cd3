// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the columns of a history hold.

import type { METRIC_COLUMNS, Metrics } from "./types";

/** In the order of the columns. */
export const METRICS = [
  "lossD",
  "lossG",
  "dReal",
  "dFake",
] as const satisfies readonly (keyof Metrics)[] & {
  readonly length: typeof METRIC_COLUMNS;
};
export type MetricName = (typeof METRICS)[number];
