// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The loader's fallback when builds do not start or are unsuitable. The builds are small stand-ins for
// Emscripten's glue in a temporary folder, except for one real module.

import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadJudge } from "../engine/judge";
import { loadGanvas } from "../engine/loader";
import type { Features } from "../engine/probes";
import { ASSETS_URL, PUBLIC_URL } from "./real_assets";

const features = vi.hoisted(() => ({ value: {} as Features }));
vi.mock("../engine/probes", () => ({ probeFeatures: async () => features.value }));

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const EMPTY_MODULE = Uint8Array.from(HEADER);
/** Imports a function a.b, which does not exist. */
const NEEDY_MODULE = Uint8Array.from([
  ...HEADER,
  ...[1, 4, 1, 0x60, 0, 0],
  ...[2, 7, 1, 1, 0x61, 1, 0x62, 0, 0],
]);

/** What a stand-in does once its threads have started. */
const GLUE = {
  starts: "return module;",
  rejects: "throw new Error('No memory.');",
  rounds_twice: "module.maddIsFused = () => false; return module;",
  instantiates:
    "return new Promise((resolve) => module.instantiateWasm({}, () => resolve(module)));",
  loses_a_thread:
    "setTimeout(() => worker.dispatchEvent(new Event('error'))); return new Promise(() => {});",
};

declare global {
  /** Builds whose threads were started and not terminated. */
  var alivePools: Set<string>;
}

let root = "";
let baseUrl = "";

beforeEach(async () => {
  globalThis.alivePools = new Set();
  features.value = { simd: true, relaxedSimd: true, threads: true, processors: 8 };
  root = await mkdtemp(join(tmpdir(), "ganvas-"));
  await mkdir(join(root, "public/wasm"), { recursive: true });
  await writeFile(join(root, "package.json"), '{ "type": "module" }');
  baseUrl = pathToFileURL(join(root, "public/")).href;
});

afterEach(() => rm(root, { recursive: true }));

async function install(
  build: string,
  does: keyof typeof GLUE,
  wasm: Uint8Array = EMPTY_MODULE,
): Promise<void> {
  const glue = `export default async (module) => {
    const worker = new EventTarget();
    if (module.poolSize > 0) {
      globalThis.alivePools.add("${build}");
      const terminateAllThreads = () => globalThis.alivePools.delete("${build}");
      module.PThread = { unusedWorkers: [worker], terminateAllThreads };
    }
    module.maddIsFused = () => true;
    module.buildInfo = () => ({ fma: true, version: "${build}" });
    ${GLUE[does]}
  };`;
  await writeFile(join(root, `public/wasm/ganvas-${build}.js`), glue);
  await writeFile(join(root, `public/wasm/ganvas-${build}.wasm`), wasm);
}

describe("loading any tier", () => {
  it("uses the fastest build that starts, and terminates the threads of the others", async () => {
    await install("relaxed-mt", "rejects");
    await install("simd-mt", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info).toMatchObject({ tier: "simd", build: "simd-mt", threads: 4 });
    expect([...globalThis.alivePools]).toEqual(["simd-mt"]);
  });

  it("trains on one thread if several do not start", async () => {
    await install("relaxed-mt", "loses_a_thread");
    await install("simd-mt", "instantiates", NEEDY_MODULE);
    await install("relaxed", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info).toMatchObject({ tier: "relaxed", build: "relaxed", threads: 1 });
    expect([...globalThis.alivePools]).toEqual([]);
  });

  it("rejects a module that rounds twice, and terminates its threads", async () => {
    await install("relaxed-mt", "rounds_twice");
    await install("simd-mt", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info.build).toBe("simd-mt");
    expect([...globalThis.alivePools]).toEqual(["simd-mt"]);
  });

  it("falls back to a real module when the files of a faster one are broken", async () => {
    features.value = { ...features.value, relaxedSimd: false, threads: false };
    await install("simd", "starts", Uint8Array.of(1, 2, 3));
    for (const name of ["ganvas-scalar.js", "ganvas-scalar.wasm"]) {
      await copyFile(new URL(`wasm/${name}`, PUBLIC_URL), join(root, "public/wasm", name));
    }
    const ganvas = await loadGanvas({ baseUrl });
    expect(ganvas.info.build).toBe("scalar");
    expect(ganvas.createSession({ preset: "seed" }).state().step).toBe(0);
  });

  it("fails with the fastest build's error when none starts", async () => {
    await install("relaxed-mt", "rejects");
    const nothing = loadGanvas({ baseUrl });
    await expect(nothing).rejects.toMatchObject({ code: "wasm_failed", message: "No memory." });
    expect([...globalThis.alivePools]).toEqual([]);
  });
});

describe("loading one tier", () => {
  it.each([
    ["rejects", "wasm_failed"],
    ["loses_a_thread", "wasm_failed"],
    ["rounds_twice", "tier_unavailable"],
  ] as const)("fails when it %s, with no threads left", async (does, code) => {
    await install("relaxed-mt", does);
    await install("simd-mt", "starts");
    const wanted = loadGanvas({ baseUrl, tier: "relaxed", threads: 2 });
    await expect(wanted).rejects.toMatchObject({ code });
    expect([...globalThis.alivePools]).toEqual([]);
  });
});

describe("loading the judge", () => {
  it("uses the fastest build that starts", async () => {
    features.value = { ...features.value, relaxedSimd: false };
    await install("judge-simd", "rejects");
    for (const name of ["ganvas-judge-scalar.js", "ganvas-judge-scalar.wasm"]) {
      await copyFile(new URL(`wasm/${name}`, PUBLIC_URL), join(root, "public/wasm", name));
    }
    const judge = await loadJudge({ baseUrl, model: `${ASSETS_URL}models/judge.safetensors` });
    expect(judge.tier).toBe("scalar");
  });
});
