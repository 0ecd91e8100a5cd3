// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker that reads pictures; as training_worker.ts.

import { fileIn } from "../engine/module_files";
import { openWorker } from "../engine/open_worker";

/** @param baseUrl the folder of the engine's files; default: beside this code */
export function picturesWorker(baseUrl?: string): Worker {
  if (baseUrl !== undefined) {
    const script = fileIn(baseUrl, "pictures_worker", "js");
    return openWorker(() => new Worker(script, { type: "module", name: "ganvas-pictures" }));
  }
  return openWorker(
    () =>
      new Worker(new URL("../worker/pictures_main.ts", import.meta.url), {
        type: "module",
        name: "ganvas-pictures",
      }),
  );
}
