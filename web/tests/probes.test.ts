// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Feature probes, compared with the built modules that need the features, and the choice of a build.

import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { candidates } from "../engine/loader";
import { type Features, probeFeatures } from "../engine/probes";
import type { LoadOptions } from "../engine/types";
import { codeOf } from "./error_codes";
import { MODULES_URL } from "./real_assets";

const FULL: Features = { simd: true, relaxedSimd: true, threads: true, processors: 8 };

function names(options: LoadOptions, features: Features): string[] {
  return candidates(options, features).map(({ tier, threads }) => `${tier}/${threads}`);
}

describe("the probes", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("find each feature exactly if a module that needs it is valid", async () => {
    const features = await probeFeatures();
    const isValid = async (build: string): Promise<boolean> =>
      WebAssembly.validate(
        gunzipSync(await readFile(new URL(`ganvas-${build}.wasm.gz`, MODULES_URL))),
      );
    expect(features.simd).toBe(await isValid("simd"));
    expect(features.relaxedSimd).toBe(await isValid("relaxed"));
    expect(features.threads).toBe(await isValid("simd-mt"));
    expect(features.processors).toBeGreaterThanOrEqual(1);
  });

  it("find no threads without shared memory, and nothing without WebAssembly", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(await probeFeatures()).toMatchObject({ simd: true, threads: false });
    vi.stubGlobal("WebAssembly", undefined);
    const nothing = { simd: false, relaxedSimd: false, threads: false };
    expect(await probeFeatures()).toMatchObject(nothing);
  });
});

describe("the choice of a build", () => {
  it("prefers relaxed, then simd, then scalar", () => {
    expect(names({}, FULL)).toEqual(["relaxed/4", "simd/4", "relaxed/1", "simd/1", "scalar/1"]);
  });

  it("takes both of two processors, and leaves one of more to the page, up to four threads", () => {
    expect(names({}, { ...FULL, processors: 1 })).toEqual(["relaxed/1", "simd/1", "scalar/1"]);
    expect(names({}, { ...FULL, processors: 2 })[0]).toBe("relaxed/2");
    expect(names({}, { ...FULL, processors: 3 })[0]).toBe("relaxed/2");
    expect(names({}, { ...FULL, processors: 4 })[0]).toBe("relaxed/3");
    expect(names({}, { ...FULL, processors: 64 })[0]).toBe("relaxed/4");
  });

  it("falls back one step at a time", () => {
    expect(names({}, { ...FULL, relaxedSimd: false })).toEqual(["simd/4", "simd/1", "scalar/1"]);
    expect(names({}, { ...FULL, relaxedSimd: false, simd: false })).toEqual(["scalar/1"]);
    expect(names({}, { ...FULL, threads: false })).toEqual(["relaxed/1", "simd/1", "scalar/1"]);
  });

  it("uses an explicitly requested tier", () => {
    expect(names({ tier: "simd", threads: 3 }, FULL)).toEqual(["simd/3"]);
    expect(names({ tier: "simd" }, FULL)).toEqual(["simd/4", "simd/1"]);
    expect(names({ threads: 3 }, FULL)).toEqual(["relaxed/3", "simd/3", "scalar/1"]);
    expect(names({ tier: "scalar" }, FULL)).toEqual(["scalar/1"]);
  });

  it("rejects a request that cannot run, with the reason", () => {
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
