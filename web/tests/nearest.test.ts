// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// When the search for the generator's nearest image shows what it has found. The model is a fake,
// whose searches take their steps when the test says so.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InversionState } from "../engine/exploration";
import { Nearest } from "../ui/explore/nearest";
import type { Model } from "../ui/state/models";

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => setTimeout(frame));
});
afterEach(() => vi.unstubAllGlobals());

interface Search {
  readonly steps: number;
  readonly reach: (steps: number) => void;
}

function fakeModel() {
  const searches: Search[] = [];
  const invert = (options: {
    steps: number;
    onProgress?: (state: InversionState) => void;
  }): Promise<InversionState> =>
    new Promise((resolve) => {
      const reach = (steps: number): void => {
        const done = steps === options.steps;
        const error = 1 / (1 + steps + searches.length);
        const state = { steps, done, error, latent: new Float32Array(1) } as InversionState;
        if (done) resolve(state);
        else options.onProgress?.(state);
      };
      searches.push({ steps: options.steps, reach });
    });
  return { model: { session: { invert }, conditional: false } as unknown as Model, searches };
}

async function searching() {
  const { model, searches } = fakeModel();
  const nearest = new Nearest(
    () => {},
    (thrown) => expect.unreachable(String(thrown)),
  );
  nearest.seek(model, new Float32Array(4));
  await vi.waitFor(() => expect(searches).toHaveLength(1));
  const [quick] = searches;
  if (quick === undefined) throw new Error("no search");
  return { nearest, searches, quick, model };
}

describe("the nearest image", () => {
  it("is shown before the short search ends, but not after its first steps", async () => {
    const { nearest, searches, quick } = await searching();
    quick.reach(1);
    expect(nearest.found).toBeNull();
    quick.reach(quick.steps / 2);
    expect(nearest.found?.steps).toBe(quick.steps / 2);
    quick.reach(quick.steps);
    await vi.waitFor(() => expect(nearest.found?.steps).toBe(quick.steps));
    expect(nearest.searching).toBe(true);
    await vi.waitFor(() => expect(searches).toHaveLength(2));
  });

  it("of a target that has changed is shown sooner, since the search begins with the one before", async () => {
    const { nearest, searches, quick, model } = await searching();
    quick.reach(3);
    expect(nearest.found).toBeNull();
    quick.reach(quick.steps);
    await vi.waitFor(() => expect(searches).toHaveLength(2));
    nearest.seek(model, new Float32Array(4));
    await vi.waitFor(() => expect(searches).toHaveLength(3));
    const before = nearest.found;
    searches[2]?.reach(1);
    expect(nearest.found).toBe(before);
    searches[2]?.reach(3);
    expect(nearest.found?.steps).toBe(3);
  });

  it("is still searched for when the search before ends after the target has changed", async () => {
    const { nearest, searches, quick, model } = await searching();
    quick.reach(quick.steps);
    await vi.waitFor(() => expect(searches).toHaveLength(2));
    nearest.seek(model, new Float32Array(4));
    await vi.waitFor(() => expect(searches).toHaveLength(3));
    searches[1]?.reach(searches[1].steps);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(nearest.searching).toBe(true);
  });

  it("is only replaced by a nearer one", async () => {
    const { nearest, searches, quick } = await searching();
    quick.reach(quick.steps);
    await vi.waitFor(() => expect(searches).toHaveLength(2));
    const short = nearest.found;
    searches[1]?.reach(1);
    expect(nearest.found).toBe(short);
    searches[1]?.reach(100);
    expect(nearest.found?.steps).toBe(100);
  });

  it("of an earlier target is not shown after the search was stopped", async () => {
    const { nearest, searches, quick } = await searching();
    nearest.stop();
    quick.reach(quick.steps - 1);
    expect(nearest.found).toBeNull();
    quick.reach(quick.steps);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(nearest.found).toBeNull();
    expect(searches).toHaveLength(1);
  });
});
