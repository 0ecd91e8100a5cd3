// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The loader's fallback when builds do not start or are unsuitable, and what it says about it. The builds
// are small stand-ins in a temporary folder, except for one real module.

import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadJudge } from "../engine/judge";
import { loadGanvas } from "../engine/loader";
import { release as currentBuild } from "../engine/module_files";
import type { Features } from "../engine/probes";
import { ASSETS_URL, MODULES_URL } from "./real_assets";

const features = vi.hoisted(() => ({ value: {} as Features }));
vi.mock("../engine/probes", () => ({ probeFeatures: async () => features.value }));

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** Imports a function a.b, which does not exist. */
const NEEDY = [...[1, 4, 1, 0x60, 0, 0], ...[2, 7, 1, 1, 0x61, 1, 0x62, 0, 0]];

function section(name: string, content: string): number[] {
  const payload = [name.length, ...Buffer.from(name + content)];
  return [0, payload.length, ...payload];
}

/** What a stand-in does once it is instantiated, by the name in its WebAssembly. */
const ACTIONS = {
  starts: "resolve(module);",
  rejects: "reject(new Error('No memory.'));",
  rounds_twice: "module.maddIsFused = () => false; resolve(module);",
  loses_a_thread: "module.newThread().on('error', module.threadFailed);",
  loses_threads:
    "for (let n = 0; n < 3; n += 1) module.newThread().on('error', module.threadFailed);",
};

/** One file for all tiers, as in a build; also the script of a thread, which fails. */
const glue = (build: string): string => `
  import { workerData } from "node:worker_threads";
  if (workerData === "em-pthread") throw new Error("No thread.");
  export const build = "${build}";
  const read = (compiled, name) =>
    new TextDecoder().decode(WebAssembly.Module.customSections(compiled, name)[0]);
  export default (module) => new Promise((resolve, reject) => {
    if (module.poolSize > 0) {
      globalThis.alivePools += 1;
      module.PThread = { terminateAllThreads: () => { globalThis.alivePools -= 1; } };
    }
    module.maddIsFused = () => true;
    module.instantiateWasm({}, (_, compiled) => {
      module.buildInfo = () => ({ fma: true, version: read(compiled, "name-of-build") });
      switch (read(compiled, "action")) {
        ${Object.entries(ACTIONS)
          .map(([name, code]) => `case "${name}": ${code} break;`)
          .join("\n")}
      }
    });
  });`;

declare global {
  /** How many builds' threads were started and not terminated. */
  var alivePools: number;
}

let root = "";
let baseUrl = "";

beforeEach(async () => {
  globalThis.alivePools = 0;
  features.value = { simd: true, relaxedSimd: true, threads: true, processors: 8 };
  root = await mkdtemp(join(tmpdir(), "ganvas-"));
  await writeFile(join(root, "package.json"), '{ "type": "module" }');
  baseUrl = pathToFileURL(`${root}/`).href;
  for (const name of ["ganvas", "ganvas-mt"]) await installGlue(name);
});

afterEach(() => rm(root, { recursive: true }));

const installGlue = (name: string, of = currentBuild): Promise<void> =>
  writeFile(join(root, `${name}.js`), glue(of));

async function install(
  build: string,
  does: keyof typeof ACTIONS,
  { needs = [], of = currentBuild }: { needs?: number[]; of?: string } = {},
): Promise<void> {
  const sections = [
    ...section("action", does),
    ...section("name-of-build", build),
    ...section("ganvas.build", of),
  ];
  const wasm = Uint8Array.from([...HEADER, ...needs, ...sections]);
  await writeFile(join(root, `ganvas-${build}.wasm.gz`), wasm);
}

async function installReal(...names: string[]): Promise<void> {
  for (const name of names) await copyFile(new URL(name, MODULES_URL), join(root, name));
}

describe("loading any tier", () => {
  it("uses the fastest build that starts, and terminates the threads of the others", async () => {
    await install("relaxed-mt", "rejects");
    await install("simd-mt", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info).toMatchObject({ tier: "simd", build: "simd-mt", threads: 4, version: "simd-mt" });
    expect(info.fallback).toEqual({ wanted: "relaxed-mt", reason: "No memory." });
    expect(globalThis.alivePools).toBe(1);
  });

  it("trains on one thread if several do not start", async () => {
    await install("relaxed-mt", "loses_threads");
    await install("simd-mt", "starts", { needs: NEEDY });
    await install("relaxed", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info).toMatchObject({ tier: "relaxed", build: "relaxed", threads: 1 });
    expect(info.fallback?.reason).toMatch(/thread of the engine could not be started/);
    expect(globalThis.alivePools).toBe(0);
  });

  it("rejects a module that rounds twice, and terminates its threads", async () => {
    await install("relaxed-mt", "rounds_twice");
    await install("simd-mt", "starts");
    const { info } = await loadGanvas({ baseUrl });
    expect(info.build).toBe("simd-mt");
    expect(globalThis.alivePools).toBe(1);
  });

  it("falls back to a real module when the files of a faster one are broken", async () => {
    features.value = { ...features.value, relaxedSimd: false, threads: false };
    await writeFile(join(root, "ganvas-simd.wasm.gz"), "<!doctype html>");
    await installReal("ganvas.js", "ganvas-scalar.wasm.gz");
    const ganvas = await loadGanvas({ baseUrl });
    expect(ganvas.info.build).toBe("scalar");
    expect(ganvas.info.fallback).toEqual({
      wanted: "relaxed-mt",
      reason: expect.stringMatching(
        /^Threads need .*\. This engine cannot run the relaxed tier\. .* is not the engine's file\./,
      ),
    });
    expect(ganvas.createSession({ preset: "seed" }).state().step).toBe(0);
  });

  it("trains on one thread where the browser refuses shared memory, as phones do", async () => {
    features.value = { ...features.value, relaxedSimd: false };
    await installReal("ganvas-mt.js", "ganvas-simd-mt.wasm.gz", "ganvas.js", "ganvas-simd.wasm.gz");
    const Memory = WebAssembly.Memory;
    vi.spyOn(WebAssembly, "Memory").mockImplementation((descriptor) => {
      if (descriptor.shared === true) throw new RangeError("could not allocate memory");
      return new Memory(descriptor);
    });
    const { info } = await loadGanvas({ baseUrl });
    vi.restoreAllMocks();
    expect(info).toMatchObject({ build: "simd", threads: 1, fallback: { wanted: "relaxed-mt" } });
    expect(info.fallback?.reason).toMatch(/could not allocate memory/);
  });

  it("trains on one thread in an isolated browser without shared memory", async () => {
    features.value = { ...features.value, threads: false };
    vi.stubGlobal("crossOriginIsolated", true);
    await install("relaxed", "starts");
    const { info } = await loadGanvas({ baseUrl });
    vi.unstubAllGlobals();
    expect(info).toMatchObject({ build: "relaxed", threads: 1 });
    expect(info.fallback).toEqual({
      wanted: "relaxed-mt",
      reason: "This engine has no shared memory for threads.",
    });
  });

  it("fails with the fastest build's error when none starts", async () => {
    await install("relaxed-mt", "rejects");
    const nothing = loadGanvas({ baseUrl });
    await expect(nothing).rejects.toMatchObject({ code: "wasm_failed", message: "No memory." });
    expect(globalThis.alivePools).toBe(0);
  });
});

describe("a build that does not belong to this code", () => {
  it.each([
    ["WebAssembly", "ganvas-simd.wasm.gz is of build 0ld"],
    ["glue", "The engine's JavaScript is of build 0ld"],
  ])("is noticed by its %s", async (file, line) => {
    features.value = { ...features.value, threads: false };
    await installGlue("ganvas", file === "glue" ? "0ld" : currentBuild);
    for (const tier of ["relaxed", "simd", "scalar"]) {
      await install(tier, "starts", { of: file === "glue" ? currentBuild : "0ld" });
    }
    await expect(loadGanvas({ baseUrl, tier: "simd" })).rejects.toMatchObject({
      code: "build_mismatch",
      message: expect.stringContaining(line),
    });
  });
});

describe("what would be faster", () => {
  it("is nothing if the fastest build runs", async () => {
    await install("relaxed-mt", "starts");
    expect((await loadGanvas({ baseUrl })).info.fallback).toBeNull();
  });

  it("is nothing if one thread is asked for, or the machine has no second processor", async () => {
    features.value = { ...features.value, threads: false };
    await install("relaxed", "starts");
    expect((await loadGanvas({ baseUrl, threads: 1 })).info.fallback).toBeNull();
    features.value = { ...features.value, processors: 1 };
    expect((await loadGanvas({ baseUrl })).info.fallback).toBeNull();
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
    expect(globalThis.alivePools).toBe(0);
  });
});

describe("loading the judge", () => {
  it("uses the fastest build that starts", async () => {
    features.value = { ...features.value, relaxedSimd: false };
    await writeFile(join(root, "ganvas-judge-simd.wasm.gz"), "");
    await installReal("ganvas-judge.js", "ganvas-judge-scalar.wasm.gz");
    const judge = await loadJudge({ baseUrl, model: `${ASSETS_URL}models/judge.safetensors` });
    expect(judge.tier).toBe("scalar");
  });
});
