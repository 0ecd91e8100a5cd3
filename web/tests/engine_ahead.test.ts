// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A worker that loads its engine before the page asks for it, and models that are opened in one call.

import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type ClientOptions, connectGanvas } from "../client/training_client";
import type { LoadProgress } from "../engine/types";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { MODULES_URL } from "./real_assets";

const AHEAD: ClientOptions = {
  createWorker: () => new ChannelWorker((port) => serveTraining(port, { ahead: true })),
};
const LATER: ClientOptions = {
  tier: "simd",
  threads: 1,
  baseUrl: MODULES_URL,
  createWorker: () => new ChannelWorker(serveTraining),
};
const WEIGHTS = new Uint8Array(
  readFileSync(new URL("../../assets/models/conditional.safetensors", import.meta.url)),
);

afterEach(() => ChannelWorker.endAll());

describe("an engine that is loaded ahead", () => {
  it("draws the same as one that is loaded when it is asked for, and tells its progress", async () => {
    const progress: LoadProgress[] = [];
    const ahead = await connectGanvas({ ...AHEAD, onProgress: (each) => progress.push(each) });
    expect(progress.at(-1)?.loaded).toBeGreaterThan(50_000);
    const later = await connectGanvas({ ...LATER, tier: ahead.info.tier });
    const [first, second] = await Promise.all(
      [ahead, later].map(async (client) => {
        const session = await client.openModel(WEIGHTS);
        return session.sample({ count: 4, seed: 7 });
      }),
    );
    expect(first).toEqual(second);
  });
});

describe("a model that is opened", () => {
  it("is the one that was saved, with its step", async () => {
    const client = await connectGanvas(LATER);
    const session = await client.createSession({ preset: "toy2d", seed: 5 });
    await session.setPoints(await client.drawPoints("ring", { count: 256, seed: 1 }));
    await session.train(3);
    const opened = await client.openModel(await session.save());
    expect((await opened.state()).step).toBe(3);
    const wanted = { count: 8, seed: 2 };
    expect(await opened.sample(wanted)).toEqual(await session.sample(wanted));
  });

  it("is refused if its file is incomplete, and the next one opens", async () => {
    const client = await connectGanvas(LATER);
    const refused = client.openModel(WEIGHTS.slice(0, 200_000));
    await expect(refused).rejects.toMatchObject({ code: "truncated" });
    const opened = await client.openModel(WEIGHTS);
    expect(await opened.sample({ count: 1, seed: 1 })).toHaveLength(784);
  });
});
