// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens a consumer's page in WebKit, with the driver of the browser tests.

import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

/** What a page leaves in `globalThis.result`. */
export async function resultInWebKit(address, options) {
  // Node 20 does not take TypeScript.
  const driver = fileURLToPath(new URL("../browser/webkit_driver.ts", import.meta.url));
  const { WebKit } = (await runnerImport(driver, { configFile: false, logLevel: "warn" })).module;
  const browser = await WebKit.start();
  try {
    await browser.open(`${address}?options=${encodeURIComponent(JSON.stringify(options))}`);
    for (let waited = 0; waited < 1200; waited += 1) {
      const result = await browser.run("return globalThis.result ?? null");
      if (result !== null) return result;
      await setTimeout(100);
    }
    throw new Error("it has no result after two minutes");
  } finally {
    await browser.stop();
  }
}
