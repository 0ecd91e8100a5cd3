// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One request at a time, at most one a frame: of all that is asked for meanwhile only the last is
// done. A pointer moves faster than networks answer, and nobody waits for where it was.

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

  /** Gives up what has not begun. */
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

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** The last answer, for as long as the question stays the same. */
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
