// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Tells the tabs of a browser which runs are in use. Over plain http there are no locks: a run that two
// tabs open becomes two runs when they save it.

const PREFIX = "ganvas-run-";

export class RunLock {
  readonly #release: () => void;

  private constructor(release: () => void) {
    this.#release = release;
  }

  /** Null if another tab holds it, or without locks. */
  static take(id: string): Promise<RunLock | null> {
    const { locks } = navigator;
    if (locks === undefined) return Promise.resolve(null);
    return new Promise((resolve) => {
      const held = (lock: Lock | null): Promise<void> | undefined => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise((release) => resolve(new RunLock(release)));
      };
      locks.request(PREFIX + id, { ifAvailable: true }, held).catch(() => resolve(null));
    });
  }

  release(): void {
    this.#release();
  }
}

/** The runs that tabs hold, this one among them. */
export async function runsInUse(): Promise<ReadonlySet<string>> {
  const { held } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
  const names = held?.map(({ name }) => name ?? "") ?? [];
  const ours = names.filter((name) => name.startsWith(PREFIX));
  return new Set(ours.map((name) => name.slice(PREFIX.length)));
}

/** A name that no other has. Not randomUUID, which pages over plain http lack. */
export function ownId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
