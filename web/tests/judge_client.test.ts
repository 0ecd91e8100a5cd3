// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge's client against its real server and module over a channel, and the monitoring of a
// session's quality: what is measured, and at what cost.

import { afterEach, describe, expect, it, vi } from "vitest";
import type { FromWorker } from "../calls/messages";
import { connectJudge, connectPictureJudge, type JudgeClientOptions } from "../client/judge_client";
import { type QualityReport, watchQuality } from "../client/quality_watch";
import { connectGanvas } from "../client/training_client";
import { GanvasError } from "../engine/errors";
import { loadJudge, type Quality } from "../engine/judge";
import { loadMnist } from "../engine/mnist";
import type { Config, SessionState } from "../engine/types";
import { serveJudge } from "../worker/judge_server";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { codeOfRejection } from "./error_codes";
import { ASSETS_URL, MODULES_URL, mnistFiles, unseenFiles } from "./real_assets";

const MODEL = `${ASSETS_URL}models/judge.safetensors`;
const OPTIONS: JudgeClientOptions = {
  tier: "simd",
  baseUrl: MODULES_URL,
  model: MODEL,
  createWorker: () => new ChannelWorker(serveJudge),
};

afterEach(() => {
  vi.useRealTimers();
  ChannelWorker.endAll();
});

function normalised(digits: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(digits, (pixel) => (pixel / 255 - 0.5) / 0.5);
}

describe("the judge's client", () => {
  it("measures as a judge in this thread does, with digits that it streamed itself", async () => {
    const client = await connectJudge(OPTIONS);
    expect(client.tier).toBe("simd");
    const seen: number[] = [];
    const onProgress = ({ examples }: { examples: number }) => seen.push(examples);
    expect(await client.loadReal({ ...unseenFiles(200), onProgress })).toBe(200);
    expect(seen.at(-1)).toBe(200);
    expect(await client.loadTraining(mnistFiles(100))).toBe(100);
    const { images } = await loadMnist(mnistFiles(200));
    const samples = normalised(images);
    expect(await client.add(samples)).toBe(200);
    const quality = await client.quality();

    const here = await loadJudge({ tier: "simd", model: MODEL });
    here.setReal((await loadMnist(unseenFiles(200))).images);
    here.add(samples);
    expect(quality).toEqual(here.quality());
    expect(await client.opinions(samples)).toEqual(here.opinions(samples));
    const nearest = await client.nearest(samples.slice(0, 784 * 2));
    expect([...nearest.indices]).toEqual([0, 1]);
    await client.reset();
    expect(await codeOfRejection(client.quality())).toBe("no_data");
  });

  it("keeps error codes, and terminates the worker when the judge cannot be loaded", async () => {
    const client = await connectJudge(OPTIONS);
    expect(await codeOfRejection(client.add(new Float32Array(5)))).toBe("shape_mismatch");
    const bad = connectJudge({ ...OPTIONS, model: `${ASSETS_URL}models/seed.safetensors` });
    expect(await codeOfRejection(bad)).toBe("bad_magic");
    expect(ChannelWorker.all.at(-1)?.terminated).toBe(true);
    const aborter = new AbortController();
    aborter.abort();
    const pending = client.loadReal({ ...unseenFiles(100), signal: aborter.signal });
    expect(await codeOfRejection(pending)).toBe("aborted");
  });

  it("ends its worker when it is given up while it loads", async () => {
    const aborter = new AbortController();
    const onProgress = () => aborter.abort();
    const options = { ...OPTIONS, signal: aborter.signal, onProgress };
    expect(await codeOfRejection(connectJudge(options))).toBe("aborted");
    expect(ChannelWorker.all.at(-1)?.terminated).toBe(true);
  });

  it("rejects all pending calls once when its worker is lost, with the reason", async () => {
    const lost: GanvasError[] = [];
    const client = await connectJudge({ ...OPTIONS, onLost: (error) => lost.push(error) });
    const waiting = [client.quality(), client.opinions(new Float32Array(784))];
    ChannelWorker.all.at(-1)?.die("out of memory");
    ChannelWorker.all.at(-1)?.die("and again");
    expect(await Promise.all(waiting.map(codeOfRejection))).toEqual(["worker_lost", "worker_lost"]);
    expect(lost.map(({ message }) => message)).toEqual([
      "The judge's worker stopped: out of memory",
    ]);
    expect(await codeOfRejection(client.reset())).toBe("worker_lost");
  });
});

describe("the client of the judge of pictures", () => {
  const SET = 100;

  it("says when it is loaded, and its worker may be silent for as long as it compares", async () => {
    const { images } = await loadMnist(mnistFiles(SET));
    const told: string[] = [];
    let worker: ChannelWorker | undefined;
    const createWorker = () => {
      worker = new ChannelWorker(serveJudge);
      worker.addEventListener("message", (({ data: { type } }: MessageEvent<FromWorker>) => {
        if (type !== "progress" || told.at(-1) !== type) told.push(type);
      }) as never);
      return worker;
    };
    const { model: _, ...options } = { ...OPTIONS, createWorker };
    const judge = await connectPictureJudge(
      { channels: 1, side: 28, pixels: images },
      {
        ...options,
        onProgress: () => {},
        onComparing: () => told.push("comparing"),
      },
    );
    expect(judge.tier).toBe("simd");
    // A computation without "sliced" or "progress" is whole, and no silence ends its worker.
    expect(told).toEqual(["begun", "progress", "result", "comparing", "begun", "result"]);
    const fourth = images.slice(3 * 784, 4 * 784);
    const { values, distance } = await judge.nearestPicture(normalised(fourth));
    expect([...values]).toEqual([...fourth]);
    expect(distance).toBeLessThan(1e-6);
    const two = normalised(images.slice(0, 2 * 784));
    expect(await codeOfRejection(judge.nearestPicture(two))).toBe("invalid_argument");
    const noise = Float32Array.from({ length: 10 * 784 }, (_, i) => Math.sin(i * i));
    expect((await judge.quality(noise)).pictures).toBe(SET);
  });

  it("refuses pictures that it cannot judge, and ends its worker", async () => {
    const { model: _, ...options } = OPTIONS;
    const few = { channels: 1, side: 28, pixels: new Uint8Array(11 * 784) } as const;
    expect(await codeOfRejection(connectPictureJudge(few, options))).toBe("no_data");
    expect(ChannelWorker.all.at(-1)?.terminated).toBe(true);
  });
});

describe("monitoring a session", () => {
  it("measures samples of one step during playback, without changing the training", async () => {
    const client = await connectGanvas({
      tier: "simd",
      threads: 1,
      baseUrl: MODULES_URL,
      createWorker: () => new ChannelWorker(serveTraining),
    });
    const judge = await connectJudge(OPTIONS);
    await judge.loadReal(unseenFiles(100));
    const config = { preset: "quick", examples: 500, seed: 2 } as const;
    const session = await client.createSession(config);
    const digits = await client.loadMnist(mnistFiles(500));
    await session.useDataSet(digits);
    const reports: QualityReport[] = [];
    const playing = session.play({ steps: 20 });
    const watch = watchQuality(session, judge, {
      samples: 60,
      threads: 1,
      processors: 8,
      onQuality: (report) => reports.push(report),
    });
    await playing;
    await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0), { timeout: 20_000 });
    watch.stop();
    await watch.ended;
    expect(reports[0]).toMatchObject({ count: 60 });
    expect(reports[0]?.step).toBeLessThanOrEqual(20);
    // A conditional generator gets all ten digits.
    expect(reports[0]?.classAccuracy).not.toBeNull();

    const alone = await client.createSession(config);
    await alone.useDataSet(digits);
    await alone.train(20);
    expect(Buffer.compare(await alone.save(), await session.save())).toBe(0);
  });

  it("draws all samples of a measurement from one step, and answers calls in between", async () => {
    const client = await connectGanvas({
      tier: "simd",
      threads: 1,
      baseUrl: MODULES_URL,
      createWorker: () => new ChannelWorker(serveTraining),
    });
    const session = await client.createSession({ preset: "seed", examples: 500 });
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    const playing = session.play();
    const drawn = session.sampleOneStep({ count: 130, seed: 4 });
    const { step: between } = await session.state();
    const { step, samples, ms } = await drawn;
    expect(between).toBe(step);
    expect(samples.length).toBe(130 * 784);
    expect(ms).toBeGreaterThan(0);
    await session.pause();
    await playing;

    // The same step again, without monitoring.
    const again = await client.createSession({ preset: "seed", examples: 500 });
    await again.useDataSet(await client.loadMnist(mnistFiles(500)));
    if (step > 0) await again.train(step);
    const slices = await Promise.all([
      again.sample({ count: 50, seed: 4 }),
      again.sample({ count: 50, seed: 5 }),
      again.sample({ count: 30, seed: 6 }),
    ]);
    expect([...samples]).toEqual(slices.flatMap((slice) => [...slice]));
  });
});

/** A session and a judge whose calls take fixed times on a simulated clock. */
function slowPair({ drawMs = 0, judgeMs = 0, stepsPerMs = 1 }) {
  vi.useFakeTimers();
  const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const draws: number[] = [];
  const stepNow = () => Math.floor(performance.now() * stepsPerMs);
  const session = {
    config: async () => ({ classes: 0 }) as Config,
    state: async () => ({ step: stepNow() }) as SessionState,
    sampleOneStep: async ({ count }: { count: number }) => {
      draws.push(performance.now());
      const step = stepNow();
      await pass(drawMs);
      return { step, samples: new Float32Array(count), ms: drawMs };
    },
  };
  const judge = {
    reset: async () => {},
    add: async () => 1,
    quality: async () => {
      await pass(judgeMs);
      return { digitFid: 5 } as Quality;
    },
  };
  return { session, judge, draws };
}

describe("the cost of monitoring", () => {
  const watched = async (
    times: { drawMs: number; judgeMs: number; stepsPerMs?: number },
    processors: number,
  ) => {
    const { session, judge, draws } = slowPair(times);
    const reports: QualityReport[] = [];
    const onQuality = (report: QualityReport) => reports.push(report);
    const watch = watchQuality(session, judge, { threads: 1, processors, samples: 10, onQuality });
    await vi.advanceTimersByTimeAsync(60_000);
    watch.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await watch.ended;
    const apart = draws.slice(1).map((at, i) => at - (draws[i] ?? 0));
    return { apart, reports };
  };

  it("is 3 % of training's time, however long sampling takes", async () => {
    for (const drawMs of [60, 150, 600]) {
      const { apart } = await watched({ drawMs, judgeMs: 300 }, 8);
      expect(apart.length).toBeGreaterThan(1);
      expect(drawMs / Math.min(...apart)).toBeCloseTo(0.03, 3);
      vi.useRealTimers();
    }
  });

  it("includes the judge's time where it has no core of its own", async () => {
    const { apart } = await watched({ drawMs: 60, judgeMs: 300 }, 2);
    expect(360 / Math.min(...apart)).toBeCloseTo(0.03, 3);
  });

  it("is at most one measurement per second, and none for a paused session", async () => {
    const quick = await watched({ drawMs: 1, judgeMs: 1 }, 8);
    expect(quick.apart.length).toBeGreaterThan(10);
    expect(Math.min(...quick.apart)).toBeGreaterThanOrEqual(1000);
    vi.useRealTimers();
    const resting = await watched({ drawMs: 1, judgeMs: 1, stepsPerMs: 0 }, 8);
    expect(resting.reports.length).toBe(1);
  });

  it("is counted with the machine's processors where none are named, in Node too", async () => {
    const { session, judge } = slowPair({ drawMs: 1, judgeMs: 1 });
    const onQuality = vi.fn();
    const watch = watchQuality(session, judge, { threads: 1, onQuality });
    await vi.advanceTimersByTimeAsync(50);
    watch.stop();
    await watch.ended;
    expect(onQuality).toHaveBeenCalledTimes(1);
  });

  it("reports nothing after its end", async () => {
    const { session, judge, draws } = slowPair({ drawMs: 100, judgeMs: 100 });
    const onQuality = vi.fn();
    const watch = watchQuality(session, judge, { threads: 1, processors: 8, onQuality });
    await vi.advanceTimersByTimeAsync(150);
    watch.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await watch.ended;
    expect(draws).toHaveLength(1);
    expect(onQuality).not.toHaveBeenCalled();
  });

  it("ends without an error when the session goes after its end", async () => {
    const { session, judge } = slowPair({ drawMs: 100, judgeMs: 1 });
    const gone = {
      ...session,
      sampleOneStep: async (options: { count: number }) => {
        await session.sampleOneStep(options);
        throw new GanvasError("disposed", "This session was disposed of.");
      },
    };
    const watch = watchQuality(gone, judge, { threads: 1, processors: 8, onQuality: () => {} });
    await vi.advanceTimersByTimeAsync(50);
    watch.stop();
    const code = codeOfRejection(watch.ended);
    await vi.advanceTimersByTimeAsync(100);
    expect(await code).toBe("none");
  });

  it("ends with the judge's error", async () => {
    const { session, judge } = slowPair({ drawMs: 1, judgeMs: 1 });
    const failing = {
      ...judge,
      quality: () => Promise.reject(new GanvasError("worker_lost", "It stopped.")),
    };
    const watch = watchQuality(session, failing, {
      threads: 1,
      processors: 2,
      onQuality: () => {},
    });
    const code = codeOfRejection(watch.ended);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await code).toBe("worker_lost");
  });
});
