// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the losses of a balanced run are.

import { PRESET_FACTS } from "../engine/generated/description/preset_facts";
import { objectiveOf, type Settings } from "./settings";

/**
 * Whether both losses are ln 2 where neither network is ahead. Minimax's loss of G is then below 0,
 * and an auxiliary classifier's loss is half of both.
 */
export function balancesAtLn2(settings: Settings): boolean {
  const { preset, changes } = settings;
  const classifies =
    changes["auxiliary_classifier"] ?? String(PRESET_FACTS[preset].auxiliary_classifier);
  return objectiveOf(settings) === "bce" && classifies === "false";
}
