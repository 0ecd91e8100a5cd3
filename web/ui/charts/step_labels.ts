// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The labels of an axis of steps.

import { formatCount, formatShort } from "../platform/format";

/** Steps at the ticks of an axis: 9,000 and 12K, or 24,005 if the short form would round any. */
export function formatSteps(steps: readonly number[]): string[] {
  const isLong = (step: number): boolean => step >= 10_000;
  const rounds = (step: number): boolean => formatShort(step) !== formatShort(step, 9);
  const all = steps.some((step) => isLong(step) && rounds(step));
  return steps.map((step) => (all || !isLong(step) ? formatCount(step) : formatShort(step)));
}
