// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether the system is set to reduced motion.

export const prefersStillness = matchMedia("(prefers-reduced-motion: reduce)");
