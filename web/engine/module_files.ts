// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of a module of the core, in a folder that the caller names, and the build that they have to be
// of.

import { resolveAddress } from "./addresses";
import { GanvasError } from "./errors";
import type { Glue, Thread } from "./module";
import { build, suffix } from "./modules/build.js";
import { inNode } from "./node";
import { openWorker } from "./open_worker";

/** Names the code of this realm, and the modules that belong to it. */
export const release = build + suffix;

export interface ModuleFiles<M> {
  /** The address of the gzipped WebAssembly. */
  readonly wasm: string;
  readonly glue: () => Promise<Glue<M>>;
  /** Absent from a module for one thread. */
  readonly newThread?: () => Thread;
}

/** The files of one module in a copy of the package's folder. */
export function filesIn<M>(baseUrl: string, module: string, glue: string): ModuleFiles<M> {
  const script = fileIn(baseUrl, glue, "js");
  return {
    wasm: fileIn(baseUrl, module, "wasm.gz"),
    glue: () => import(/* webpackIgnore: true */ /* @vite-ignore */ script),
    newThread: () =>
      inNode
        ? nodeThread(new URL(script))
        : openWorker(() => new Worker(script, { type: "module", name: "em-pthread" })),
  };
}

/** @throws GanvasError invalid_argument */
export function fileIn(baseUrl: string, name: string, extension: string): string {
  const folder = baseUrl === "" || baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`;
  return resolveAddress(`${folder}${name}${suffix}.${extension}`);
}

export function nodeThread(script: URL): Thread {
  const { Worker: NodeWorker } = process.getBuiltinModule("node:worker_threads");
  return new NodeWorker(script, { workerData: "em-pthread" });
}

/** @throws GanvasError build_mismatch unless a module's file is of this code's build */
export function checkBuild(file: string, itsBuild: string | undefined): void {
  check(file, itsBuild, build);
}

/** @throws GanvasError build_mismatch unless other code is of this code's release */
export function checkRelease(code: string, itsRelease: string): void {
  check(code, itsRelease, release);
}

function check(what: string, its: string | undefined, ours: string): void {
  if (its === ours) return;
  const line = `${what} is of build ${its ?? "unknown"}, and this code is of build ${ours}`;
  throw new GanvasError("build_mismatch", `${line}: one of them is an outdated copy.`);
}
