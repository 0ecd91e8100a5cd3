// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Starts a worker of the page as one file. Chromium starts a Blob's worker from a file: address only if it is a classic one.

import type { Beginning } from "./worker";

export function startWorker(serves: Beginning["serves"]): Worker {
  const files = globalThis.ganvasFiles;
  const script = new Blob([files.get("worker.js") ?? ""], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(script), { name: `ganvas-${serves}` });
  worker.postMessage({ serves, files } satisfies Beginning);
  return worker;
}
