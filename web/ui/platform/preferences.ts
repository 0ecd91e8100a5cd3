// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Choices and facts that persist between visits; without storage access, they last as long as the page.

type PreferenceName =
  | "lang"
  | "theme"
  | "failedBuilds"
  /** Set once the browser was asked to keep the runs for good. */
  | "persistence";

const remembered = new Map<PreferenceName, string>();

export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(`ganvas.${name}`) ?? remembered.get(name) ?? null;
  } catch {
    return remembered.get(name) ?? null;
  }
}

/** null removes it. */
export function writePreference(name: PreferenceName, value: string | null): void {
  if (value === null) remembered.delete(name);
  else remembered.set(name, value);
  try {
    if (value === null) localStorage.removeItem(`ganvas.${name}`);
    else localStorage.setItem(`ganvas.${name}`, value);
  } catch {
    // Storage is unavailable: kept in memory for this visit.
  }
}
