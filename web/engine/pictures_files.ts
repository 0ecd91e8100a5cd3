// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of the module that reads pictures, beside this code; as training_files.ts.

import type { MainModule } from "./generated/ganvas_pictures_module";
import type { Glue } from "./module";
import { filesIn, type ModuleFiles } from "./module_files";

export type PicturesModule = Pick<MainModule, "createReader">;

/** @throws GanvasError invalid_argument (baseUrl) */
export function picturesFiles(baseUrl?: string): ModuleFiles<PicturesModule> {
  if (baseUrl !== undefined) return filesIn(baseUrl, "ganvas-pictures", "ganvas-pictures");
  return {
    wasm: new URL("./modules/ganvas-pictures.wasm.gz", import.meta.url).href,
    glue: async () => (await import("./modules/ganvas-pictures.js")) as Glue<PicturesModule>,
  };
}
