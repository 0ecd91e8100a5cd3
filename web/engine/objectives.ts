// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the core says of objectives.

import { OBJECTIVES } from "./generated/description/objectives";
import type { Objective } from "./types";

/**
 * Whether D's output is the probability of being real: it ends in a sigmoid, and the losses take the
 * logits before it. For other objectives D's output is a score.
 */
export function makesProbabilities(objective: Objective): boolean {
  return OBJECTIVES[objective].on_logits;
}
