// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of the module that writes files of other tools, beside this code; as training_files.ts.

import type { MainModule } from "./generated/ganvas_exchange_module";
import type { Glue } from "./module";
import { filesIn, type ModuleFiles } from "./module_files";

export type ExchangeModule = Pick<MainModule, "exportOnnx">;

/** @throws GanvasError invalid_argument (baseUrl) */
export function exchangeFiles(baseUrl?: string): ModuleFiles<ExchangeModule> {
  if (baseUrl !== undefined) return filesIn(baseUrl, "ganvas-exchange", "ganvas-exchange");
  return {
    wasm: new URL("./modules/ganvas-exchange.wasm.gz", import.meta.url).href,
    glue: async () => (await import("./modules/ganvas-exchange.js")) as Glue<ExchangeModule>,
  };
}
