// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The themes, as links and attributes name them.

export type Theme = "light" | "dark";

export function asTheme(text: string | null): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}
