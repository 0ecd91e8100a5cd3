// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Imports of code that is loaded when it is first needed, and may be missing or stall. Chromium asks for a
// file again after it failed; Firefox answers from memory that it failed; WebKit asks again unless half of
// the file came. An import that stalls cannot be given up. So the first failure is to be tried again, and
// after another one only a new page, or a new worker, is sure to ask.

import { GanvasError } from "./errors";

/** So long without a byte, and a download is taken to have stalled. */
export const STALL_MS = 10_000;

/** In a row, of any parts. */
let failures = 0;

/**
 * Calls `load`, which imports; to try again, call this again.
 * @throws GanvasError fetch_failed, or reload_needed where trying again may not help
 */
export async function importPart<T>(load: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stall = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      failures += 1;
      reject(new Error("No data has arrived for ten seconds."));
    }, STALL_MS);
  });
  try {
    const part = await Promise.race([load(), stall]);
    failures = 0;
    return part;
  } catch (thrown) {
    failures += 1;
    const code = failures > 1 ? "reload_needed" : "fetch_failed";
    throw new GanvasError(code, String(thrown), { cause: thrown });
  } finally {
    clearTimeout(timer);
  }
}
