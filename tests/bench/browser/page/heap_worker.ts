// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The package's training worker, which also reports the size of its module's memory. The package has
// no API for that, so the memory is taken from the instance by wrapping WebAssembly.instantiate.

import { serveTraining } from "../../../../web/worker/training_server";
import { HEAP_CHANNEL } from "./heap_channel";

let memory: WebAssembly.Memory | null = null;

const instantiate = WebAssembly.instantiate as (
  module: WebAssembly.Module,
  imports?: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>;

Object.assign(WebAssembly, {
  instantiate: async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
    const instance = await instantiate(module, imports);
    for (const exported of Object.values(instance.exports)) {
      if (exported instanceof WebAssembly.Memory) memory = exported;
    }
    return instance;
  },
});

const channel = new BroadcastChannel(HEAP_CHANNEL);
channel.addEventListener("message", () => channel.postMessage(memory?.buffer.byteLength ?? 0));

serveTraining(self);
