// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Serves a consumer's pages and opens them in the host's browsers. Playwright and Puppeteer are those of tests/browser.

import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "@playwright/test";
import { launch } from "puppeteer-core";
import { app, assertTrained, ISOLATION, PAGE, project, writeFiles } from "./consumer.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** Serves a folder. @returns its origin */
export async function serve(context, folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    stat(file).then(
      ({ size }) => {
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { ...headers, "content-type": type, "content-length": size });
        createReadStream(file).pipe(response);
      },
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let running = null;

const startChromium = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

const startFirefox = () =>
  launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
    headless: true,
  });

/** The pages that follow open in Firefox. */
export async function useFirefox() {
  await closeBrowser();
  running = startFirefox();
}

export async function closeBrowser() {
  if (running !== null) await (await running).close();
  running = null;
}

/**
 * Opens a page and gives it to `look`, with what it prints and which of that are errors. What it printed is in the error if
 * that fails.
 * @param beforehand a script that runs in each frame before its own
 */
export async function onPage(address, look, beforehand = null) {
  running ??= startChromium();
  const page = await (await running).newPage();
  const [lines, errors] = [[], []];
  page.on("console", (message) => {
    lines.push(message.text());
    // A browser asks for the icon of a page that names none.
    const ofIcon = message.location().url?.endsWith("/favicon.ico");
    if (message.type() === "error" && !ofIcon) errors.push(message.text());
  });
  page.on("pageerror", (error) => {
    lines.push(String(error));
    errors.push(String(error));
  });
  try {
    if (beforehand !== null) await page.addInitScript(beforehand);
    await page.goto(address);
    return await look(page, lines, errors);
  } catch (failure) {
    throw new Error(`${address}: ${failure.message}\n${lines.join("\n")}`, { cause: failure });
  } finally {
    await page.close();
  }
}

/** What the page of `app` leaves in `globalThis.result`. */
export function resultOf(address, options = {}) {
  const query = `?options=${encodeURIComponent(JSON.stringify(options))}`;
  return onPage(address + query, async (page) => {
    for (let waited = 0; waited < 600; waited += 1) {
      const result = await page.evaluate("globalThis.result");
      if (result !== undefined) return result;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("it has no result after a minute");
  });
}

/** The page trains, with two threads if it is isolated and these options name no other number. */
export async function assertTrains(context, address, isolated, options = {}) {
  const { threads = isolated ? 2 : 1 } = options;
  const result = await resultOf(address, { ...(threads > 1 && { threads }), ...options });
  assertTrained(context, result, threads);
  assert.equal(result.isolated, isolated);
  assert.equal(result.judged, 1);
}

/** A built page trains on a plain host and on one that isolates it. */
export async function assertTrainsEverywhere(context, folder) {
  await assertTrains(context, `${await serve(context, folder)}/`, false);
  await assertTrains(context, `${await serve(context, folder, ISOLATION)}/`, true);
}

/** What a CDN sends. */
export const CDN = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

/** A CDN with the package, and a page of another origin that imports it; `host` serves the page with these headers. */
export async function pageOfOtherOrigin(context) {
  const folder = await project(context, {});
  const installed = join(folder, "node_modules/ganvas");
  const cdn = await serve(context, installed, CDN);
  await writeFiles(folder, { "site/index.html": PAGE, "site/app.js": app(`${cdn}/index.js`) });
  const host = async (headers) => `${await serve(context, join(folder, "site"), headers)}/`;
  return { cdn, installed, host };
}

/** The content policy that the README names for another origin, without this source in this directive. */
export function policy(cdn, directive = "", source = "") {
  const directives = {
    "default-src": ["'none'"],
    "script-src": ["'self'", cdn, "'wasm-unsafe-eval'"],
    "connect-src": [cdn],
    "worker-src": ["blob:", cdn],
  };
  const lines = Object.entries(directives).map(([name, sources]) =>
    [name, ...sources.filter((allowed) => name !== directive || allowed !== source)].join(" "),
  );
  return { "content-security-policy": lines.join("; ") };
}
