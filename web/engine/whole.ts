// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Numbers that the core would round or wrap, since its own have fewer bits.

import { GanvasError } from "./errors";

/**
 * @returns the value
 * @throws GanvasError invalid_argument unless it is a whole number from `least` to `most`
 */
export function checkedWhole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = `from ${least} to ${most}`;
  throw new GanvasError("invalid_argument", `${name} is a whole number ${range}, not ${value}.`);
}
