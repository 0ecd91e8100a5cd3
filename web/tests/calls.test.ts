// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Calls across a channel with small objects: method lookup, results that cannot be copied, progress
// and abort signals.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { remote, WorkerChannel } from "../calls/channel";
import { ROOT } from "../calls/messages";
import { CallServer } from "../calls/server";
import { GanvasError } from "../engine/errors";
import { ChannelWorker } from "./channel_worker";

class Counter {
  total = 0;

  add(more: number): number {
    this.total += more;
    return this.total;
  }

  views(): [Float32Array, Float32Array] {
    const both = new Float32Array([1, 2]);
    return [both.subarray(0, 1), both.subarray(1)];
  }

  functions(): object {
    return { call: () => {} };
  }

  async count(
    to: number,
    { onProgress, signal }: { onProgress?: (at: number) => void; signal?: AbortSignal } = {},
  ): Promise<string> {
    for (let at = 1; at <= to; at += 1) {
      onProgress?.(at);
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) throw new GanvasError("aborted", `At ${at}.`);
    }
    return "done";
  }
}

afterEach(() => ChannelWorker.endAll());

function connect(...objects: object[]) {
  const createWorker = () =>
    new ChannelWorker((port) => {
      new CallServer(port).expose(...objects);
    });
  const channel = new WorkerChannel("test's", createWorker, () => {});
  return remote<Counter, { name: string }>(channel, ROOT, { name: "counter" });
}

describe("a remote object", () => {
  it("calls the first object that has the method, and keeps its own properties", async () => {
    const counter = connect({ add: (more: number) => -more }, new Counter());
    expect(await counter.add(3)).toBe(-3);
    expect(await counter.count(1)).toBe("done");
    expect(counter.name).toBe("counter");
    expect(await counter).toBe(counter);
  });

  it("fails with an explanation for an unknown method", async () => {
    const wrong = connect(new Counter()) as unknown as { subtract(): Promise<void> };
    await expect(wrong.subtract()).rejects.toMatchObject({ code: "internal", message: /subtract/ });
  });

  it("gives two views of one buffer, and fails for a result that cannot be copied", async () => {
    const counter = connect(new Counter());
    expect(await counter.views()).toEqual([new Float32Array([1]), new Float32Array([2])]);
    await expect(counter.functions()).rejects.toBeInstanceOf(GanvasError);
    expect(await counter.add(1)).toBe(1);
  });

  it("reports progress in order before the result, and stops on abort", async () => {
    const counter = connect(new Counter());
    const seen: number[] = [];
    expect(await counter.count(3, { onProgress: (at) => seen.push(at) })).toBe("done");
    expect(seen).toEqual([1, 2, 3]);
    const aborter = new AbortController();
    const options = { signal: aborter.signal, onProgress: () => aborter.abort() };
    await expect(counter.count(1e6, options)).rejects.toMatchObject({ code: "aborted" });
    await expect(counter.count(1, options)).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("a worker that is gone without an error", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Answers what `when` lets through. */
  function connectTo(worker: { answers: boolean }) {
    const lost: GanvasError[] = [];
    const createWorker = () =>
      new ChannelWorker((port) => {
        new CallServer({
          postMessage: (...message) => {
            if (worker.answers) port.postMessage(...message);
          },
          addEventListener: (type, listener) =>
            port.addEventListener(type, (event) => {
              if (worker.answers) listener(event);
            }),
        }).expose(new Counter(), {
          forever: async ({ onProgress }: { onProgress?: (at: number) => void } = {}) => {
            onProgress?.(1);
            await new Promise(() => {});
          },
          whole: () => {
            worker.answers = false;
          },
        });
      });
    const channel = new WorkerChannel("test's", createWorker, (error) => lost.push(error));
    const calls = remote<
      Counter & {
        forever(watch?: { onProgress?: (at: number) => void }): Promise<void>;
        whole(): void;
      }
    >(channel, ROOT, {});
    return { calls, lost };
  }

  /** So many seconds, each with turns of the event loop for a ping and its pong. */
  async function wait(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      vi.advanceTimersByTime(1000);
      for (let turn = 0; turn < 8; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it("is lost once it has not answered for half a minute", async () => {
    const worker = { answers: true };
    const { calls, lost } = connectTo(worker);
    await calls.add(1);
    const playing = calls.forever({ onProgress: () => {} });
    const outcome = expect(playing).rejects.toMatchObject({
      code: "worker_lost",
      message: "The test's worker no longer answers.",
    });
    await wait(40);
    expect(lost).toEqual([]);
    worker.answers = false;
    await wait(29);
    expect(lost).toEqual([]);
    await wait(3);
    expect(lost).toHaveLength(1);
    await outcome;
    await expect(calls.add(1)).rejects.toMatchObject({ code: "worker_lost" });
  });

  it("is lost also if it never takes a call", async () => {
    const worker = { answers: true };
    const { calls, lost } = connectTo(worker);
    await calls.add(1);
    worker.answers = false;
    const outcome = expect(calls.add(1)).rejects.toMatchObject({ code: "worker_lost" });
    await wait(32);
    expect(lost).toHaveLength(1);
    await outcome;
  });

  it("has longer on a device where it has been silent before, and any time for one computation", async () => {
    const worker = { answers: true };
    const { calls, lost } = connectTo(worker);
    await calls.add(1);
    void calls.forever({ onProgress: () => {} }).catch(() => {});
    await wait(1);
    worker.answers = false;
    await wait(4);
    worker.answers = true;
    await wait(2);
    worker.answers = false;
    await wait(75);
    expect(lost).toEqual([]);
    worker.answers = true;
    await wait(1);
    void calls.whole().catch(() => {});
    await wait(2000);
    expect(lost).toEqual([]);
  });
});
