// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Workers that load nothing: every client tries another one, once.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerPort } from "../calls/server";
import { connectJudge, connectPictureJudge } from "../client/judge_client";
import { readPictures } from "../client/pictures_client";
import { connectGanvas } from "../client/training_client";
import { serveJudge } from "../worker/judge_server";
import { servePictures } from "../worker/pictures_server";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { ASSETS_URL, MODULES_URL } from "./real_assets";

type Serve = (port: ServerPort) => void;

interface Options {
  readonly baseUrl: string;
  readonly createWorker: () => ChannelWorker;
}

const CLIENTS: readonly {
  readonly name: string;
  readonly serve: Serve;
  readonly connect: (options: Options, signal?: AbortSignal) => Promise<unknown>;
}[] = [
  {
    name: "the core",
    serve: serveTraining,
    connect: async (options) =>
      (await connectGanvas({ ...options, tier: "simd", threads: 1 })).info.tier,
  },
  {
    name: "the judge of digits",
    serve: serveJudge,
    connect: async (options, signal) => {
      const model = `${ASSETS_URL}models/judge.safetensors`;
      const judge = await connectJudge({
        ...options,
        ...(signal && { signal }),
        tier: "simd",
        model,
      });
      return judge.tier;
    },
  },
  {
    name: "the judge of pictures",
    serve: serveJudge,
    connect: async (options, signal) => {
      const pictures = { channels: 1 as const, side: 16, pixels: noise(200 * 256) };
      const wanted = { ...options, ...(signal && { signal }), tier: "simd" } as const;
      return (await connectPictureJudge(pictures, wanted)).tier;
    },
  },
  {
    name: "the reader of pictures",
    serve: servePictures,
    connect: async (options, signal) => {
      const rgba = new Uint8ClampedArray(noise(64 * 4));
      const files = ["1.png", "2.png"].map((path) => ({ path, width: 8, height: 8, rgba }));
      const reading = await readPictures(files, { ...options, ...(signal && { signal }) });
      return reading.set.pixels.length;
    },
  },
];

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

afterEach(() => {
  vi.useRealTimers();
  ChannelWorker.endAll();
});

function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 37 + (at >> 3) * 101) % 256);
}

/** Answers every call with progress, and with nothing else. */
function reportEvery(ms: number): Serve {
  return (port) =>
    port.addEventListener("message", ({ data }) => {
      if (data.type !== "call") return;
      const report = (): void => {
        const value = { file: "", loaded: 1, total: 2 };
        port.postMessage({ type: "progress", id: data.id, value }, { transfer: [] });
        setTimeout(report, ms);
      };
      report();
    });
}

describe.each(CLIENTS)("a worker in which $name does not load", ({ serve, connect }) => {
  const workersOf = (...serves: Serve[]) => ({
    serves,
    baseUrl: MODULES_URL,
    createWorker: () => new ChannelWorker(serves.shift() ?? expect.unreachable()),
  });

  it("is replaced when it is not heard for long, and the other one loads", async () => {
    const { serves, ...options } = workersOf(() => {}, serve);
    const connecting = connect(options);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(serves).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2000);
    vi.useRealTimers();
    expect(await connecting).toBeTruthy();
    expect(serves).toHaveLength(0);
    expect(ChannelWorker.all.map(({ terminated }) => terminated)[0]).toBe(true);
  });

  it("is not replaced while it is heard", async () => {
    const { serves, ...options } = workersOf(
      reportEvery(10_000),
      () => {},
      () => {},
    );
    connect(options).catch(() => {});
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(serves).toHaveLength(2);
  });

  it("is not replaced when loading fails, and ends", async () => {
    const { serves, ...options } = workersOf(serve, serve);
    const failing = connect({ ...options, baseUrl: `${MODULES_URL}missing/` });
    await expect(failing).rejects.toMatchObject({ code: "fetch_failed" });
    expect(serves).toHaveLength(1);
    expect(ChannelWorker.all.map(({ terminated }) => terminated)).toEqual([true]);
  });

  it("is replaced once", async () => {
    const { serves, ...options } = workersOf(
      () => {},
      () => {},
      serve,
    );
    let settled = false;
    connect(options).finally(() => {
      settled = true;
    });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(serves).toHaveLength(1);
    expect(settled).toBe(false);
  });
});

describe.each(CLIENTS.slice(1))("loading $name", ({ connect }) => {
  it("can be ended while the first worker loads, or the second", async () => {
    for (const workers of [1, 2]) {
      const serves = Array.from({ length: workers }, () => () => {});
      const createWorker = () => new ChannelWorker(serves.shift() ?? expect.unreachable());
      const work = new AbortController();
      const connecting = connect({ baseUrl: MODULES_URL, createWorker }, work.signal);
      const ended = expect(connecting).rejects.toMatchObject({ code: "aborted" });
      await vi.advanceTimersByTimeAsync(20_000 * (workers - 1));
      work.abort();
      await ended;
    }
    expect(ChannelWorker.all.every(({ terminated }) => terminated)).toBe(true);
  });
});
