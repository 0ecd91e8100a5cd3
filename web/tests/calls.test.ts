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
    expect(JSON.stringify(counter)).toBe('{"name":"counter"}');
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
    const { signal } = aborter;
    await expect(counter.count(1, { signal })).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("progress", () => {
  it("resolves in the worker once the page has taken it", async () => {
    const events: string[] = [];
    const calls = connect({
      tell: async ({ onProgress }: { onProgress: (at: string) => Promise<void> }) => {
        for (const at of ["first", "second"]) {
          await onProgress(at);
          events.push(`worker: ${at} was taken`);
        }
      },
    }) as unknown as {
      tell(watch: { onProgress: (at: string) => unknown }): Promise<void>;
    };
    await calls.tell({ onProgress: (at) => events.push(`page: ${at}`) });
    const both = ["first", "second"].flatMap((at) => [`page: ${at}`, `worker: ${at} was taken`]);
    expect(events).toEqual(both);
  });

  it("is taken in its order, where several are under way", async () => {
    const taken: number[] = [];
    const calls = connect({
      tell: async ({ onProgress }: { onProgress: (at: number) => Promise<void> }) => {
        await Promise.all([1, 2, 3].map((at) => onProgress(at).then(() => taken.push(at))));
      },
    }) as unknown as { tell(watch: { onProgress: () => void }): Promise<void> };
    await calls.tell({ onProgress: () => {} });
    expect(taken).toEqual([1, 2, 3]);
  });
});

describe("a worker whose script does not load", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Calls a worker of which the first does not start, and says how many were created. */
  async function callWhere(
    serviceWorker: object | undefined,
    meanwhile: (channel: WorkerChannel) => Promise<unknown> = async () => {},
  ) {
    vi.stubGlobal("navigator", { serviceWorker });
    const lost: GanvasError[] = [];
    let created = 0;
    const createWorker = () => {
      created += 1;
      const starts = created > 1;
      const worker = new ChannelWorker((port) => {
        if (starts) new CallServer(port).expose(new Counter());
      });
      if (!starts) setTimeout(() => worker.die("no script"));
      return worker;
    };
    const channel = new WorkerChannel("test's", createWorker, (error) => lost.push(error));
    const calls = remote<Counter>(channel, ROOT, {});
    const adding = Promise.allSettled([calls.add(3), calls.add(4)]);
    const [results] = await Promise.all([adding, meanwhile(channel)]);
    const said = results.map((result) =>
      result.status === "fulfilled" ? result.value : String((result.reason as GanvasError).code),
    );
    return { said, created, lost: lost.length };
  }

  const getRegistration = async () => ({});

  it("is created again, with its calls, once a service worker has been installed", async () => {
    const install = vi.fn();
    const ready = new Promise<void>((resolve) => setTimeout(resolve, 20)).then(install);
    const outcome = await callWhere({ controller: null, getRegistration, ready });
    expect(outcome).toEqual({ said: [3, 7], created: 2, lost: 0 });
    expect(install).toHaveBeenCalledOnce();
  });

  it("is lost if no service worker is being installed", async () => {
    const none = { said: ["worker_lost", "worker_lost"], created: 1, lost: 1 };
    const ready = Promise.resolve();
    expect(await callWhere(undefined)).toEqual(none);
    expect(await callWhere({ controller: {}, getRegistration, ready })).toEqual(none);
    const nothing = { controller: null, getRegistration: async () => undefined, ready };
    expect(await callWhere(nothing)).toEqual(none);
  });

  it("is not created again if it was ended meanwhile", async () => {
    const pass = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
    const outcome = await callWhere(
      { controller: null, getRegistration, ready: pass().then(pass) },
      async (channel) => {
        await pass();
        channel.end(new GanvasError("disposed", "It is not needed any more."));
        await pass().then(pass);
      },
    );
    expect(outcome).toEqual({ said: ["disposed", "disposed"], created: 1, lost: 0 });
  });
});

describe("a worker that is gone without an error", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
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
          silent: (_: { onProgress: () => void }) => new Promise<void>(() => {}),
          whole: () => {
            worker.answers = false;
          },
        });
      });
    const channel = new WorkerChannel("test's", createWorker, (error) => lost.push(error));
    const calls = remote<
      Counter & {
        forever(watch?: { onProgress?: (at: number) => void }): Promise<void>;
        silent(watch: { onProgress: () => void }): Promise<void>;
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

  it("has any time for the first slice of a call with progress", async () => {
    const worker = { answers: true };
    const { calls, lost } = connectTo(worker);
    await calls.add(1);
    void calls.silent({ onProgress: () => {} }).catch(() => {});
    await wait(1);
    worker.answers = false;
    await wait(100);
    expect(lost).toEqual([]);
  });

  it("may be silent while the page is hidden", async () => {
    const worker = { answers: true };
    const { calls, lost } = connectTo(worker);
    await calls.add(1);
    void calls.forever().catch(() => {});
    await wait(1);
    worker.answers = false;
    vi.stubGlobal("document", { visibilityState: "hidden" });
    await wait(100);
    expect(lost).toEqual([]);
    vi.stubGlobal("document", { visibilityState: "visible" });
    await wait(32);
    expect(lost).toHaveLength(1);
  });
});
