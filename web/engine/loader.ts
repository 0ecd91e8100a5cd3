// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the fastest build of the core that runs here, compiles it while it downloads, and hands
// out sessions. To be called in a worker or in Node: training blocks the thread it runs on. Pages
// use `connectGanvas` (client.ts), which does all this in a worker.

import { asGanvasError, GanvasError } from "./errors";
import { openGunzip } from "./gunzip";
import { type Glue, type ModuleArguments, sessionAt, unwrap } from "./module";
import { checkBuild, type ModuleFiles } from "./module_files";
import { type Features, probeFeatures } from "./probes";
import { countBytes, openResource, peekStream, REPORT_MS, readAgainIfDamaged } from "./resource";
import { Session } from "./session";
import { trainingFiles } from "./training_files";
import {
  type BuildName,
  type Config,
  type ConfigReport,
  type EngineInfo,
  type Fallback,
  type LoadOptions,
  type LoadProgress,
  MAX_THREADS,
  type PointOptions,
  type SessionConfig,
  TIERS,
  type Tier,
} from "./types";
import { checkedWhole } from "./whole";

const MAX_AUTO_THREADS = 4;

export interface Ganvas {
  readonly info: EngineInfo;
  /** Throws invalid_config when the core cannot build it; the message names the key. */
  createSession(config: SessionConfig): Session;
  /**
   * A session with what `Session.save` and the command write: a run, or trained networks.
   * @throws GanvasError as `Session.load`
   */
  openModel(bytes: Uint8Array): Session;
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
 * WebAssembly at all), invalid_argument (threads, baseUrl), and when no build starts what became of
 * the first: fetch_failed, wasm_failed, csp_blocked, build_mismatch
 */
export async function loadGanvas(
  options: LoadOptions & { readonly onProgress?: (progress: LoadProgress) => void } = {},
): Promise<Ganvas> {
  const { baseUrl, onProgress = () => {} } = options;
  const features = await probeFeatures();
  const wanted = candidates(options, features);
  const { started, failure } = await startFirst(wanted, async ({ tier, threads }) => {
    const build = buildName(tier, threads);
    const module = await startModule(trainingFiles(build, baseUrl), threads, onProgress);
    // Relaxed SIMD lets an engine round twice; such a machine is better off with `simd`.
    if (tier === "relaxed" && !module.maddIsFused()) {
      module.PThread?.terminateAllThreads();
      throw new GanvasError("tier_unavailable", "This machine does not fuse multiply-add.");
    }
    return { tier, build, threads, module };
  });
  const { module, ...running } = started;
  const { fma, version } = module.buildInfo();
  const createSession = (config: SessionConfig): Session => {
    const address = unwrap(module.createSession(JSON.stringify(config), running.threads));
    return new Session(sessionAt(module, address));
  };
  const fallback = describeFallback(options, features, running.build, failure);
  return {
    info: { ...running, fma, version, fallback },
    createSession,
    openModel: (bytes) => {
      // Any will do; this is the smallest.
      const session = createSession({ preset: "toy2d" });
      try {
        session.load(bytes);
        return session;
      } catch (thrown) {
        session.dispose();
        throw thrown;
      }
    },
    checkConfig: (config) => JSON.parse(module.checkConfig(JSON.stringify(config))) as ConfigReport,
    drawPoints: (name, { count, seed }) => unwrap(module.drawPoints(name, seed, count)),
  };
}

/** What these options would start where every feature is there, and why it does not run here. */
function describeFallback(
  options: LoadOptions,
  features: Features,
  running: BuildName,
  failure: GanvasError | null,
): Fallback | null {
  const all = { ...features, simd: true, relaxedSimd: true, threads: true };
  const [best] = candidates(options, all);
  if (best === undefined || buildName(best.tier, best.threads) === running) return null;
  const reasons = [
    ...(best.threads > 1 && !features.threads ? [noThreads()] : []),
    ...(supports(best.tier, features) ? [] : [`This engine cannot run the ${best.tier} tier.`]),
    ...(failure === null ? [] : [failure.message]),
  ];
  return { wanted: buildName(best.tier, best.threads), reason: reasons.join(" ") };
}

function noThreads(): string {
  return globalThis.crossOriginIsolated === true
    ? "This engine has no shared memory for threads."
    : "Threads need a cross-origin isolated page (COOP and COEP headers).";
}

interface Candidate {
  readonly tier: Tier;
  readonly threads: number;
}

/**
 * Starts the first candidate that does start, and tells how the first of those before it failed.
 * Rejects with that failure when none starts.
 */
export async function startFirst<T>(
  wanted: readonly Candidate[],
  start: (candidate: Candidate) => Promise<T>,
): Promise<{ readonly started: T; readonly failure: GanvasError | null }> {
  let failure: GanvasError | null = null;
  for (const candidate of wanted) {
    try {
      return { started: await start(candidate), failure };
    } catch (thrown) {
      failure ??= asGanvasError(thrown);
    }
  }
  const line = "This browser has no WebAssembly that can run Ganvas.";
  throw failure ?? new GanvasError("tier_unavailable", line);
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
    // With more than two processors, one is left to the page. The core measures whether threads pay.
    return Math.min(MAX_AUTO_THREADS, features.processors, Math.max(2, features.processors - 1));
  }
  checkedWhole("threads", threads, 1, MAX_THREADS);
  if (threads > 1 && !features.threads) {
    throw new GanvasError("tier_unavailable", noThreads());
  }
  if (threads > 1 && tier === "scalar") {
    throw new GanvasError("tier_unavailable", "The scalar tier runs on one thread.");
  }
  return threads;
}

function buildName(tier: Tier, threads: number): BuildName {
  return tier === "scalar" || threads === 1 ? tier : `${tier}-mt`;
}

/** Fetches, compiles and starts a module. */
export async function startModule<M>(
  files: ModuleFiles<M>,
  threads: number,
  onProgress: (progress: LoadProgress) => void,
): Promise<M> {
  const [glue, compiled] = await Promise.all([
    importGlue(files),
    readAgainIfDamaged((fresh) => compile(files.wasm, onProgress, fresh)),
  ]);
  checkBuild("The engine's JavaScript", glue.build);
  checkBuild(files.wasm, buildOf(compiled));
  let state: "starting" | "running" | "failed" = "starting";
  return new Promise<M>((resolve, reject) => {
    const fail = (thrown: unknown): void => {
      if (state !== "starting") return;
      state = "failed";
      module.PThread?.terminateAllThreads();
      reject(asGanvasError(thrown, "wasm_failed"));
    };
    // The factory's own promise never settles when one of these fails, so the failure goes around it.
    const module: ModuleArguments = {
      poolSize: threads - 1,
      ...(files.newThread && { newThread: files.newThread }),
      threadFailed: (failure) => {
        // Uncaught, this ends the worker, which its client is told.
        if (state === "running")
          throw new Error(`A thread of the engine failed: ${failure.message}`);
        if (failure instanceof Event) failure.preventDefault();
        fail(new Error("A thread of the engine could not be started."));
      },
      instantiateWasm: (imports, receive) => {
        WebAssembly.instantiate(compiled, imports)
          .then((instance) => receive(instance, compiled))
          .catch(fail);
        return {};
      },
    };
    glue.default(module).then((started) => {
      state = "running";
      resolve(started);
    }, fail);
  });
}

async function importGlue<M>(files: ModuleFiles<M>): Promise<Glue<M>> {
  try {
    return await files.glue();
  } catch (thrown) {
    const line = `${files.wasm} lacks its JavaScript. ${COPY}`;
    throw new GanvasError("fetch_failed", line, { cause: thrown });
  }
}

const COPY = "Copy the package's engine/ beside the bundle, or name its folder in baseUrl.";

async function compile(
  url: string,
  onProgress: (progress: LoadProgress) => void,
  fresh: boolean,
): Promise<WebAssembly.Module> {
  const { body, total } = await openResource(url, { fresh });
  const counted = countBytes(body, (loaded) => onProgress({ loaded, total }), REPORT_MS);
  const breaks: GanvasError[] = [];
  const [head, packed] = await peekStream(counted, (thrown) => {
    const line = `${url}: the connection broke.`;
    const error = new GanvasError("fetch_failed", line, { cause: thrown });
    breaks.push(error);
    return error;
  });
  // A server may have undone the compression, or have answered with a page.
  if (head[0] !== GZIP && head[0] !== WASM) {
    await packed.cancel();
    throw new GanvasError("fetch_failed", `${url} is not the engine's file. ${COPY}`);
  }
  const wasm = head[0] === GZIP ? packed.pipeThrough(await openGunzip()) : packed;
  const response = new Response(wasm, { headers: { "content-type": "application/wasm" } });
  try {
    return typeof WebAssembly.compileStreaming === "function"
      ? await WebAssembly.compileStreaming(response)
      : await WebAssembly.compile(await response.arrayBuffer());
  } catch (thrown) {
    if (breaks[0]) throw breaks[0];
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    if (/Content.Security.Policy|\bCSP\b|unsafe-eval/i.test(reason)) {
      const line = "The page's Content-Security-Policy forbids WebAssembly";
      const remedy = "its script-src needs 'wasm-unsafe-eval'";
      throw new GanvasError("csp_blocked", `${line}: ${remedy}.`, { cause: thrown });
    }
    throw new GanvasError("wasm_failed", `${url}: ${reason}`, { cause: thrown });
  }
}

/** The first bytes of the files. */
const GZIP = 0x1f;
const WASM = 0;

function buildOf(module: WebAssembly.Module): string | undefined {
  const [section] = WebAssembly.Module.customSections(module, "ganvas.build");
  return section && new TextDecoder().decode(section);
}
