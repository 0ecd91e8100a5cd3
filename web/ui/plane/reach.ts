// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Extent of the visible plane; a separate file because the drawing code is loaded later.

/** The plane shows [-REACH, REACH] in both directions; real points lie within about [-1, 1]. */
export const REACH = 1.25;
