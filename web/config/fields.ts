// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Types of the fields in the core's description.

import type { NumberRange } from "../engine/types";

export interface NumberField {
  readonly kind: "whole" | "real";
  readonly range: NumberRange;
  /** Without a default, the value is required. */
  readonly default?: number;
}

/** `changes`: whether a run in progress can take a new value. */
export type Field = { readonly changes?: "at_once" } & (
  | NumberField
  | { readonly kind: "flag"; readonly default: boolean }
  | { readonly kind: "choice"; readonly choices: readonly string[]; readonly default: string }
  | { readonly kind: "text"; readonly default: string }
  | { readonly kind: "shape"; readonly default: readonly number[] }
);

export function accepts({ kind, range }: NumberField, value: number): boolean {
  const inside = "most" in range ? value <= range.most : value < range.below;
  return value >= range.least && inside && (kind === "real" || Number.isInteger(value));
}

/** NaN if the text is not a number. */
export function parseNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
