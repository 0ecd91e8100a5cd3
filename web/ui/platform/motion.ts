// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether the reader asked the system for less motion.

export const prefersStillness = matchMedia("(prefers-reduced-motion: reduce)");
