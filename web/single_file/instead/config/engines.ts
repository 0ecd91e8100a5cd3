// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The engine of the page as one file.

import type { Tier } from "../../../engine/types";

export const TIERS: readonly Tier[] = ["simd"];
