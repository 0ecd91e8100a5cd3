// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names of the engines.

import { msg, str } from "@lit/localize";
import type { EngineInfo, Tier } from "../../engine/types";

/** "WebAssembly with SIMD · 2 threads" */
export function describeEngine({ tier, threads }: Pick<EngineInfo, "tier" | "threads">): string {
  return `${describeTier(tier)} · ${describeThreads(threads)}`;
}

export function describeTier(tier: Tier): string {
  switch (tier) {
    case "relaxed":
      return msg("WebAssembly with relaxed SIMD");
    case "simd":
      return msg("WebAssembly with SIMD");
    case "scalar":
      return msg("WebAssembly without SIMD");
  }
}

export function describeThreads(threads: number): string {
  return threads === 1 ? msg("1 thread") : msg(str`${threads} threads`);
}

export function explainOneThread(): string {
  return globalThis.crossOriginIsolated
    ? msg("This browser could not start several threads.")
    : msg("Several threads need a server that isolates this page (headers COOP and COEP).");
}
