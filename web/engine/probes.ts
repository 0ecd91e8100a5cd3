// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What this engine can run, found out by asking it to validate tiny modules: no user-agent strings.

import { relaxedSimd, simd, threads } from "wasm-feature-detect";
import { inNode } from "./node";

export interface Features {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Shared memory; a browser has it only on a cross-origin isolated page (COOP and COEP). */
  readonly threads: boolean;
  /** Logical processors, 1 when unknown. */
  readonly processors: number;
}

/** Asks the engine. Without WebAssembly at all, every feature is false. */
export async function probeFeatures(): Promise<Features> {
  const hasWasm = typeof WebAssembly === "object";
  const probes = hasWasm ? [simd(), relaxedSimd(), threads()] : [];
  const [hasSimd = false, hasRelaxedSimd = false, hasThreads = false] = await Promise.all(probes);
  return {
    simd: hasSimd,
    relaxedSimd: hasRelaxedSimd,
    threads: hasThreads,
    processors: processorCount(),
  };
}

/** Logical processors, 1 when unknown. */
export function processorCount(): number {
  if (inNode) return process.getBuiltinModule("node:os").availableParallelism();
  return navigator.hardwareConcurrency ?? 1;
}
