// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The hand-assembled probe modules: valid where this engine has the feature, and each one valid
// only because of the instruction it asks about.

import { describe, expect, it } from "vitest";
import { candidates } from "../engine/loader";
import {
  type Features,
  probeFeatures,
  RELAXED_SIMD_PROBE,
  SIMD_PROBE,
  THREADS_PROBE,
} from "../engine/probes";
import type { LoadOptions } from "../engine/types";

const FULL: Features = { simd: true, relaxedSimd: true, threads: true, processors: 8 };

function names(options: LoadOptions, features: Features): string[] {
  return candidates(options, features).map(({ tier, threads }) => `${tier}/${threads}`);
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
  return "none";
}

describe("probe modules", () => {
  it("are WebAssembly modules of version 1", () => {
    for (const probe of [SIMD_PROBE, RELAXED_SIMD_PROBE, THREADS_PROBE]) {
      expect([...probe.subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    }
  });

  it("validate for SIMD128 and shared memory, which every supported Node has", () => {
    expect(WebAssembly.validate(SIMD_PROBE)).toBe(true);
    expect(WebAssembly.validate(THREADS_PROBE)).toBe(true);
  });

  it("hang on the probed instruction alone", () => {
    // f32x4.add is 0xe4; 0x9a is an opcode that SIMD128 leaves unassigned.
    const unassigned = SIMD_PROBE.map((byte) => (byte === 0xe4 ? 0x9a : byte));
    expect(WebAssembly.validate(unassigned)).toBe(false);
    // The same module with the plain add in place of relaxed_madd would leave a value too many.
    const notRelaxed = RELAXED_SIMD_PROBE.map((byte, index, all) =>
      byte === 0x85 && all[index - 1] === 0xfd ? 0xe4 : byte,
    );
    expect(WebAssembly.validate(notRelaxed)).toBe(false);
  });

  it("agree with what the engine can compile", async () => {
    const features = probeFeatures();
    const compiles = await WebAssembly.compile(RELAXED_SIMD_PROBE).then(
      () => true,
      () => false,
    );
    expect(features.relaxedSimd).toBe(compiles);
    expect(features.simd).toBe(true);
  });
});

describe("the choice of a build", () => {
  it("prefers relaxed, then simd, then scalar, on half the processors and at most four", () => {
    expect(names({}, FULL)).toEqual(["relaxed/4", "simd/4", "scalar/1"]);
    expect(names({}, { ...FULL, processors: 2 })).toEqual(["relaxed/1", "simd/1", "scalar/1"]);
    expect(names({}, { ...FULL, processors: 64 })[0]).toBe("relaxed/4");
  });

  it("falls back step by step", () => {
    expect(names({}, { ...FULL, relaxedSimd: false })).toEqual(["simd/4", "scalar/1"]);
    expect(names({}, { ...FULL, relaxedSimd: false, simd: false })).toEqual(["scalar/1"]);
    expect(names({}, { ...FULL, threads: false })).toEqual(["relaxed/1", "simd/1", "scalar/1"]);
  });

  it("takes an explicit wish as it is", () => {
    expect(names({ tier: "simd", threads: 3 }, FULL)).toEqual(["simd/3"]);
    expect(names({ tier: "scalar" }, FULL)).toEqual(["scalar/1"]);
  });

  it("refuses a wish that cannot run, and says so", () => {
    expect(codeOf(() => candidates({ tier: "relaxed" }, { ...FULL, relaxedSimd: false }))).toBe(
      "tier_unavailable",
    );
    expect(codeOf(() => candidates({ threads: 2 }, { ...FULL, threads: false }))).toBe(
      "tier_unavailable",
    );
    expect(codeOf(() => candidates({ tier: "scalar", threads: 2 }, FULL))).toBe("tier_unavailable");
    for (const threads of [0, 17, 1.5, Number.NaN]) {
      expect(codeOf(() => candidates({ threads }, FULL))).toBe("invalid_argument");
    }
  });
});
