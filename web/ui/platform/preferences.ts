// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The few choices that outlive a visit. Storage may be forbidden; then they live as long as the page.

type PreferenceName = "lang" | "theme";

const remembered = new Map<PreferenceName, string>();

export function readPreference(name: PreferenceName): string | null {
  try {
    return localStorage.getItem(`ganvas.${name}`) ?? remembered.get(name) ?? null;
  } catch {
    return remembered.get(name) ?? null;
  }
}

/** null forgets it. */
export function writePreference(name: PreferenceName, value: string | null): void {
  if (value === null) remembered.delete(name);
  else remembered.set(name, value);
  try {
    if (value === null) localStorage.removeItem(`ganvas.${name}`);
    else localStorage.setItem(`ganvas.${name}`, value);
  } catch {
    // Remembered above for this visit.
  }
}
