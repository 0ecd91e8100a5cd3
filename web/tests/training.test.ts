// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The user's run as the app has it, on the real core without a browser: what is asked of it in quick
// succession, data that is given up elsewhere, and workers that are lost.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GanvasClient } from "../client/training_client";
import { aborted } from "../engine/errors";
import { Lesson } from "../ui/learn/lesson";
import type { PageHooks } from "../ui/platform/page_hooks";
import { readAddress } from "../ui/state/address";
import { AppController } from "../ui/state/app_controller";
import type { Training } from "../ui/state/training";
import { serveTraining } from "../worker/training_server";
import { ChannelWorker } from "./channel_worker";
import { ASSETS_URL, MODULES_URL, mnistFiles } from "./real_assets";

// The imported modules ask for the system's preferences.
vi.hoisted(() => vi.stubGlobal("matchMedia", () => new EventTarget()));

/** Gives each worker that the app opens. */
let createWorker: () => ChannelWorker;
let controller: AppController;

beforeEach(() => {
  createWorker = () => new ChannelWorker(serveTraining);
  const locks = {
    request: async (_: string, __: object, held: (lock: null) => void) => held(null),
  };
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("requestAnimationFrame", () => 1);
});

afterEach(() => {
  controller.dispose();
  ChannelWorker.endAll();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Opens an app. Resolves once it has its run, with the data unless the user tries again to get them. */
async function open(search: string): Promise<Training> {
  const takeWorker = () => createWorker() as unknown as Worker;
  controller = new AppController(readAddress(search).opening, {
    page: { link: null, keeps: false, takeWorker, write: () => {} } as unknown as PageHooks,
    engine: { tier: "simd", threads: 1, baseUrl: MODULES_URL },
    assets: ASSETS_URL,
    prepare: async () => {},
    loadControls: async () => {},
  });
  await controller.open();
  const { training } = controller;
  if (training === null) throw new Error("There is no run.");
  return training;
}

const POINTS = "?view=train&preset=toy2d";
/** On a slow machine, too. */
const SOON = { timeout: 20_000 };
const stepOf = async ({ run }: Training): Promise<number> => (await run?.state())?.step ?? -1;
const someTime = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));

describe("new noise while a run plays", () => {
  async function playing(): Promise<Training> {
    const training = await open(POINTS);
    training.play();
    await vi.waitFor(async () => expect(await stepOf(training)).toBeGreaterThan(0), SOON);
    return training;
  }

  it("lets it play on", async () => {
    const training = await playing();
    await controller.newNoise();
    expect(controller.store.state.playing).toBe(true);
    const step = await stepOf(training);
    await vi.waitFor(async () => expect(await stepOf(training)).toBeGreaterThan(step), SOON);
  });

  it("twice at once lets it play on", async () => {
    await playing();
    await Promise.all([controller.newNoise(), controller.newNoise()]);
    expect(controller.store.state.playing).toBe(true);
  });

  it.each([true, false])(
    "and a reset at once leave a new run at step 0 (noise first: %s)",
    async (first) => {
      const training = await playing();
      if (first) await Promise.all([controller.newNoise(), training.reset()]);
      else await Promise.all([training.reset(), controller.newNoise()]);
      await someTime();
      expect(controller.store.state.playing).toBe(false);
      expect(await stepOf(training)).toBe(0);
    },
  );

  it.each([true, false])("and a pause at once leave it paused (noise first: %s)", async (first) => {
    const training = await playing();
    if (first) await Promise.all([controller.newNoise(), training.pause()]);
    else await Promise.all([training.pause(), controller.newNoise()]);
    expect(controller.store.state.playing).toBe(false);
  });

  it("and another view at once leave it paused", async () => {
    await playing();
    await Promise.all([controller.newNoise(), controller.show("learn")]);
    expect(controller.store.state.playing).toBe(false);
  });
});

describe("a run that waits for its digits", () => {
  /** Downloads that arrive when they are told to. */
  function downloadByHand(): (() => void)[] {
    const arrivals: (() => void)[] = [];
    const { loadMnist } = GanvasClient.prototype;
    vi.spyOn(GanvasClient.prototype, "loadMnist").mockImplementation(async function (
      this: GanvasClient,
      options,
    ) {
      await new Promise<void>((resolve, reject) => {
        options.signal?.addEventListener("abort", () => reject(aborted()));
        arrivals.push(resolve);
      });
      return loadMnist.call(this, mnistFiles(options.examples));
    });
    return arrivals;
  }

  it.each([10_000, 1000])(
    "of which it takes %i gets them with those of Learn",
    async (examples) => {
      const downloads = downloadByHand();
      const opened = open(`?view=train&preset=seed&examples=${examples}`);
      await vi.waitFor(() => expect(downloads).toHaveLength(1));
      await controller.show("learn");
      const lesson = new Lesson(controller);
      void lesson.resume();
      await someTime();
      expect(downloads).toHaveLength(examples === 1000 ? 2 : 1);
      await lesson.dispose();
      await controller.show("train");
      downloads.at(-1)?.();
      await opened;
      expect(controller.store.state.digits).toEqual({ status: "ready", value: examples });
    },
  );

  it("gets others when the download is given up elsewhere", async () => {
    const downloads = downloadByHand();
    const opened = open("?view=train&preset=seed&examples=1000");
    await vi.waitFor(() => expect(downloads).toHaveLength(1));
    controller.giveUpDigits();
    await vi.waitFor(() => expect(downloads).toHaveLength(2));
    downloads[1]?.();
    expect((await opened).canTrain).toBe(true);
  });

  it("asks for others, once, when the user tries again", async () => {
    const downloads = downloadByHand();
    const opened = open("?view=train&preset=seed&examples=1000");
    await vi.waitFor(() => expect(downloads).toHaveLength(1));
    const again = controller.training?.retryDigits();
    await someTime();
    expect(downloads).toHaveLength(2);
    downloads[1]?.();
    await again;
    expect((await opened).canTrain).toBe(true);
  });
});

describe("a run that went back", () => {
  it("goes on without the curves and the film of what was undone", async () => {
    const training = await open(POINTS);
    const filmed = (): number[] => training.film.until(9).map(({ step }) => step);
    await training.step();
    const good = await training.checkpoint();
    await training.step();
    await training.step();
    expect(filmed()).toEqual([0, 1, 2, 3]);
    // As after a divergence.
    await training.run?.load(good ?? new Uint8Array(0));
    controller.store.patch({ wentBack: { step: 1, settings: false } });
    await training.step();
    expect(filmed()).toEqual([0, 1, 2]);
    expect(training.curves.length).toBe(2);
  });
});

describe("a run whose worker is lost", () => {
  /** A worker that does not start. */
  function broken(): ChannelWorker {
    const worker = new ChannelWorker(() => {});
    setTimeout(() => worker.die("no memory"));
    return worker;
  }

  async function saved(): Promise<Training> {
    const training = await open(POINTS);
    await training.step();
    await training.keeper.save();
    await training.step();
    return training;
  }

  it("goes on from its save with another worker", async () => {
    const training = await saved();
    ChannelWorker.all.at(-1)?.die("out of memory");
    await vi.waitFor(() => expect(controller.store.state.revived).toBe(1), SOON);
    expect(await stepOf(training)).toBe(1);
  });

  it("asks for one other worker, and for the next only when the user tries again", async () => {
    const training = await saved();
    createWorker = vi.fn(broken);
    ChannelWorker.all.at(-1)?.die("out of memory");
    await vi.waitFor(() => expect(createWorker).toHaveBeenCalled());
    await someTime();
    expect(createWorker).toHaveBeenCalledOnce();
    expect(controller.store.state.engine).toMatchObject({
      status: "failed",
      error: { code: "fetch_failed" },
    });
    createWorker = () => new ChannelWorker(serveTraining);
    await controller.open();
    expect(await stepOf(training)).toBe(1);
    await training.step();
    expect(await stepOf(training)).toBe(2);
  });
});
