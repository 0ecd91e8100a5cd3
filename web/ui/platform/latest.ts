// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs one request at a time, at most one per frame, and drops all but the last of those that wait.
// Pointers move faster than networks answer.

type Job = () => Promise<void>;

export class Latest {
  readonly #failed: (thrown: unknown) => void;
  readonly #nextFrame: () => Promise<unknown>;
  #next: Job | null = null;
  #busy = false;

  constructor(failed: (thrown: unknown) => void, nextFrame: () => Promise<unknown> = frame) {
    this.#failed = failed;
    this.#nextFrame = nextFrame;
  }

  ask(job: Job): void {
    this.#next = job;
    if (!this.#busy) void this.#work();
  }

  /** Drops the waiting request, if any. */
  forget(): void {
    this.#next = null;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#next !== null) {
      await this.#nextFrame();
      const job: Job | null = this.#next;
      this.#next = null;
      await job?.().catch(this.#failed);
    }
    this.#busy = false;
  }
}

/** The time of the next frame, in milliseconds. */
export function frame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Keeps the last answer as long as the question stays the same. */
export class Kept<T> {
  #question: readonly unknown[] = [];
  #answer: { readonly value: T } | null = null;

  async of(question: readonly unknown[], answer: () => Promise<T>): Promise<T> {
    const same =
      question.length === this.#question.length &&
      question.every((part, index) => Object.is(part, this.#question[index]));
    if (same && this.#answer !== null) return this.#answer.value;
    const value = await answer();
    this.#question = question;
    this.#answer = { value };
    return value;
  }
}
