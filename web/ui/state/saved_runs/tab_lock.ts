// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Tells the tabs of a browser which runs, and which sets of pictures, are in use. Over plain http there are
// no locks: tabs ask each other (held_names.ts), and a run that two tabs open at the same moment becomes two
// runs when they save it.

import { HeldName, heldNames } from "./held_names";

const PREFIXES = { run: "ganvas-run-", pictures: "ganvas-pictures-" } as const;
type Kind = keyof typeof PREFIXES;

export class TabLock {
  readonly #release: () => Promise<unknown>;

  private constructor(release: () => Promise<unknown>) {
    this.#release = release;
  }

  /** One tab holds a run, any number a set of pictures. Null if another tab holds it. */
  static async take(kind: Kind, id: string): Promise<TabLock | null> {
    const { locks } = navigator;
    const name = PREFIXES[kind] + id;
    if (locks === undefined) {
      const isTaken = kind === "run" && (await heldNames()).has(name);
      const held = isTaken ? null : new HeldName(name);
      return held === null ? null : new TabLock(async () => held.release());
    }
    const mode = kind === "run" ? "exclusive" : "shared";
    return new Promise((resolve) => {
      let released: Promise<unknown> = Promise.resolve();
      const held = (lock: Lock | null): Promise<void> | undefined => {
        if (lock === null) {
          resolve(null);
          return undefined;
        }
        return new Promise((release) => {
          const letGo = (): Promise<unknown> => {
            release();
            return released;
          };
          resolve(new TabLock(letGo));
        });
      };
      released = locks.request(name, { mode, ifAvailable: true }, held).catch(() => resolve(null));
    });
  }

  /** Resolves once other tabs can take it. */
  async release(): Promise<void> {
    await this.#release();
  }
}

/** Those that tabs hold, this one among them. */
export async function inUse(kind: Kind): Promise<ReadonlySet<string>> {
  const { locks } = navigator;
  const names = locks === undefined ? await heldNames() : await lockedNames(locks);
  const ours = [...names].filter((name) => name.startsWith(PREFIXES[kind]));
  return new Set(ours.map((name) => name.slice(PREFIXES[kind].length)));
}

async function lockedNames(locks: LockManager): Promise<string[]> {
  const { held } = (await locks.query().catch(() => undefined)) ?? {};
  return held?.map(({ name }) => name ?? "") ?? [];
}

/** A name that no other has. Not randomUUID, which pages over plain http lack. */
export function ownId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
