// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements without a browser: attributes as parameters, the page hooks of an element, its events,
// and the code that embeds it.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GanvasError } from "../engine/errors";
import { announce } from "../ui/app/announcements";
import { ElementPage } from "../ui/app/element_page";
import { elementCode, frameCode } from "../ui/app/embed_code";
import { readParameters, runOf } from "../ui/app/parameters";
import { readAddress } from "../ui/state/address";
import type { AppController } from "../ui/state/app_controller";
import { Live, type Numbers, Store } from "../ui/state/store";

/** An element with these attributes. */
function elementWith(attributes: Readonly<Record<string, string>>): HTMLElement {
  const entries = Object.entries(attributes).map(([name, value]) => ({ name, value }));
  const getAttribute = (name: string): string | null => attributes[name] ?? null;
  return { attributes: entries, getAttribute } as unknown as HTMLElement;
}

describe("attributes", () => {
  it("are the parameters of a link", () => {
    const element = elementWith({
      preset: "dcgan",
      seed: "7",
      hide: "film,diagram",
      "g.lr": "0.01",
    });
    const { opening, rest } = readAddress(readParameters(element));
    expect(opening.settings).toMatchObject({ preset: "dcgan", seed: 7 });
    expect([...opening.hidden].sort()).toEqual(["diagram", "film"]);
    expect(opening.problems).toEqual([]);
    expect(rest).toEqual({ "g.lr": "0.01" });
  });

  it("that are invalid are reported as in a link", () => {
    const { opening } = readAddress(readParameters(elementWith({ seed: "x", view: "attic" })));
    expect(opening.problems).toEqual([
      { name: "seed", value: "x" },
      { name: "view", value: "attic" },
    ]);
    expect(opening.settings.seed).toBe(1);
  });

  it("of any HTML element and of frameworks are no parameters", () => {
    const others = [
      "id",
      "class",
      "style",
      "tabindex",
      "onclick",
      "aria-label",
      "data-x",
      "_ngcontent",
      "contenteditable",
      "spellcheck",
      "autocorrect",
      "enterkeyhint",
    ];
    const element = elementWith({
      ...Object.fromEntries(others.map((name) => [name, "1"])),
      assets: "data/",
      engine: "e/",
      sed: "7",
    });
    expect(readParameters(element)).toBe("?sed=7");
  });

  it("of the display keep the run, all others need a new one", () => {
    const before = runOf(elementWith({ preset: "quick", view: "train" }));
    const display = {
      view: "learn",
      hide: "film",
      theme: "dark",
      lang: "zh",
      speed: "9",
      grid: "4",
    };
    expect(runOf(elementWith({ preset: "quick", ...display }))).toBe(before);
    expect(runOf(elementWith({ preset: "quick", seed: "2" }))).not.toBe(before);
    expect(runOf(elementWith({ preset: "quick", assets: "x/" }))).not.toBe(before);
  });
});

describe("the page of an element", () => {
  it("keeps parameters to itself", () => {
    const page = new ElementPage(elementWith({}), "?preset=toy2d&view=train");
    page.write({ view: null, "g.layers": "linear:32,tanh" });
    page.visit({ seed: "5" });
    expect(page.search).toBe("?preset=toy2d&g.layers=linear:32,tanh&seed=5");
    expect(page.href({ view: "learn" })).toBe(`${page.search}&view=learn`);
    expect(page.link).toBeNull();
    expect(page.keeps).toBe(false);
  });
});

describe("events", () => {
  const error = new GanvasError("fetch_failed", "https://x: the server answered 404.");
  let frames: (() => void)[] = [];

  beforeEach(() => {
    frames = [];
    vi.stubGlobal("requestAnimationFrame", (run: () => void) => frames.push(run));
  });
  afterEach(() => vi.unstubAllGlobals());

  function announced() {
    const element = new EventTarget();
    const seen: [string, unknown][] = [];
    for (const type of ["ganvas-ready", "ganvas-step", "ganvas-error"]) {
      element.addEventListener(type, (event) => {
        const { detail, bubbles, composed } = event as CustomEvent<unknown>;
        expect([bubbles, composed]).toEqual([true, true]);
        seen.push([type, detail]);
      });
    }
    const store = new Store(readAddress("?view=train").opening);
    const live = new Live();
    const life = new AbortController();
    announce(element as Element, { store, live, ended: life.signal } as unknown as AppController);
    return { seen, store, live, life };
  }

  it("tell once that the engine and the run's data are there", () => {
    const { seen, store } = announced();
    const value = { tier: "simd", build: "simd", threads: 1, fma: false, version: "0" } as never;
    store.patch({ engine: { status: "ready", value } });
    expect(seen).toEqual([]);
    store.patch({ digits: { status: "ready", value: 10 } });
    store.patch({ playing: true });
    expect(seen).toEqual([["ganvas-ready", value]]);
  });

  it("tell each failure once, with its code and in words", () => {
    const { seen, store } = announced();
    store.patch({ failure: error });
    store.patch({ playing: false });
    const text = expect.stringContaining("could not be downloaded");
    expect(seen).toEqual([["ganvas-error", { code: error.code, message: error.message, text }]]);
  });

  it("tell of steps at most once per frame, until the app is gone", () => {
    const { seen, live, life } = announced();
    for (const step of [1, 2, 3]) {
      live.numbers = { step } as Numbers;
      live.changed();
    }
    for (const run of frames.splice(0)) run();
    expect(seen).toEqual([["ganvas-step", { step: 3 }]]);
    live.changed(); // other samples of the same step
    for (const run of frames.splice(0)) run();
    life.abort();
    live.numbers = { step: 4 } as Numbers;
    live.changed();
    for (const run of frames.splice(0)) run();
    expect(seen).toHaveLength(1);
  });
});

describe("code that embeds", () => {
  const link = 'https://x.org/g/?preset=quick&seed=7&points="<&view=train';

  it("has the link in a frame, escaped", () => {
    expect(frameCode(link)).toContain(
      'src="https://x.org/g/?preset=quick&amp;seed=7&amp;points=&quot;&lt;&amp;view=train"',
    );
  });

  it("has the link's parameters, and no others, as attributes of the element, escaped", () => {
    expect(elementCode(`${link}&onclick=x`)).toContain(
      '<ganvas-app preset="quick" seed="7" points="&quot;&lt;" view="train" assets="ganvas-data/"></ganvas-app>',
    );
  });
});
