// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The package's training worker, which also tells how large its module's memory is: nothing in the
// package does, so the memory is taken from the instance on its way to the module's glue.

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
