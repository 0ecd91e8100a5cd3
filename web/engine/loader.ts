// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the fastest build of the core that runs here, compiles it while it downloads, and hands
// out sessions. To be called in a worker or in Node: training blocks the thread it runs on. Pages
// use `connectGanvas` (client.ts), which does all this in a worker.

import { asGanvasError, GanvasError } from "./errors";
import { type GanvasModule, type ModuleArguments, type ModuleFactory, unwrap } from "./module";
import { type Features, probeFeatures } from "./probes";
import { countBytes, inNode, openResource } from "./resource";
import { Session } from "./session";
import {
  type BuildName,
  type Config,
  type ConfigReport,
  type EngineInfo,
  type LoadOptions,
  type LoadProgress,
  MAX_THREADS,
  type PointOptions,
  type SessionConfig,
  TIERS,
  type Tier,
} from "./types";

const MAX_AUTO_THREADS = 4;

export interface Ganvas {
  readonly info: EngineInfo;
  /** Throws invalid_config when the core cannot build it; the message names the key. */
  createSession(config: SessionConfig): Session;
  /** The shapes of the networks, or why `createSession` would refuse; in well under a millisecond. */
  checkConfig(config: SessionConfig | Config): ConfigReport;
  /**
   * Points of a distribution in the plane, for `Session.setPoints`; a larger count continues a
   * smaller one.
   * @returns (count, 2) in about [-1, 1]
   * @throws GanvasError not_found, invalid_argument
   */
  drawPoints(name: string, options: PointOptions): Float32Array<ArrayBuffer>;
}

/**
 * Loads the fastest build that starts here, or of the tier that is asked for.
 * @throws GanvasError tier_unavailable (an explicit tier or thread count that cannot run here, or no
 * WebAssembly at all), invalid_argument (threads), and when no build starts what became of the
 * first: fetch_failed, wasm_failed
 */
export async function loadGanvas(
  options: LoadOptions & { readonly onProgress?: (progress: LoadProgress) => void } = {},
): Promise<Ganvas> {
  const { baseUrl = defaultBaseUrl(), onProgress = () => {} } = options;
  return startFirst(candidates(options, await probeFeatures()), async ({ tier, threads }) => {
    const build = buildName(tier, threads);
    const file = new URL(`wasm/ganvas-${build}`, baseUrl).href;
    const module = await startModule<GanvasModule>(file, threads, onProgress);
    // Relaxed SIMD lets an engine round twice; such a machine is better off with `simd`.
    if (tier === "relaxed" && !module.maddIsFused()) {
      module.PThread?.terminateAllThreads();
      throw new GanvasError("tier_unavailable", "This machine does not fuse multiply-add.");
    }
    const { fma, version } = module.buildInfo();
    return {
      info: { tier, build, threads, fma, version },
      createSession: (config) =>
        new Session(unwrap(module.createSession(JSON.stringify(config), threads))),
      checkConfig: (config) =>
        JSON.parse(module.checkConfig(JSON.stringify(config))) as ConfigReport,
      drawPoints: (name, { count, seed }) => unwrap(module.drawPoints(name, seed, count)),
    };
  });
}

interface Candidate {
  readonly tier: Tier;
  readonly threads: number;
}

/** Starts the first candidate that does start. Rejects as the first one when none does. */
export async function startFirst<T>(
  wanted: readonly Candidate[],
  start: (candidate: Candidate) => Promise<T>,
): Promise<T> {
  const line = "This browser has no WebAssembly that can run Ganvas.";
  const failures: unknown[] = [];
  for (const candidate of wanted) {
    try {
      return await start(candidate);
    } catch (thrown) {
      failures.push(thrown);
    }
  }
  throw asGanvasError(failures[0] ?? new GanvasError("tier_unavailable", line));
}

/**
 * What to try, best first; with `threads: "auto"` what fails on several threads is tried on one.
 * @throws GanvasError tier_unavailable when an explicit wish cannot be met, invalid_argument
 */
export function candidates(options: LoadOptions, features: Features): Candidate[] {
  const wished = options.tier ?? "auto";
  if (wished !== "auto" && !supports(wished, features)) {
    throw new GanvasError("tier_unavailable", `This engine cannot run the ${wished} tier.`);
  }
  const threads = threadCount(options, features);
  const tiers = TIERS.filter((tier) =>
    wished === "auto" ? supports(tier, features) : tier === wished,
  );
  const threaded = threads === 1 ? [] : tiers.filter((tier) => tier !== "scalar");
  const single =
    threads === 1 || typeof options.threads !== "number"
      ? tiers
      : tiers.filter((tier) => tier === "scalar");
  return [
    ...threaded.map((tier) => ({ tier, threads })),
    ...single.map((tier) => ({ tier, threads: 1 })),
  ];
}

function supports(tier: Tier, features: Features): boolean {
  switch (tier) {
    case "relaxed":
      return features.relaxedSimd;
    case "simd":
      return features.simd;
    case "scalar":
      return typeof WebAssembly === "object";
  }
}

function threadCount(options: LoadOptions, features: Features): number {
  const { tier = "auto", threads = "auto" } = options;
  if (threads === "auto") {
    if (!features.threads) return 1;
    return Math.min(MAX_AUTO_THREADS, Math.max(1, Math.floor(features.processors / 2)));
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > MAX_THREADS) {
    throw new GanvasError("invalid_argument", `threads is "auto" or 1 to ${MAX_THREADS}.`);
  }
  if (threads > 1 && !features.threads) {
    const reason = "threads need a cross-origin isolated page (COOP and COEP headers)";
    throw new GanvasError("tier_unavailable", `${threads} threads cannot run here: ${reason}.`);
  }
  if (threads > 1 && tier === "scalar") {
    throw new GanvasError("tier_unavailable", "The scalar tier runs on one thread.");
  }
  return threads;
}

function buildName(tier: Tier, threads: number): BuildName {
  return tier === "scalar" || threads === 1 ? tier : `${tier}-mt`;
}

export function defaultBaseUrl(): string {
  if (typeof document !== "undefined") return document.baseURI;
  if (inNode) return import.meta.url.replace(/[^/]*\/[^/]*$/, "public/");
  return self.location.href;
}

/** Fetches, compiles and starts `file`.js with `file`.wasm, whose exports are an M. */
export async function startModule<M>(
  file: string,
  threads: number,
  onProgress: (progress: LoadProgress) => void,
): Promise<M> {
  const [factory, compiled] = await Promise.all([
    importGlue<M>(`${file}.js`),
    compile(`${file}.wasm`, onProgress),
  ]);
  const started = new AbortController();
  return new Promise<M>((resolve, reject) => {
    const fail = (thrown: unknown): void => {
      module.PThread?.terminateAllThreads();
      reject(asGanvasError(thrown, "wasm_failed"));
    };
    // The factory's own promise never settles when one of these fails, so the failure goes around it.
    const module: ModuleArguments = {
      poolSize: threads - 1,
      instantiateWasm: (imports, receive) => {
        WebAssembly.instantiate(compiled, imports)
          .then((instance) => receive(instance, compiled))
          .catch(fail);
        return {};
      },
    };
    factory(module).then(resolve, fail);
    for (const worker of module.PThread?.unusedWorkers ?? []) {
      const refused = (): void => fail(new Error(`A thread of ${file} could not be started.`));
      worker.addEventListener("error", refused, { signal: started.signal });
    }
  }).finally(() => started.abort());
}

async function importGlue<M>(url: string): Promise<ModuleFactory<M>> {
  try {
    const glue: { default: ModuleFactory<M> } = await import(/* @vite-ignore */ url);
    return glue.default;
  } catch (thrown) {
    throw new GanvasError("fetch_failed", `${url} could not be loaded.`, { cause: thrown });
  }
}

async function compile(
  url: string,
  onProgress: (progress: LoadProgress) => void,
): Promise<WebAssembly.Module> {
  const { body, total } = await openResource(url);
  const counted = countBytes(body, (loaded) => onProgress({ loaded, total }));
  // The type is ours to state: a static host that does not know .wasm must not forbid streaming.
  const response = new Response(counted, { headers: { "content-type": "application/wasm" } });
  try {
    return typeof WebAssembly.compileStreaming === "function"
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new GanvasError("wasm_failed", `${url}: ${reason}`, { cause: thrown });
  }
}
