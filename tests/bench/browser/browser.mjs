// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens pages in Chromium, one at a time. If a page hangs, its browser is killed and the next page
// gets a new one.

import { chromium } from "playwright-core";

/** Limit for closing a page's context. */
const CLOSE_SECONDS = 10;
/** A new window of Chromium loads pages of its own for so long, which takes a processor. */
const SETTLE_MS = 2500;

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {<T>(seconds: number, work: Promise<T>) => Promise<T>} Within
 */

export class Timeout extends Error {}

export class Browser {
  /** @type {import("playwright-core").BrowserServer | null} */
  #process = null;
  /** @type {import("playwright-core").Browser | null} */
  #browser = null;
  #url;

  /** @param {string} url where the page is served */
  constructor(url) {
    this.#url = url;
  }

  /**
   * Opens the page in a new context with empty caches.
   * @template T
   * @param {(page: Page, within: Within) => Promise<T>} use
   * @returns {Promise<T>}
   */
  async visit(use) {
    const browser = await this.#started();
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      /** @type {Promise<never>} */
      const broken = new Promise((_, reject) => {
        page.on("pageerror", reject);
        page.on("crash", () => reject(new Error("the page crashed")));
      });
      broken.catch(() => {});
      await page.goto(this.#url);
      await page.waitForFunction(() => "bench" in window);
      await page.waitForTimeout(SETTLE_MS);
      return await use(page, (seconds, work) => within(seconds, Promise.race([work, broken])));
    } finally {
      await within(CLOSE_SECONDS, context.close()).catch(() => this.close());
    }
  }

  async close() {
    const process = this.#process;
    this.#browser = null;
    this.#process = null;
    await process?.kill();
  }

  async #started() {
    if (this.#browser !== null) return this.#browser;
    this.#process = await chromium.launchServer({
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    this.#browser = await chromium.connect(this.#process.wsEndpoint());
    return this.#browser;
  }
}

/** @type {Within} */
async function within(seconds, work) {
  work.catch(() => {});
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Timeout(`> ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
