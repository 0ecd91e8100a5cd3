// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How long frames of a film are shown, on the page and in every format that it is saved in.

/** Of one frame to the next, and of the last. */
export const FRAME_MS = 90;
export const LAST_MS = 2520;
