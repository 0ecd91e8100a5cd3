// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The one module that judges in the page as one file, and its weights.

import type { JudgeModule } from "../../../engine/judge_files";
import type { Glue } from "../../../engine/module";
import { INSIDE } from "../../files";

type JudgeFiles = typeof import("../../../engine/judge_files");

export const judgeFiles: JudgeFiles["judgeFiles"] = () => ({
  wasm: `${INSIDE}engine/ganvas-judge-simd.wasm.gz`,
  glue: async () => (await import("../../../engine/modules/ganvas-judge.js")) as Glue<JudgeModule>,
});

export const judgeWeights: JudgeFiles["judgeWeights"] = () => `${INSIDE}engine/judge.safetensors`;
