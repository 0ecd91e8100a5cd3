// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page does ahead of Train: one download of the digits for whoever wants them, and a short
// run that nobody sees. The worker is a fake.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GanvasClient } from "../client/training_client";
import type { MnistOptions } from "../engine/mnist";
import { readAddress } from "../ui/state/address";
import { rehearse } from "../ui/state/rehearsal";
import { Store } from "../ui/state/store";
import { TrainingDigits } from "../ui/state/training_digits";

let reducedData = false;
let connection: object | undefined;

beforeEach(() => {
  reducedData = false;
  connection = undefined;
  vi.stubGlobal("matchMedia", () => ({ matches: reducedData }));
  vi.stubGlobal("navigator", {
    get connection() {
      return connection;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A worker whose downloads end when they are told to. */
function fakeWorker() {
  const downloads: { options: MnistOptions; arrive: () => void; fail: (thrown: Error) => void }[] =
    [];
  const session = {
    useDataSet: vi.fn(async () => {}),
    play: vi.fn(async (_options: { steps: number }) => {}),
    pause: vi.fn(async () => {}),
    dispose: vi.fn(async () => {}),
  };
  const client = {
    loadMnist: vi.fn(
      (options: MnistOptions) =>
        new Promise((resolve, reject) => {
          const { examples = 0 } = options;
          const arrive = (): void => resolve({ examples, dispose: vi.fn(async () => {}) });
          options.signal?.addEventListener("abort", () => reject(new Error("aborted")));
          downloads.push({ options, arrive, fail: reject });
        }),
    ),
    createSession: vi.fn(async () => session),
  };
  return { client: client as unknown as GanvasClient, downloads, session, calls: client };
}

const digitsOf = (): TrainingDigits => new TrainingDigits((path) => `https://page.test/${path}`);

describe("the digits in the worker", () => {
  it("are downloaded once ahead, for whoever then waits for them and hears of the progress", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const heard = vi.fn();
    const ahead = digits.provideAhead(client, 10_000);
    const waiting = digits.provide(client, 5000, heard);
    expect(downloads).toHaveLength(1);
    downloads[0]?.options.onProgress?.({ examples: 9 } as never);
    expect(heard).toHaveBeenCalledOnce();
    downloads[0]?.arrive();
    expect(await waiting).toBe(await ahead);
    expect(await digits.provide(client, 10_000)).toBe(await ahead);
    expect(downloads).toHaveLength(1);
  });

  it("are downloaded once for all who wait, who all hear of the progress", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const [first, second] = [vi.fn(), vi.fn()];
    const waiting = digits.provide(client, 10_000, first);
    const also = digits.provide(client, 5000, second);
    expect(downloads).toHaveLength(1);
    downloads[0]?.options.onProgress?.({ examples: 9 } as never);
    expect(first).toHaveBeenCalledOnce();
    expect(second).toHaveBeenCalledOnce();
    downloads[0]?.arrive();
    expect(await also).toBe(await waiting);
  });

  it("are downloaded anew at once when a download, which may have stalled, is given up", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const waiting = digits.provide(client, 10_000);
    digits.giveUp();
    const again = digits.provide(client, 10_000);
    await expect(waiting).rejects.toThrow("aborted");
    downloads[1]?.arrive();
    expect(await again).toMatchObject({ examples: 10_000 });
  });

  it("of somebody who waits are not aborted by a download ahead", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const waiting = digits.provide(client, 1000);
    const ahead = digits.provideAhead(client, 10_000);
    downloads[0]?.arrive();
    expect(await waiting).toBe(await ahead);
    expect(downloads).toHaveLength(1);
  });

  it("are downloaded anew when more are wanted, or after a failure", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const few = digits.provide(client, 1000);
    const many = digits.provide(client, 10_000);
    await expect(few).rejects.toThrow("aborted");
    downloads[1]?.fail(new Error("offline"));
    await expect(many).rejects.toThrow("offline");
    const again = digits.provide(client, 10_000);
    downloads[2]?.arrive();
    expect(await again).toMatchObject({ examples: 10_000 });
  });
});

describe("more digits", () => {
  it("take the place of those in the worker, which are freed", async () => {
    const { client, downloads } = fakeWorker();
    const digits = digitsOf();
    const few = digits.provide(client, 1000);
    downloads[0]?.arrive();
    await few;
    const many = digits.provide(client, 10_000);
    downloads[1]?.arrive();
    expect((await many).dispose).not.toHaveBeenCalled();
    expect(digits.loaded(10_000)).toBe(await many);
    expect((await few).dispose).toHaveBeenCalledOnce();
  });
});

describe("the rehearsal", () => {
  async function rehearsed(search = "") {
    const store = new Store(readAddress(search).opening);
    const worker = fakeWorker();
    const loadTraining = vi.fn(async () => digitsOf());
    const ended = rehearse(store, worker.client, loadTraining);
    await new Promise((resolve) => setTimeout(resolve, 350));
    return { ...worker, store, loadTraining, ended };
  }

  it("fetches the code and the digits, and trains a run that is disposed of", async () => {
    const { downloads, session, ended, loadTraining } = await rehearsed();
    expect(loadTraining).toHaveBeenCalledOnce();
    downloads[0]?.arrive();
    await ended;
    expect(session.play).toHaveBeenCalledOnce();
    expect(session.play.mock.calls[0]?.[0].steps).toBeGreaterThan(0);
    expect(session.dispose).toHaveBeenCalledOnce();
  });

  it("stops at once when Train is pressed", async () => {
    const { downloads, session, ended, store } = await rehearsed();
    let end = (): void => {};
    session.play.mockImplementation(() => new Promise((resolve) => (end = resolve)));
    downloads[0]?.arrive();
    await vi.waitFor(() => expect(session.play).toHaveBeenCalledOnce());
    expect(session.pause).not.toHaveBeenCalled();
    store.patch({ mode: "train" });
    expect(session.pause).toHaveBeenCalledOnce();
    end();
    await ended;
    expect(session.dispose).toHaveBeenCalledOnce();
  });

  it("leaves the digits to Train if that is pressed while they come", async () => {
    const { downloads, calls, ended, store } = await rehearsed();
    store.patch({ mode: "train" });
    downloads[0]?.arrive();
    await ended;
    expect(calls.createSession).not.toHaveBeenCalled();
  });

  it("says nothing of what fails", async () => {
    const { downloads, ended, store } = await rehearsed();
    downloads[0]?.fail(new Error("offline"));
    await ended;
    expect(store.state).toMatchObject({ missing: null, failure: null });
  });

  it("does not take place where data is dear, for points, or in other views", async () => {
    connection = { saveData: true };
    expect((await rehearsed()).loadTraining).not.toHaveBeenCalled();
    connection = { type: "cellular" };
    expect((await rehearsed()).loadTraining).not.toHaveBeenCalled();
    connection = { type: "wifi", saveData: false };
    expect((await rehearsed()).loadTraining).toHaveBeenCalled();
    reducedData = true;
    expect((await rehearsed()).loadTraining).not.toHaveBeenCalled();
    reducedData = false;
    expect((await rehearsed("?preset=toy2d")).loadTraining).not.toHaveBeenCalled();
    expect((await rehearsed("?view=learn")).loadTraining).not.toHaveBeenCalled();
  });
});
