// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How long frames of a film are shown, on the page and in every format that it is saved in.

export const FRAME_MS = 90;
/** The last frame stays. */
export const LAST_MS = 2520;
