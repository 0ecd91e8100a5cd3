// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Why a faster engine does not run here.

import { msg, str } from "@lit/localize";
import { type EngineInfo, TIERS } from "../../engine/types";
import { spaceBetween } from "../platform/i18n";
import { describeTier, explainOneThread } from "./engine_words";

/**
 * One sentence for each reason; "" when no engine would be faster.
 * @param isolatedNextTime whether it is enough to load the page again
 */
export function describeFallback(
  { tier, threads, fallback }: EngineInfo,
  isolatedNextTime: boolean,
): string {
  if (fallback === null) return "";
  const wanted = TIERS.find((name) => fallback.wanted.startsWith(name)) ?? tier;
  const reasons: string[] = [];
  if (fallback.wanted.endsWith("-mt") && threads === 1) {
    reasons.push(
      isolatedNextTime ? msg("Reload the page to train with several threads.") : explainOneThread(),
    );
  }
  if (wanted !== tier) reasons.push(msg(str`This browser could not run ${describeTier(wanted)}.`));
  return reasons.join(spaceBetween());
}
