// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker that judges; as training_worker.ts.

import { fileIn } from "../engine/module_files";
import { openWorker } from "../engine/open_worker";

/** @param baseUrl the folder of the engine's files; default: beside this code */
export function judgeWorker(baseUrl?: string): Worker {
  if (baseUrl !== undefined) {
    const script = fileIn(baseUrl, "judge_worker", "js");
    return openWorker(() => new Worker(script, { type: "module", name: "ganvas-judge" }));
  }
  return openWorker(
    () =>
      new Worker(new URL("../worker/judge_main.ts", import.meta.url), {
        type: "module",
        name: "ganvas-judge",
      }),
  );
}
