// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A page in the host's Firefox, through WebDriver BiDi. Puppeteer drives it, since Playwright supports only its own
// Firefox build.

import { type Browser, launch, type Page } from "puppeteer-core";
import { EnginePage } from "./engine_page";

/** Of a start, and of the load of a page. */
const START_MS = 60_000;

export class Firefox extends EnginePage {
  /** Errors reported by the browser since the page opened. */
  readonly troubles: string[] = [];
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
    super();
    this.#browser = browser;
    this.page = page;
    page.on("pageerror", (error) => this.troubles.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.troubles.push(message.text());
    });
  }

  static async start(): Promise<Firefox> {
    const browser = await launch({
      browser: "firefox",
      executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
      headless: true,
      timeout: START_MS,
      defaultViewport: { width: 1280, height: 800 },
      extraPrefsFirefox: { "intl.accept_languages": "en-US" },
    });
    const page = await browser.newPage();
    page.setDefaultNavigationTimeout(START_MS);
    return new Firefox(browser, page);
  }

  async stop(): Promise<void> {
    await this.#settle();
    await this.#browser.close();
  }

  async open(url: string): Promise<void> {
    await this.#settle();
    await this.page.goto(url);
  }

  /**
   * Waits until the page has looked at the build that is kept, and has loaded all that it wants. Downloads of a page
   * that Firefox opens while a service worker is being installed can stall, and what a worker was answering when its
   * page was left is an error in the console.
   */
  async #settle(): Promise<void> {
    await this.page.evaluate(async () => {
      const registration = await navigator.serviceWorker?.getRegistration();
      if (registration === undefined) return;
      await navigator.serviceWorker.ready;
      const kept = new URL("index.html", document.baseURI).href;
      const until = performance.now() + 10_000;
      let loaded = 0;
      let quiet = 0;
      while (quiet < 5 && performance.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        const names = performance.getEntriesByType("resource").map(({ name }) => name);
        quiet = names.includes(kept) && names.length === loaded ? quiet + 1 : 0;
        loaded = names.length;
      }
    });
  }

  async run<T>(script: string, ...args: unknown[]): Promise<T> {
    return (await this.page.evaluate(new Function(script) as () => unknown, ...(args as []))) as T;
  }

  async click(selector: string): Promise<void> {
    const element = await this.page.$(`>>> ${selector}`);
    if (element === null) throw new Error(`There is no ${selector}`);
    await element.click();
  }
}
