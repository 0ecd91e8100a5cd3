// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A page in the host's Firefox, through WebDriver BiDi. Puppeteer drives it, since Playwright supports only its own
// Firefox build.

import { type Browser, launch, type Page } from "puppeteer-core";

export class Firefox {
  /** Errors reported by the browser since the page opened. */
  readonly troubles: string[] = [];
  readonly #browser: Browser;
  readonly page: Page;

  private constructor(browser: Browser, page: Page) {
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
      defaultViewport: { width: 1280, height: 800 },
      extraPrefsFirefox: { "intl.accept_languages": "en-US" },
    });
    return new Firefox(browser, await browser.newPage());
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }

  /** Text of the first match in any shadow tree; null if there is none. */
  async text(selector: string): Promise<string | null> {
    const element = await this.page.$(`>>> ${selector}`);
    return element?.evaluate((found) => found.textContent?.trim() ?? "") ?? null;
  }

  async press(selector: string): Promise<void> {
    // Without `visible` Puppeteer looks only when the document changes, which shadow trees are not part of.
    const element = await this.page.waitForSelector(`>>> ${selector}:not(:disabled)`, {
      visible: true,
      timeout: 20_000,
    });
    await element?.click();
  }

  /** The run's step. */
  async step(): Promise<number> {
    return Number.parseInt(((await this.text("#steps")) ?? "").replaceAll(",", ""), 10);
  }
}
