// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of the module that trains, beside this code. Bundlers carry a file along only where its
// address is a literal.

import type { GanvasModule, Glue } from "./module";
import { filesIn, type ModuleFiles, nodeThread } from "./module_files";
import { inNode } from "./node";
import { openWorker } from "./open_worker";
import type { BuildName } from "./types";

const WASM: Readonly<Record<BuildName, () => URL>> = {
  relaxed: () => new URL("./modules/ganvas-relaxed.wasm.gz", import.meta.url),
  "relaxed-mt": () => new URL("./modules/ganvas-relaxed-mt.wasm.gz", import.meta.url),
  simd: () => new URL("./modules/ganvas-simd.wasm.gz", import.meta.url),
  "simd-mt": () => new URL("./modules/ganvas-simd-mt.wasm.gz", import.meta.url),
  scalar: () => new URL("./modules/ganvas-scalar.wasm.gz", import.meta.url),
};

/** No literal: Node needs no bundler, and bundlers carry thread.ts. */
const NODE_THREAD = "./modules/ganvas-mt.js";

/** @throws GanvasError invalid_argument (baseUrl) */
export function trainingFiles(name: BuildName, baseUrl?: string): ModuleFiles<GanvasModule> {
  const threaded = name.endsWith("-mt");
  if (baseUrl !== undefined) {
    return filesIn(baseUrl, `ganvas-${name}`, threaded ? "ganvas-mt" : "ganvas");
  }
  return {
    wasm: WASM[name]().href,
    glue: async () =>
      (await (threaded
        ? import("./modules/ganvas-mt.js")
        : import("./modules/ganvas.js"))) as Glue<GanvasModule>,
    newThread: () =>
      inNode
        ? nodeThread(new URL(NODE_THREAD, import.meta.url))
        : openWorker(
            () =>
              new Worker(new URL("./thread.ts", import.meta.url), {
                type: "module",
                name: "em-pthread",
              }),
          ),
  };
}
