// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What this engine can run, found out by asking it to validate tiny modules: no user-agent strings.

// "\0asm", version 1, and one function of type () -> v128 whose body follows.
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const TYPE_TO_V128 = [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b];
const ONE_FUNCTION = [0x03, 0x02, 0x01, 0x00];
const I32_CONST_0 = [0x41, 0x00];
const I32X4_SPLAT = [0xfd, 0x11];
const F32X4_ADD = [0xfd, 0xe4, 0x01];
const F32X4_RELAXED_MADD = [0xfd, 0x85, 0x02];
const END = 0x0b;

function codeSection(body: readonly number[]): number[] {
  const code = [0x00, ...body, END];
  return [0x0a, code.length + 2, 0x01, code.length, ...code];
}

function simdModule(body: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...HEADER, ...TYPE_TO_V128, ...ONE_FUNCTION, ...codeSection(body)]);
}

const SPLAT_ZERO = [...I32_CONST_0, ...I32X4_SPLAT];

/** f32x4.add of two zeros. */
export const SIMD_PROBE = simdModule([...SPLAT_ZERO, ...SPLAT_ZERO, ...F32X4_ADD]);

/** f32x4.relaxed_madd of three zeros. */
export const RELAXED_SIMD_PROBE = simdModule([
  ...SPLAT_ZERO,
  ...SPLAT_ZERO,
  ...SPLAT_ZERO,
  ...F32X4_RELAXED_MADD,
]);

/** A memory of one page, at most one, shared. */
export const THREADS_PROBE = new Uint8Array([...HEADER, 0x05, 0x04, 0x01, 0x03, 0x01, 0x01]);

export interface Features {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly threads: boolean;
  /** Logical processors, 1 when unknown. */
  readonly processors: number;
}

/** Asks the engine. Without WebAssembly at all, everything is false. */
export function probeFeatures(): Features {
  const validates = (bytes: Uint8Array<ArrayBuffer>): boolean =>
    typeof WebAssembly === "object" && WebAssembly.validate(bytes);
  // A browser shares memory only in a cross-origin isolated realm; Node has no such notion.
  const isolated = typeof crossOriginIsolated === "undefined" || crossOriginIsolated;
  const processors = typeof navigator === "undefined" ? 1 : (navigator.hardwareConcurrency ?? 1);
  return {
    simd: validates(SIMD_PROBE),
    relaxedSimd: validates(RELAXED_SIMD_PROBE),
    threads: typeof SharedArrayBuffer === "function" && isolated && validates(THREADS_PROBE),
    processors,
  };
}
