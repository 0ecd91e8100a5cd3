// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Page object for the browser tests: what a user sees and does, and a record of errors that must
// not occur (console errors, uncaught exceptions, violations of the content policy).

import { isDeepStrictEqual } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { test as base, type Dialog, type Locator, type Page, type Worker } from "@playwright/test";
import { expect } from "./prompt_expect";

/** What Playwright writes where its option `serviceWorkers` forbids them. */
const BLOCKED = "Service Worker registration blocked by Playwright";
const METRICS = ["lossD", "lossG", "dReal", "dFake"] as const;

export class AppPage {
  /** Errors reported by the browser since the page opened. */
  readonly troubles: string[] = [];
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.on("console", (message) => {
      if (message.text() === BLOCKED) return;
      if (message.type() === "error" || message.type() === "warning") {
        this.troubles.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.troubles.push(`uncaught: ${error.message}`));
  }

  /** Leaves the page without confirming that its run ends. */
  async open(search = "", base = ""): Promise<void> {
    const leave = (dialog: Dialog): void => void dialog.accept().catch(() => {});
    this.page.on("dialog", leave);
    await this.page.goto(`${base}./${search}`);
    this.page.off("dialog", leave);
    await expect(this.page.locator("ganvas-app")).toBeVisible();
  }

  /** Those whose threads, which are workers too, have a script of their own. */
  get trainingWorkers(): Worker[] {
    return this.page.workers().filter((worker) => !worker.url().includes("/thread-"));
  }

  /** The training worker ends with an error. */
  async loseWorker(): Promise<void> {
    // One that was ended is listed until its thread is gone.
    await this.trainingWorkers.at(-1)?.evaluate(() => {
      // Not before the test has its answer, which a worker that has ended cannot give.
      setTimeout(() => {
        throw new Error("out of memory");
      }, 200);
    });
  }

  get samples(): Locator {
    return this.page.locator("#samples > gv-image-grid canvas");
  }

  get play(): Locator {
    return this.page.locator("#play");
  }

  /** Opens a file from the list of runs, once there is a worker to read it. */
  async openCheckpoint(file: Parameters<Locator["setInputFiles"]>[0]): Promise<void> {
    await this.page.locator("#runs").click();
    const dialog = this.page.locator("gv-runs-dialog");
    await expect(dialog.locator("#import")).toBeEnabled();
    await dialog.locator("input[type=file]").setInputFiles(file);
  }

  /** Opens a run, which plays once the digits have loaded. */
  async train(): Promise<void> {
    await this.page.locator("#train").click();
  }

  /** Starts a run and pauses it after at least `steps` steps. */
  async trainAtLeast(steps: number): Promise<void> {
    await this.train();
    await this.waitForStep(steps);
    await this.pause();
  }

  async pause(): Promise<void> {
    await this.play.click();
    await expect(this.play).toHaveText("Play");
  }

  async step(): Promise<number> {
    return this.#read("#steps");
  }

  /** Number of images the discriminator has seen. */
  async images(): Promise<number> {
    return this.#read("#images");
  }

  /** A number shown on the page; NaN for a dash. */
  async #read(selector: string): Promise<number> {
    const text = await this.page.locator(selector).textContent();
    return Number.parseFloat((text ?? "").replaceAll(",", ""));
  }

  async waitForStep(least: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: 30_000 }).toBeGreaterThanOrEqual(least);
  }

  /** The four metrics currently shown. */
  async numbers(): Promise<number[]> {
    return Promise.all(METRICS.map((metric) => this.#read(`[data-metric=${metric}]`)));
  }

  /** Presses step `count` times and returns the metrics after each. */
  async stepByStep(count: number): Promise<number[][]> {
    const seen: number[][] = [];
    for (let step = 1; step <= count; step += 1) {
      await this.page.locator("#step").click();
      await expect(this.page.locator("#steps")).toHaveText(String(step));
      const numbers = await this.numbers();
      expect(numbers.every(Number.isFinite), String(numbers)).toBe(true);
      seen.push(numbers);
    }
    return seen;
  }

  /** The sample grid as 96 x 96 grey values, row by row. */
  async pixels(): Promise<number[]> {
    const data = await pixelsOf(this.samples, 96);
    return data.filter((_, index) => index % 4 === 0);
  }

  /** The same, once it no longer changes: a run's last samples arrive shortly after it stops. */
  async settledPixels(): Promise<number[]> {
    return settled(this.page, () => this.pixels());
  }
}

/** What is read, once it no longer changes. */
export async function settled<T>(page: Page, read: () => Promise<T>): Promise<T> {
  let now = await read();
  await expect(async () => {
    const before = now;
    await page.waitForTimeout(300);
    now = await read();
    // What differs would take long to print.
    expect(isDeepStrictEqual(now, before), "it no longer changes").toBe(true);
  }).toPass();
  return now;
}

/**
 * RGBA of each pixel of a canvas, scaled to a square of side `side`. Reads a copy, because reading
 * makes a canvas slow.
 */
export async function pixelsOf(canvas: Locator, side: number): Promise<number[]> {
  return canvas.evaluate((element, size) => {
    const copy = new OffscreenCanvas(size, size);
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(element as HTMLCanvasElement, 0, 0, size, size);
    return Array.from(context?.getImageData(0, 0, size, size).data ?? []);
  }, side);
}

/** Waits until the run is saved; `step`: up to this step. */
export function isSaved(page: Page, step?: number): Promise<void> {
  const words =
    step === undefined
      ? /saved up to step/
      : new RegExp(`saved up to step ${step.toLocaleString("en")}\\.`);
  return expect(page.locator("#runs")).toHaveAttribute("title", words);
}

/** Dispatches the browser's own event before leaving; preventing it makes the browser ask. */
export function asksBeforeLeaving(page: Page): Promise<boolean> {
  return page.evaluate(
    () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })),
  );
}

/** axe-core's violations on the current page: each rule with the elements that break it. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length, "number of axe-core rules that were checked").toBeGreaterThan(5);
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
  );
}

/** Standard deviation of grey values: 0 for a blank picture. */
export function contrast(pixels: readonly number[]): number {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
  return Math.sqrt(pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pixels.length);
}

interface Fixtures {
  readonly app: AppPage;
  /** Matches browser errors that a test causes on purpose. */
  readonly expectedTroubles: RegExp | null;
}

export const test = base.extend<Fixtures>({
  expectedTroubles: [null, { option: true }],
  app: async ({ page, expectedTroubles }, use) => {
    const app = new AppPage(page);
    await use(app);
    const unexpected = app.troubles.filter((trouble) => !expectedTroubles?.test(trouble));
    expect(unexpected).toEqual([]);
  },
});

export { expect };
