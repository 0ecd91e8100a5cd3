// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page as one file holds: build.mjs puts it in.

/** The first of MNIST's training digits. */
export const MAX_EXAMPLES = 2_000;

export const USUAL_EXAMPLES = MAX_EXAMPLES;

export const PRETRAINED = ["conditional"] as const;
