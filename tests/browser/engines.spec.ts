// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a visitor does, in Firefox and in WebKitGTK, which stands in for Safari; and the losses of a run, which
// are the same in all three engines.

import { type Page, test } from "@playwright/test";
import { EnginePage, FIND } from "./engine_page";
import { Firefox } from "./firefox_driver";
import { png } from "./picture_files";
import { expect as once } from "./prompt_expect";
import { WebKit } from "./webkit_driver";

/** A browser that has just been started is slow. */
const expect = once.configure({ timeout: 60_000 });

interface Engine {
  readonly start: () => Promise<EnginePage>;
  /** What it trains with. */
  readonly words: string;
}

const ENGINES: Readonly<Record<string, Engine>> = {
  Firefox: { start: () => Firefox.start(), words: "WebAssembly with relaxed SIMD" },
  // Its isolated pages have no shared memory, and it has no relaxed SIMD.
  WebKit: { start: () => WebKit.start(), words: "WebAssembly with SIMD · 1 thread" },
};

/** Values of the first picture in a place. */
const IMAGE = `${FIND}; return [...(find(document, arguments[0])?.image ?? [])]`;

for (const [name, { start, words }] of Object.entries(ENGINES)) {
  test.describe(name, () => {
    let engine: EnginePage;
    test.describe.configure({ timeout: 180_000 });

    // A page with a run would ask before it is left.
    test.beforeEach(async () => {
      engine = await start();
    });

    test.afterEach(async () => {
      await engine.stop();
      if (engine instanceof Firefox) expect(engine.troubles).toEqual([]);
    });

    test("opens the page, trains, pauses, switches the language, and goes on after a reload", async ({
      baseURL,
    }) => {
      await engine.open(`${baseURL}?examples=1000&lang=en`);
      await expect.poll(() => engine.text("figcaption")).toContain("by the pretrained network");
      await expect.poll(() => engine.text("#engine")).toContain(words);
      await engine.press("#train");
      await expect.poll(() => engine.step()).toBeGreaterThan(20);
      const rested = await engine.rest();
      await engine.press("#language");
      await expect.poll(() => engine.text("#play")).toBe("播放");
      expect(await engine.run("return document.documentElement.lang")).toBe("zh-Hans");
      expect(await engine.step()).toBe(rested);

      await engine.open(`${baseURL}?lang=zh`);
      await expect.poll(() => engine.text("#go-on")).toBe("继续训练");
      await engine.press("#go-on");
      await expect.poll(() => engine.step()).toBeGreaterThan(rested);
    });

    test("explores with every tool", async ({ baseURL }) => {
      const explore = (search: string) =>
        engine.open(`${baseURL}?view=explore&lang=en&z=9&digit=3&${search}`);
      const shown = (of: string): Promise<number[]> => engine.run(IMAGE, of);
      /** What `change` does to a picture. */
      const changes = async (of: string, change: () => Promise<unknown>): Promise<void> => {
        await expect.poll(async () => (await shown(of)).length).toBe(784);
        const before = await shown(of);
        await change();
        await expect.poll(() => shown(of)).not.toEqual(before);
      };
      const slide = (range: string, value: number) =>
        engine.run(
          `${FIND}; const range = find(document, arguments[0]);
           range.value = arguments[1];
           range.dispatchEvent(new Event("input", { bubbles: true }))`,
          range,
          value,
        );

      await explore("tool=plane");
      await changes("#sample", () => engine.click("#map"));
      await explore("tool=path");
      await changes("#sample", () => slide("#between", 100));
      await explore("tool=digit");
      await changes("#sample", () => engine.click("#digit >>> [data-digit='7']"));
      await expect
        .poll(() => engine.run("return new URLSearchParams(location.search).get('digit')"))
        .toBe("7");
      await explore("tool=variety");
      await expect.poll(() => engine.text("#variety")).toContain("100");
      await slide("#truncation", 0);
      await expect.poll(() => engine.text("#variety")).toMatch(/^0/);
      await explore("tool=axes");
      await changes("#sample", () => slide("[data-axis='3']", 2.5));
      await explore("tool=draw");
      await engine.press("gv-draw-tool >>> .examples >>> [data-digit='8']");
      await expect.poll(() => engine.text("gv-score-view >>> .digits >>> .most")).toMatch(/^8/);
    });

    test("teaches: two stations, whose controls have their effects, in both languages", async ({
      baseURL,
    }) => {
      await engine.open(`${baseURL}?view=learn&station=2&lang=en`);
      await expect.poll(() => engine.text("#first")).toMatch(/\d/);
      const first = await engine.text("#first");
      await engine.press("#new-noise");
      await expect.poll(() => engine.text("#first")).not.toBe(first);

      await engine.open(`${baseURL}?view=learn&station=7&lang=zh`);
      await expect.poll(() => engine.text("#trained")).toMatch(/\d/);
      await expect.poll(() => engine.text("#loss-d >>> .after")).toMatch(/\d/);
      const slow = Number(await engine.text("#loss-d >>> .after"));
      await engine.press("#rates >>> input[value='10']");
      const lossD = async (): Promise<number> => Number(await engine.text("#loss-d >>> .after"));
      await expect.poll(lossD).toBeLessThan(slow);
    });

    test("trains on the user's own pictures, which are there after a reload", async ({
      baseURL,
    }) => {
      await engine.open(`${baseURL}?lang=en`);
      await engine.press("gv-welcome-panel >>> #pictures");
      const files = Array.from({ length: 8 }, (_, index) =>
        png(32, 32, (x, y) => [30 * index, 7 * x, 7 * y, 255]).toString("base64"),
      );
      await expect.poll(() => engine.text("gv-pictures-dialog >>> #choose-files")).not.toBeNull();
      await engine.run(
        `${FIND}; const chosen = new DataTransfer();
         arguments[0].forEach((base64, index) => {
           const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
           chosen.items.add(new File([bytes], index + ".png", { type: "image/png" }));
         });
         const input = find(document, "gv-pictures-dialog >>> #files");
         input.files = chosen.files;
         input.dispatchEvent(new Event("change"))`,
        files,
      );
      await expect
        .poll(() => engine.text("#summary"))
        .toBe("8 pictures of 32 × 32 pixels in colour");
      await expect.poll(() => engine.text("#train-on:enabled")).not.toBeNull();
      // By a script: WebKitWebDriver now and then says of this button that something covers it.
      await engine.run(`${FIND}; find(document, "#train-on").click()`);
      await expect.poll(() => engine.step()).toBeGreaterThan(2);
      const rested = await engine.rest();
      await engine.open(`${baseURL}?lang=en`);
      await engine.press("#go-on");
      await expect.poll(() => engine.step()).toBeGreaterThan(rested);
      expect(await engine.text("#real")).toContain("8 pictures");
    });
  });
}

/** A page that Playwright drives. */
class Chromium extends EnginePage {
  readonly #page: Page;

  constructor(page: Page) {
    super();
    this.#page = page;
  }

  async open(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.#page.evaluate<T>(`(function () {${script}}).apply(null, ${JSON.stringify(args)})`);
  }

  async click(selector: string): Promise<void> {
    await this.#page.locator(selector).click();
  }

  async stop(): Promise<void> {}
}

const STEPS = 100;

/** Every number of the first steps of a run. */
async function losses(
  engine: EnginePage,
  baseURL: string | undefined,
  tier: string,
): Promise<number[]> {
  const run = `?view=train&preset=seed&seed=3&examples=1000&lang=en&tier=${tier}`;
  await engine.open(`${baseURL}${run}`);
  await engine.trainTo(STEPS);
  const rows = await engine.run<number[]>(
    `${FIND}; const { curves } = find(document, "gv-control-bar").training;
     return curves.history.parts(arguments[0]).flatMap((part) => [...part])`,
    STEPS,
  );
  expect(rows.length).toBe(4 * STEPS);
  expect(rows.every(Number.isFinite)).toBe(true);
  return rows;
}

test("all engines compute the same losses to the bit, within a family of tiers", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const chromium = new Chromium(page);
  const relaxed = await losses(chromium, baseURL, "relaxed");
  const simd = await losses(chromium, baseURL, "simd");
  expect(simd).not.toEqual(relaxed);
  expect(await losses(chromium, baseURL, "scalar")).toEqual(simd);

  const firefox = await Firefox.start();
  try {
    expect(await losses(firefox, baseURL, "relaxed")).toEqual(relaxed);
    // Until the site is kept, a download of the next page can stall in Firefox.
    await expect.poll(() => firefox.text("#notice")).toContain("works without a network");
    expect(await losses(firefox, baseURL, "simd")).toEqual(simd);
    expect(await losses(firefox, baseURL, "scalar")).toEqual(simd);
  } finally {
    await firefox.stop();
  }
  const webkit = await WebKit.start();
  try {
    expect(await losses(webkit, baseURL, "simd")).toEqual(simd);
    expect(await losses(webkit, baseURL, "scalar")).toEqual(simd);
  } finally {
    await webkit.stop();
  }
});
