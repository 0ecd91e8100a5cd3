// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A number within limits.

export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
