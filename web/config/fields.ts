// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Fields as the core describes them.

import type { NumberRange } from "../engine/types";

export interface NumberField {
  readonly kind: "whole" | "real";
  readonly range: NumberRange;
  /** Without one the value has to be given. */
  readonly default?: number;
}

/** `changes`: a run in progress takes a new value. */
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

/** NaN where the text is no number. */
export function parseNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
