// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens a consumer's page in WebKit, with the driver of the browser tests.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import ts from "typescript";

/** Node 20 does not take TypeScript. */
async function importTypeScript(url) {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-driver-"));
  try {
    const file = join(folder, "driver.mjs");
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(await readFile(url, "utf8"), { compilerOptions });
    await writeFile(file, outputText);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a page leaves in `globalThis.result`. */
export async function resultInWebKit(address, options) {
  const { WebKit } = await importTypeScript(new URL("../browser/webkit_driver.ts", import.meta.url));
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
