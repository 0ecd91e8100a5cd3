// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What tabs hold, seen from other tabs: with the browser's locks, and over plain http without.

import { afterEach, describe, expect, it, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

/** The code of another tab. */
function openTab() {
  vi.resetModules();
  return import("../ui/state/saved_runs/tab_lock");
}

/** The Web Locks API, as far as the page uses it. */
class Locks {
  readonly #held: { readonly name: string; readonly mode: string }[] = [];

  async request(
    name: string,
    { mode }: { readonly mode: string },
    use: (lock: object | null) => Promise<void> | undefined,
  ): Promise<void> {
    const others = this.#held.filter((lock) => lock.name === name);
    if (others.some((other) => mode === "exclusive" || other.mode === "exclusive")) {
      await use(null);
      return;
    }
    const lock = { name, mode };
    this.#held.push(lock);
    await use(lock);
    this.#held.splice(this.#held.indexOf(lock), 1);
  }

  async query(): Promise<object> {
    return { held: this.#held };
  }
}

describe.each([
  ["with locks", () => ({ locks: new Locks() })],
  ["without locks", () => ({})],
])("tabs %s", (_, navigator) => {
  it("hold a run alone, until they release it", async () => {
    vi.stubGlobal("navigator", navigator());
    const [one, other] = [await openTab(), await openTab()];
    const lock = await one.TabLock.take("run", "a");
    expect(lock).not.toBeNull();
    expect(await other.TabLock.take("run", "a")).toBeNull();
    expect(await other.inUse("run")).toEqual(new Set(["a"]));
    expect(await other.inUse("pictures")).toEqual(new Set());
    await lock?.release();
    expect(await other.inUse("run")).toEqual(new Set());
    expect(await other.TabLock.take("run", "a")).not.toBeNull();
  });

  it("share pictures, which are in use until all have let go", async () => {
    vi.stubGlobal("navigator", navigator());
    const [one, other] = [await openTab(), await openTab()];
    const locks = [
      await one.TabLock.take("pictures", "p"),
      await other.TabLock.take("pictures", "p"),
    ];
    expect(locks).not.toContain(null);
    for (const lock of locks) {
      expect(await one.inUse("pictures")).toEqual(new Set(["p"]));
      await lock?.release();
    }
    expect(await one.inUse("pictures")).toEqual(new Set());
  });
});

it("a tab without locks and channels knows its own", async () => {
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("BroadcastChannel", undefined);
  const tab = await openTab();
  await tab.TabLock.take("run", "a");
  expect(await tab.inUse("run")).toEqual(new Set(["a"]));
});
