// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Notices a worker that is gone without an error: browsers tell nothing of one that closed itself,
// that they ended, or that is stuck in a loop.

const BEAT_MS = 1000;
/** A silence of fewer beats is never the end. */
const LEAST_BEATS = 30;
/** Nor is one shorter than so many times the longest silence so far: a slow device stays slow. */
const GENEROSITY = 20;

/** Listens to a worker while it has calls to answer. */
export class Heartbeat {
  readonly #ask: () => void;
  readonly #mayBeSilent: () => boolean;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Beats since the worker was heard. */
  #silence = 0;
  #longest = 0;

  /**
   * @param ask sends the worker something that it answers
   * @param mayBeSilent whether it computes something of any length
   * @param onSilence called once, when it has not answered for too long
   */
  constructor(ask: () => void, mayBeSilent: () => boolean, onSilence: () => void) {
    this.#ask = ask;
    this.#mayBeSilent = mayBeSilent;
    this.#onSilence = onSilence;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#silence = 0;
  }

  /** Call for every message of the worker. */
  heard(): void {
    this.#longest = Math.max(this.#longest, this.#silence);
    this.#silence = 0;
  }

  /** Counts beats and no time, which goes on while a device sleeps. */
  #beat(): void {
    // Browsers may stop the workers of a hidden page.
    if (globalThis.document?.visibilityState === "hidden") return;
    this.#silence += 1;
    const most = Math.max(LEAST_BEATS, GENEROSITY * this.#longest);
    if (this.#silence > most && !this.#mayBeSilent()) {
      this.stop();
      this.#onSilence();
    } else {
      this.#ask();
    }
  }
}
