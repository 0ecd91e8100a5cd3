// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs the built page (web/dist), served as by `npm run serve`, in the host's Chromium; $CHROMIUM names another one.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";
import { INTERVALS } from "./prompt_expect";

const PORT = 4173;

if (!existsSync(fileURLToPath(new URL("../../web/dist/index.html", import.meta.url)))) {
  throw new Error("web/dist is missing: build the page first (./build-wasm.sh)");
}

export default defineConfig({
  testDir: ".",
  outputDir: "../../build/test-logs/browser",
  forbidOnly: Boolean(process.env["CI"]),
  // One test at a time, since training uses a core and frame rates are measured.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 20_000, toPass: { intervals: INTERVALS } },
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}/`,
    ...devices["Desktop Chrome"],
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    // A worker would answer requests that tests let fail; offline.spec.ts has it.
    serviceWorkers: "block",
    // Traces make all tests take half as long again; --trace retain-on-failure has them.
    trace: "off",
    launchOptions: {
      // Chromium without its windows: the same engine, in two thirds of the time.
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium-headless-shell",
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
    },
  },
  webServer: {
    // WebKit looks for localhost at 127.0.0.1 alone.
    command: `npm run serve --workspace web -- --host 127.0.0.1 --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
