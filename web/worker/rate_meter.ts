// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Steps per second over a sliding window, so that the number neither flickers nor lags.

const WINDOW_MS = 1500;

export class RateMeter {
  #marks: { readonly at: number; readonly total: number }[] = [];

  /** Notes that `total` steps were done by the time `at` (milliseconds, never going back). */
  add(at: number, total: number): void {
    this.#marks.push({ at, total });
    // The oldest mark that stays is the last one outside the window: the window is always full.
    while (this.#marks.length > 2 && (this.#marks[1]?.at ?? at) <= at - WINDOW_MS) {
      this.#marks.shift();
    }
  }

  perSecond(): number {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (!first || !last || last.at <= first.at) return 0;
    return ((last.total - first.total) * 1000) / (last.at - first.at);
  }
}
