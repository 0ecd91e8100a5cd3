// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker that trains. Bundlers carry a worker along only where its address is a literal.

import { fileIn } from "../engine/module_files";
import { openWorker } from "../engine/open_worker";

/** @param baseUrl the folder of the engine's files; default: beside this code */
export function trainingWorker(baseUrl?: string): Worker {
  if (baseUrl !== undefined) {
    const script = fileIn(baseUrl, "worker", "js");
    return openWorker(() => new Worker(script, { type: "module", name: "ganvas" }));
  }
  return openWorker(
    () =>
      new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module", name: "ganvas" }),
  );
}
