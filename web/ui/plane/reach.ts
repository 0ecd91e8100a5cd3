// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How much of the plane is shown; apart from what draws it, which is loaded later.

/** Shown is [-REACH, REACH] in both directions; real points are within about [-1, 1]. */
export const REACH = 1.25;
