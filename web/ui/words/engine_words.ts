// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names of the engines.

import { msg, str } from "@lit/localize";
import type { EngineInfo } from "../../engine/types";

/** "WebAssembly with SIMD · 2 threads" */
export function describeEngine({ tier, threads }: Pick<EngineInfo, "tier" | "threads">): string {
  const tiers = {
    relaxed: msg("WebAssembly with relaxed SIMD"),
    simd: msg("WebAssembly with SIMD"),
    scalar: msg("WebAssembly without SIMD"),
  };
  return `${tiers[tier]} · ${describeThreads(threads)}`;
}

export function describeThreads(threads: number): string {
  return threads === 1 ? msg("1 thread") : msg(str`${threads} threads`);
}
