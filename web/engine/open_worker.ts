// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Starts workers of any origin. Browsers refuse a worker's script from another origin, such as a CDN,
// but a worker of this origin may import it.

import { baseAddress } from "./addresses";

/**
 * Calls `construct`, which makes one Worker. Bundlers carry a worker along only where they read
 * `new Worker(new URL("literal", import.meta.url))`, so its address cannot be asked for; instead the
 * constructor is replaced during this call.
 */
export function openWorker(construct: () => Worker): Worker {
  const Native = globalThis.Worker;
  globalThis.Worker = class extends Native {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(startable(new URL(address, baseAddress())), options);
    }
  };
  try {
    return construct();
  } finally {
    globalThis.Worker = Native;
  }
}

/** The script itself, or a Blob of this origin that imports it. */
function startable(script: URL): string {
  if (script.origin === self.location.origin) return script.href;
  const code = `import ${JSON.stringify(script.href)};`;
  // Never revoked: the worker reads it at a time that this thread does not learn.
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}
