// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The client against the real server and core over a MessageChannel: calls, progress, errors, and
// lost workers.

import { afterEach, describe, expect, it } from "vitest";
import type { ServerPort } from "../calls/server";
import { connectGanvas, type PlayProgress } from "../client/training_client";
import type { GanvasError } from "../engine/errors";
import type { InversionState } from "../engine/exploration";
import { loadMnist } from "../engine/mnist";
import type { LoadProgress } from "../engine/types";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { codeOfRejection } from "./error_codes";
import { MODULES_URL, mnistFiles } from "./real_assets";
import { OPTIONS, ready } from "./real_client";

afterEach(() => ChannelWorker.endAll());

describe("the client", () => {
  it("is refused by a worker of another release", async () => {
    const outdated = (port: ServerPort): void =>
      serveTraining({
        ...port,
        addEventListener: (type, listener) =>
          port.addEventListener(type, (event) => {
            const [options] = event.data.type === "call" ? event.data.args : [];
            Object.assign(options as object, { release: "0ld" });
            listener(event);
          }),
      });
    const createWorker = () => new ChannelWorker(outdated);
    await expect(connectGanvas({ ...OPTIONS, createWorker })).rejects.toMatchObject({
      code: "build_mismatch",
      message: expect.stringContaining("The page's code is of build 0ld"),
    });
  });

  it("loads the core and reports progress", async () => {
    const seen: LoadProgress[] = [];
    const client = await connectGanvas({ ...OPTIONS, onProgress: (step) => seen.push(step) });
    expect(client.info).toMatchObject({ tier: "simd", threads: 1 });
    expect(seen.at(-1)?.total).toBeGreaterThan(10_000);
    expect(seen.at(-1)?.loaded).toBe(seen.at(-1)?.total);
  });

  it("trains exactly as a session in this thread does, on digits that it streamed itself", async () => {
    const { client, session, examples } = await ready();
    const progress: number[] = [];
    const digits = await client.loadMnist({
      ...mnistFiles(examples),
      onProgress: (at) => progress.push(at.examples),
    });
    expect(digits.examples).toBe(examples);
    expect(digits.preview.length).toBe(64 * 784);
    expect(progress.at(-1)).toBe(examples);
    await session.useDataSet(digits);
    const streamed = await session.train(20);

    const given = await client.createSession({ preset: "seed", seed: 3, examples });
    const { images, labels } = await loadMnist(mnistFiles(examples));
    await given.setData(images, labels);
    expect(Buffer.compare(images.subarray(0, 64 * 784), digits.preview)).toBe(0);
    expect((await given.train(20)).history).toEqual(streamed.history);
    expect(streamed.step).toBe(20);
  });

  it("inspects, advances by halves and adjusts as a session in this thread does", async () => {
    const { session } = await ready();
    const { images, labels } = await loadMnist(mnistFiles(500));
    await session.setData(images, labels);
    expect(await session.advanceHalf()).toMatchObject({ half: "discriminator", lossG: null });
    const { flow, state, discriminator } = await session.inspect({ samples: 4 });
    expect(state).toMatchObject({ nextHalf: "generator", inStep: true });
    expect(flow).toMatchObject({ samples: 4, dFakeOfG: null });
    const [first] = discriminator;
    const weight = await session.tensor("discriminator.0.weight");
    expect(weight.length).toBe(128 * 784);
    expect(first?.tensors[0]?.norm).toBeCloseTo(Math.hypot(...weight), 4);
    expect((await session.activations({ layer: "generator.0", samples: 4 })).length).toBe(4 * 256);
    await session.adjust({ label_smoothing: 0.1 });
    expect((await session.config()).label_smoothing).toBe(0.1);
    expect(await codeOfRejection(session.adjust({ label_smoothing: 2 }))).toBe("invalid_config");
    expect(await codeOfRejection(session.tensor("no.such"))).toBe("not_found");
  });

  it("plays at a limited speed, which can change during playback", async () => {
    const { session } = await ready();
    const { images, labels } = await loadMnist(mnistFiles(500));
    await session.setData(images, labels);
    const played = session.play({ steps: 40, stepsPerSecond: 0.5 });
    expect(await codeOfRejection(session.pace(-1))).toBe("invalid_argument");
    await session.pace(null);
    expect((await played).step).toBe(40);
    expect(await codeOfRejection(session.play({ stepsPerSecond: 0 }))).toBe("invalid_argument");
  });

  it("restores a diverged run to its last good state", async () => {
    const { client } = await ready();
    const layers = [{ type: "linear", out_features: 1 }] as const;
    const optimizer = { type: "sgd", lr: 100 } as const;
    const session = await client.createSession({
      preset: "seed",
      examples: 500,
      objective: "lsgan",
      discriminator: { layers, optimizer },
    });
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    const before = await session.sample({ count: 3, seed: 5 });
    expect(await codeOfRejection(session.play({}))).toBe("non_finite");
    expect((await session.state()).step).toBe(0);
    expect(await session.sample({ count: 3, seed: 5 })).toEqual(before);
  });

  it("plays until paused, and answers other calls in between", async () => {
    const { client, session } = await ready();
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    const reports: PlayProgress[] = [];
    const played = session.play({
      samples: { count: 2, seed: 1, everyMs: 1 },
      onProgress: (report) => reports.push(report),
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await session.sample({ count: 3, seed: 5 })).length).toBe(3 * 784);
    const paused = await session.pause();
    expect(paused.step).toBeGreaterThan(0);
    expect(await played).toEqual(paused);
    expect(reports.at(-1)?.metrics.step).toBe(paused.step);
    const steps = reports.reduce((sum, { metrics }) => sum + metrics.history.length / 4, 0);
    expect(steps).toBe(paused.step);
    expect((await session.state()).step).toBe(paused.step);
  });

  it("plays a given number of steps and stops", async () => {
    const { client, session } = await ready();
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    expect((await session.play({ steps: 7 })).step).toBe(7);
    expect(await codeOfRejection(Promise.all([session.play(), session.play()]))).toBe(
      "invalid_argument",
    );
    await session.pause();
  });

  it("saves and loads", async () => {
    const { client, session } = await ready();
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    await session.train(5);
    const bytes = await session.save();
    const other = await client.createSession({ preset: "seed" });
    await other.load(bytes);
    expect((await other.state()).step).toBe(5);
    expect((await other.config()).seed).toBe(3);
    expect(await other.sample({ count: 1, seed: 1 })).toEqual(
      await session.sample({ count: 1, seed: 1 }),
    );
  });

  it("inverts a digit during training, with progress, until another inversion begins", async () => {
    const { client, session } = await ready();
    const digits = await client.loadMnist(mnistFiles(500));
    await session.useDataSet(digits);
    const target = Float32Array.from(digits.preview.subarray(0, 784), (pixel) => pixel / 127.5 - 1);
    const seen: InversionState[] = [];
    const played = session.play();
    const found = await session.invert({
      target,
      steps: 40,
      onProgress: (state) => seen.push(state),
    });
    await session.pause();
    expect((await played).step).toBeGreaterThan(0);
    expect(found).toMatchObject({ steps: 40, done: true });
    expect(found.error).toBeLessThan(seen[0]?.error ?? 0);
    const counts = seen.map(({ steps }) => steps);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));

    const replaced = session.invert({ target, steps: 100_000 });
    const [code, next] = await Promise.all([
      codeOfRejection(replaced),
      session.invert({ target, steps: 2, from: found.latent }),
    ]);
    expect(code).toBe("aborted");
    expect(next.error).toBeLessThan(seen[0]?.error ?? 0);

    const aborter = new AbortController();
    const given = session.invert({
      target,
      steps: 100_000,
      signal: aborter.signal,
      onProgress: () => aborter.abort(),
    });
    expect(await codeOfRejection(given)).toBe("aborted");
  });

  it("answers like a session in this thread", async () => {
    const { session } = await ready();
    const latents = await session.drawLatents({ count: 2, seed: 3 });
    const samples = await session.generate({ latents });
    expect(samples).toEqual(await session.sample({ count: 2, seed: 3 }));
    const [from, to] = [latents.slice(0, 64), latents.slice(64)];
    expect((await session.latentPath({ from, to, points: 3 })).length).toBe(3 * 64);
    const plane = { origin: from, right: to, below: to, rows: 2, columns: 2 };
    expect((await session.latentPlane(plane)).length).toBe(4 * 64);
    expect((await session.score({ samples })).length).toBe(2);
    expect((await session.saliency({ samples })).length).toBe(2 * 784);
    const layers = await session.layerOutputs({ network: "generator", input: from });
    expect(layers.map(({ type }) => type)).toEqual(["linear", "leaky_relu", "linear", "tanh"]);
    expect(await codeOfRejection(session.score({ samples: from }))).toBe("shape_mismatch");
  });

  it("keeps the code of errors", async () => {
    const { client, session } = await ready();
    expect(await codeOfRejection(session.train(1))).toBe("no_data");
    expect(await codeOfRejection(session.play())).toBe("no_data");
    expect(await codeOfRejection(session.load(new Uint8Array(5)))).toBe("bad_magic");
    expect(await codeOfRejection(client.loadMnist(mnistFiles(60_001)))).toBe("invalid_argument");
    const digits = await client.loadMnist(mnistFiles(10));
    expect(await codeOfRejection(session.useDataSet(digits, 11))).toBe("invalid_argument");
    await digits.dispose();
    expect(await codeOfRejection(session.useDataSet(digits))).toBe("disposed");
    await session.dispose();
    expect(await codeOfRejection(session.state())).toBe("disposed");
  });

  it("rejects numbers of examples and steps that are none", async () => {
    const { client, session } = await ready(10);
    const digits = await client.loadMnist(mnistFiles(10));
    for (const examples of [-5, 0, 1.5, Number.NaN]) {
      expect(await codeOfRejection(session.useDataSet(digits, examples))).toBe("invalid_argument");
    }
    await session.useDataSet(digits);
    for (const steps of [Number.NaN, -1, 0, 2.5]) {
      expect(await codeOfRejection(session.play({ steps }))).toBe("invalid_argument");
    }
  });

  it("says of a disposed session that its pace cannot change", async () => {
    const { session } = await ready();
    await session.pace(5);
    await session.dispose();
    expect(await codeOfRejection(session.pace(5))).toBe("disposed");
  });

  it("disposes of a session that is playing", async () => {
    const { client, session } = await ready();
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    const played = session.play();
    await session.dispose();
    expect(["none", "disposed"]).toContain(await codeOfRejection(played));
  });

  it("aborts a download on request", async () => {
    const { client } = await ready();
    const aborter = new AbortController();
    const pending = client.loadMnist({
      ...mnistFiles(60_000),
      signal: aborter.signal,
      onProgress: () => aborter.abort(),
    });
    expect(await codeOfRejection(pending)).toBe("aborted");
  });

  it("fails as loadGanvas does when the core cannot be loaded, and terminates the worker", async () => {
    const nowhere = connectGanvas({ ...OPTIONS, baseUrl: `${MODULES_URL}nowhere/` });
    expect(await codeOfRejection(nowhere)).toBe("fetch_failed");
    expect(ChannelWorker.all.at(-1)?.terminated).toBe(true);
  });
});

describe("values that cannot be sent to a worker", () => {
  it("are rejected with a GanvasError, and leave nothing pending", async () => {
    const { client, session } = await ready();
    const { signal } = new AbortController();
    let listeners = 0;
    signal.addEventListener = () => {
      listeners += 1;
    };
    signal.removeEventListener = () => {
      listeners -= 1;
    };
    const target = (() => {}) as unknown as Float32Array<ArrayBuffer>;
    expect(await codeOfRejection(session.invert({ target, signal }))).toBe("invalid_argument");
    expect(listeners).toBe(0);
    const config = { preset: "seed", seed: Symbol("7") as unknown as number } as const;
    expect(await codeOfRejection(client.createSession(config))).toBe("invalid_argument");
    expect((await session.state()).step).toBe(0);
  });

  it("reports a worker that cannot be created", async () => {
    const createWorker = () => {
      throw new DOMException("Refused by the policy.", "SecurityError");
    };
    expect(await codeOfRejection(connectGanvas({ ...OPTIONS, createWorker }))).toBe("worker_lost");
  });
});

describe("a lost worker", () => {
  it("rejects all pending calls once, with the reason", async () => {
    const lost: GanvasError[] = [];
    const client = await connectGanvas({ ...OPTIONS, onLost: (error) => lost.push(error) });
    const session = await client.createSession({ preset: "seed", examples: 500 });
    await session.useDataSet(await client.loadMnist(mnistFiles(500)));
    const waiting = [session.play(), session.sample({ count: 1, seed: 1 }), session.save()];
    ChannelWorker.all.at(-1)?.die("out of memory");
    ChannelWorker.all.at(-1)?.die("and again");
    expect(await Promise.all(waiting.map(codeOfRejection))).toEqual(Array(3).fill("worker_lost"));
    expect(lost.length).toBe(1);
    expect(lost[0]?.message).toContain("out of memory");
    expect(await codeOfRejection(session.state())).toBe("worker_lost");
  });

  it("can be replaced", async () => {
    const client = await connectGanvas(OPTIONS);
    ChannelWorker.all.at(-1)?.die("gone");
    expect(() => client.info).toThrow(/not loaded/);
    await client.restart();
    expect(client.info.tier).toBe("simd");
    const session = await client.createSession({ preset: "seed" });
    expect((await session.state()).step).toBe(0);
    expect(ChannelWorker.all.length).toBe(2);
    expect(ChannelWorker.all[0]?.terminated).toBe(true);
    await client.restart();
    expect(ChannelWorker.all.map(({ terminated }) => terminated)).toEqual([true, true, false]);
  });

  it("also rejects when terminated by the client, without reporting a loss", async () => {
    const lost: GanvasError[] = [];
    const client = await connectGanvas({ ...OPTIONS, onLost: (error) => lost.push(error) });
    const session = await client.createSession({ preset: "seed" });
    const pending = session.sample({ count: 1, seed: 1 });
    client.terminate();
    expect(await codeOfRejection(pending)).toBe("worker_lost");
    expect(await codeOfRejection(client.createSession({ preset: "seed" }))).toBe("worker_lost");
    expect(lost).toEqual([]);
  });
});
