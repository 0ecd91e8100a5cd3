// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The app's actions before a run exists, without a browser.

import { afterEach, describe, expect, it, vi } from "vitest";
import { GanvasError } from "../engine/errors";
import type { EngineInfo } from "../engine/types";
import type { PageHooks } from "../ui/platform/page_hooks";
import { readAddress } from "../ui/state/address";
import { AppController } from "../ui/state/app_controller";
import type { Training } from "../ui/state/training";

// The imported modules ask for the system's preferences.
vi.hoisted(() => vi.stubGlobal("matchMedia", () => new EventTarget()));

afterEach(() => vi.unstubAllGlobals());

const NOTHING = async (): Promise<void> => {};

function controllerOf(
  search: string,
  { prepare = NOTHING, loadControls = NOTHING } = {},
): AppController {
  return new AppController(readAddress(search).opening, {
    page: { link: null, takeWorker: () => null } as PageHooks,
    engine: {},
    assets: "https://assets.test/",
    prepare,
    loadControls,
  });
}

describe("a changed attribute", () => {
  it("changes nothing but its own parameter", async () => {
    const controller = controllerOf("?speed=x");
    const { store } = controller;
    store.patch({ problems: [...store.state.problems, { name: "z", value: "?" }], grid: 8 });
    await controller.display(readAddress("?speed=x&hide=attic").opening, new Set(["class"]));
    expect(store.state.problems.map(({ name }) => name)).toEqual(["speed", "z"]);
    expect(store.state.grid).toBe(8);
    await controller.display(readAddress("?speed=9&hide=attic").opening, new Set(["speed"]));
    expect(store.state.problems.map(({ name }) => name)).toEqual(["z"]);
    expect(store.state.speed).toBe(9);
    await controller.display(readAddress("?speed=9&hide=attic").opening, new Set(["hide"]));
    expect(store.state.problems).toEqual([
      { name: "z", value: "?" },
      { name: "hide", value: "attic" },
    ]);
  });

  it("takes effect together with another of the same task", async () => {
    const controller = controllerOf("?view=train");
    const training = { setSpeed: vi.fn(async () => {}), setGrid: vi.fn(async () => {}) };
    controller.training = training as unknown as Training;
    const { opening } = readAddress("?view=train&speed=9&grid=4");
    await controller.display(opening, new Set(["speed", "grid"]));
    expect(training.setSpeed).toHaveBeenCalledWith(9);
    expect(training.setGrid).toHaveBeenCalledWith(4);
  });
});

describe("a run", () => {
  const OFFLINE = new GanvasError("fetch_failed", "offline");
  const ready = { status: "ready", value: {} as EngineInfo } as const;

  it("does not start without the changes of its link, and tries again to get them", async () => {
    const begin = vi.fn(async () => {});
    const prepare = vi.fn(NOTHING).mockRejectedValueOnce(OFFLINE);
    const controller = controllerOf("?view=train", { prepare });
    controller.training = { begin } as unknown as Training;
    controller.store.patch({ engine: ready });
    await controller.startTraining();
    expect(begin).not.toHaveBeenCalled();
    expect(controller.store.state).toMatchObject({
      mode: "pretrained",
      missing: { error: { code: "fetch_failed" } },
    });
    controller.store.state.missing?.again();
    await vi.waitFor(() => expect(begin).toHaveBeenCalledTimes(1));
    expect(controller.store.state).toMatchObject({ mode: "train", missing: null });
    await controller.startTraining();
    expect(prepare).toHaveBeenCalledTimes(2);
  });

  it("plays if that is still wanted once its code is there", async () => {
    const begin = vi.fn(async () => {});
    let wanted = true;
    const prepare = async (): Promise<void> => {
      wanted = false;
    };
    const controller = controllerOf("?view=train", { prepare });
    controller.training = { begin } as unknown as Training;
    controller.store.patch({ engine: ready });
    await controller.startTraining(() => wanted);
    expect(begin).toHaveBeenCalledWith(false, undefined);
  });

  it("does not exist without its controls", async () => {
    // The keeper listens for the tab being hidden.
    vi.stubGlobal("document", new EventTarget());
    const loadControls = vi.fn(NOTHING).mockRejectedValueOnce(OFFLINE);
    const controller = controllerOf("?view=train", { loadControls });
    controller.store.patch({ engine: ready });
    await controller.startTraining();
    expect(controller.training).toBeNull();
    expect(controller.store.state).toMatchObject({
      mode: "pretrained",
      missing: { error: { code: "fetch_failed" } },
    });
    await controller.startTraining();
    expect(controller.training).not.toBeNull();
  });
});

describe("the pretrained digits", () => {
  it("take the place of a run whose samples are nothing that their stage could draw", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    const controller = controllerOf("?view=train&preset=toy2d");
    controller.live.samples = { values: new Float32Array(8), side: 2 };
    const shown: unknown[] = [];
    controller.store.subscribe(() => {
      if (controller.store.state.mode === "pretrained") shown.push(controller.live.samples);
    });
    await controller.showPretrained();
    expect(shown[0]).toBeNull();
  });
});

describe("an engine whose worker does not start", () => {
  it("is told of once, as code that did not come", async () => {
    class AbsentWorker extends EventTarget {
      postMessage = (): void => {};
      terminate = (): void => {};
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event("error")));
      }
    }
    vi.stubGlobal("Worker", AbsentWorker);
    vi.stubGlobal("self", { location: new URL("https://page.test/") });
    const controller = controllerOf("?view=learn");
    const told: string[] = [];
    controller.store.subscribe(() => {
      const { engine } = controller.store.state;
      if (engine.status === "failed") told.push(engine.error.code);
    });
    await controller.open();
    expect(told).toEqual(["fetch_failed"]);
  });
});

describe("an app that ends", () => {
  it("ends a worker that is still loading, without an error", async () => {
    const terminate = vi.fn();
    class SilentWorker extends EventTarget {
      postMessage = (): void => {};
      terminate = terminate;
    }
    vi.stubGlobal("Worker", SilentWorker);
    vi.stubGlobal("self", { location: new URL("https://page.test/") });
    const controller = controllerOf("?view=learn");
    const opened = controller.open();
    await Promise.resolve();
    expect(terminate).not.toHaveBeenCalled();
    controller.dispose();
    await opened;
    expect(terminate).toHaveBeenCalledOnce();
    expect(controller.store.state.engine.status).toBe("loading");
  });
});
