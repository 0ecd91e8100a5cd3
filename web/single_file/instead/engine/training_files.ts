// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The one module that trains in the page as one file.

import type { GanvasModule, Glue } from "../../../engine/module";
import { INSIDE } from "../../files";

export const trainingFiles: typeof import("../../../engine/training_files").trainingFiles = () => ({
  wasm: `${INSIDE}engine/ganvas-simd.wasm.gz`,
  glue: async () => (await import("../../../engine/modules/ganvas.js")) as Glue<GanvasModule>,
});
