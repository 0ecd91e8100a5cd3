// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Starts the module that judges, for digits and for other pictures.

import { type JudgeModule, judgeFiles } from "./judge_files";
import { candidates, startFirst, startModule } from "./loader";
import { probeFeatures } from "./probes";
import type { LoadProgress, Tier } from "./types";

/**
 * Starts the fastest build that runs here, or of the tier that is asked for.
 * @throws GanvasError tier_unavailable, fetch_failed, wasm_failed, csp_blocked, build_mismatch
 */
export async function startJudgeModule({
  tier: wished = "auto",
  baseUrl,
  onProgress = () => {},
}: {
  readonly tier?: Tier | "auto";
  readonly baseUrl?: string;
  readonly onProgress?: (progress: LoadProgress) => void;
}): Promise<{ readonly module: JudgeModule; readonly tier: Tier }> {
  const wanted = candidates({ tier: wished, threads: 1 }, await probeFeatures());
  const { started } = await startFirst(wanted, async ({ tier }) => {
    const module = await startModule(judgeFiles(tier, baseUrl), 1, onProgress);
    return { module, tier };
  });
  return started;
}
