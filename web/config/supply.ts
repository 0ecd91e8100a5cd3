// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What comes with the page. The page as one file has less: single_file/instead/config/supply.ts.

/** Number of MNIST's training digits. */
export const MAX_EXAMPLES = 60_000;

/** How many a run, a lesson and an experiment learn from, unless told otherwise. */
export const USUAL_EXAMPLES = 10_000;

/** The pretrained generators. */
export const PRETRAINED = ["conditional", "dcgan", "seed"] as const;
