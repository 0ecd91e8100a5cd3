// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files of the module that judges, beside this code, and its weights; as training_files.ts.

import type { MainModule } from "./generated/ganvas_judge_module";
import type { Glue } from "./module";
import { fileIn, filesIn, type ModuleFiles } from "./module_files";
import type { Tier } from "./types";

export type JudgeModule = Pick<MainModule, "createJudge" | "createPictureJudge">;

const WASM: Readonly<Record<Tier, () => URL>> = {
  relaxed: () => new URL("./modules/ganvas-judge-relaxed.wasm.gz", import.meta.url),
  simd: () => new URL("./modules/ganvas-judge-simd.wasm.gz", import.meta.url),
  scalar: () => new URL("./modules/ganvas-judge-scalar.wasm.gz", import.meta.url),
};

/** @throws GanvasError invalid_argument (baseUrl) */
export function judgeFiles(tier: Tier, baseUrl?: string): ModuleFiles<JudgeModule> {
  if (baseUrl !== undefined) return filesIn(baseUrl, `ganvas-judge-${tier}`, "ganvas-judge");
  return {
    wasm: WASM[tier]().href,
    glue: async () => (await import("./modules/ganvas-judge.js")) as Glue<JudgeModule>,
  };
}

/**
 * The address of the judge's weights.
 * @throws GanvasError invalid_argument (baseUrl)
 */
export function judgeWeights(baseUrl?: string): string {
  if (baseUrl !== undefined) return fileIn(baseUrl, "judge", "safetensors");
  return new URL("./modules/judge.safetensors", import.meta.url).href;
}
