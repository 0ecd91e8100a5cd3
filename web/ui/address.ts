// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the address says of the run, so that a link opens the same one:
// `?preset=dcgan&seed=7&examples=1000`; and of what it runs on, for comparing and for hunting faults:
// `?tier=simd&threads=1`; and of a view that opens at once: `?view=benchmark`.

import { type LoadOptions, MAX_THREADS, TIERS } from "../api/types";
import { PRESETS } from "./presets";
import type { Settings } from "./store";

export const MAX_EXAMPLES = 60_000;
export const DEFAULT_SETTINGS: Settings = { preset: "quick", seed: 1, examples: 10_000 };

/** Reads a whole number in the range, or null. */
export function parseWhole(text: string | null, least: number, greatest: number): number | null {
  if (text === null || !/^\d{1,16}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= least && value <= greatest ? value : null;
}

export function readSettings(search: string): Settings {
  const address = new URLSearchParams(search);
  const { preset, seed, examples } = DEFAULT_SETTINGS;
  return {
    preset: PRESETS.find((name) => name === address.get("preset")) ?? preset,
    seed: parseWhole(address.get("seed"), 0, Number.MAX_SAFE_INTEGER) ?? seed,
    examples: parseWhole(address.get("examples"), 1, MAX_EXAMPLES) ?? examples,
  };
}

export function readEngineOptions(search: string): Pick<LoadOptions, "tier" | "threads"> {
  const address = new URLSearchParams(search);
  const tier = TIERS.find((name) => name === address.get("tier")) ?? "auto";
  return { tier, threads: parseWhole(address.get("threads"), 1, MAX_THREADS) ?? "auto" };
}

export function writeSettings({ preset, seed, examples }: Settings): void {
  writeAddress({ preset, seed: String(seed), examples: String(examples) });
}

export function asksForBenchmark(search: string): boolean {
  return new URLSearchParams(search).get("view") === "benchmark";
}

/** Sets or, with null, removes parameters of the address without a new entry in the history. */
export function writeAddress(parameters: Readonly<Record<string, string | null>>): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", url);
}
