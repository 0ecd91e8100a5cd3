// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// When listeners hear that the page's state has changed.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readAddress } from "../ui/state/address";
import { Store } from "../ui/state/store";

describe("changes that belong together", () => {
  let store: Store;
  /** What listeners saw. */
  let seen: number[];

  beforeEach(() => {
    vi.useFakeTimers();
    store = new Store(readAddress("").opening);
    seen = [];
    store.subscribe(() => seen.push(store.state.noise));
  });

  afterEach(() => vi.useRealTimers());

  it("are there at once, and heard of as one when the work ends", async () => {
    await store.together(async () => {
      store.patch({ noise: 2 });
      expect(store.state.noise).toBe(2);
      await Promise.resolve();
      store.patch({ noise: 3 });
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([3]);
    await vi.advanceTimersByTimeAsync(1000);
    store.patch({ noise: 4 });
    expect(seen).toEqual([3, 4]);
  });

  it("are heard of one by one from where the work becomes long", async () => {
    let end = (): void => {};
    const work = store.together(async () => {
      store.patch({ noise: 2 });
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await vi.advanceTimersByTimeAsync(49);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual([2]);
    store.patch({ noise: 3 });
    expect(seen).toEqual([2, 3]);
    end();
    await work;
    store.patch({ noise: 4 });
    expect(seen).toEqual([2, 3, 4]);
  });

  it("are heard of also when the work fails, and when it is part of other work", async () => {
    const failure = new Error("no");
    await expect(
      store.together(async () => {
        await store.together(async () => store.patch({ noise: 2 }));
        expect(seen).toEqual([]);
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(seen).toEqual([2]);
  });
});
