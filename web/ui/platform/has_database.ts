// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether this site has a database in the browser, and so perhaps runs. Creates none. A note in localStorage would not do:
// Chromium writes it seconds later than the run, and loses it when it is killed.

/** True where the browser does not tell. */
export async function hasDatabase(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).length > 0;
  } catch {
    return true;
  }
}
