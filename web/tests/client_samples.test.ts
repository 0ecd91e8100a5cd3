// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Samples that the client draws in slices between other calls, against those of a session that rests.

import { afterEach, describe, expect, it } from "vitest";
import { ChannelWorker } from "./channel_worker";
import { codeOfRejection } from "./error_codes";
import { mnistFiles } from "./real_assets";
import { ready } from "./real_client";

afterEach(() => ChannelWorker.endAll());

/** Whether these are the samples after `steps` steps of an undisturbed session. */
async function areOfStep(step: number, seed: number, samples: Float32Array): Promise<boolean> {
  const { client, session } = await ready();
  await session.useDataSet(await client.loadMnist(mnistFiles(500)));
  if (step > 0) await session.train(step);
  for (let first = 0; first < samples.length; first += 50 * 784) {
    const slice = samples.subarray(first, first + 50 * 784);
    const wanted = { count: slice.length / 784, seed: seed + first / (50 * 784) };
    const expected = await session.sample(wanted);
    if (!expected.every((value, index) => value === slice[index])) return false;
  }
  return true;
}

describe("samples of one step", () => {
  const COUNT = 220;

  async function trained() {
    const { client, session } = await ready();
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    await session.train(2);
    return { client, session };
  }

  it("come from one step when playback, at any speed, starts while they are drawn", async () => {
    for (const stepsPerSecond of [null, 0.5, 200]) {
      const { session } = await trained();
      const drawn = session.sampleOneStep({ count: COUNT, seed: 4 });
      const played = session.play({ steps: 30, stepsPerSecond });
      const { step, samples } = await drawn;
      await session.pace(null);
      expect((await played).step).toBe(32);
      expect(step).toBe(2);
      expect(samples.length).toBe(COUNT * 784);
      expect(await areOfStep(2, 4, samples)).toBe(true);
    }
  });

  it("come from one step when others are drawn at the same time during playback", async () => {
    const { session } = await trained();
    const played = session.play({ steps: 200 });
    const drawn = await Promise.all([
      session.sampleOneStep({ count: 2 * COUNT, seed: 4 }),
      session.sampleOneStep({ count: 10, seed: 9 }),
    ]);
    await played;
    expect(drawn.map(({ samples }) => samples.length / 784)).toEqual([2 * COUNT, 10]);
    for (const [index, { step, samples }] of drawn.entries()) {
      expect(await areOfStep(step, index === 0 ? 4 : 9, samples)).toBe(true);
    }
  });

  it.each(["train", "advanceHalf", "save", "load"] as const)(
    "stay of one step when %s is called",
    async (what) => {
      const { client, session } = await trained();
      // What is left of the step is G's half.
      if (what === "advanceHalf" || what === "save") await session.advanceHalf();
      const other = await client.createSession({ preset: "seed", seed: 9 });
      const bytes = await other.save();
      const drawn = session.sampleOneStep({ count: COUNT, seed: 4 });
      // Requests are answered in the order in which they were sent.
      const change = {
        train: () => session.train(1),
        advanceHalf: () => session.advanceHalf(),
        save: () => session.save(),
        load: () => session.load(bytes),
      }[what];
      const [, state] = await Promise.all([change(), session.state()]);
      expect(state).toMatchObject({ step: what === "load" ? 0 : 3, inStep: false });
      const { step, samples } = await drawn;
      expect(step).toBe(2);
      expect(samples.length).toBe(COUNT * 784);
      expect(await areOfStep(2, 4, samples)).toBe(true);
    },
  );

  it("are of all classes in turn, however many there are", async () => {
    const { client } = await ready();
    const session = await client.createSession({
      ...{ preset: "pictures", sample_shape: [1, 16, 16], classes: 60 },
      examples: 60,
    });
    const { samples } = await session.sampleOneStep({ count: 70, seed: 4 });
    const second = await session.sample({
      ...{ count: 20, seed: 5 },
      labels: Uint8Array.from({ length: 20 }, (_, i) => (50 + i) % 60),
    });
    expect(samples.subarray(50 * 256)).toEqual(second);
  });

  it("are rejected with the session's own errors", async () => {
    const { session } = await trained();
    expect(await codeOfRejection(session.sampleOneStep({ count: 0, seed: 1 }))).toBe(
      "invalid_argument",
    );
    const drawn = session.sampleOneStep({ count: COUNT, seed: 1 });
    await session.dispose();
    expect(await codeOfRejection(drawn)).toBe("disposed");
    expect(await codeOfRejection(session.sampleOneStep({ count: 1, seed: 1 }))).toBe("disposed");
  });
});
