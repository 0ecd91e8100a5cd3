// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trains on a folder or file of one's own pictures in the built page, in headless Chromium, as a user does, and takes a
// picture of the page at the start and after given seconds:
//
//   ./build-wasm.sh && node tests/bench/own_pictures.mjs --data FOLDER_OR_FILES --out SHOTS [--seconds 30,120,600]
//     [--side 32] [--limit 500]
//
// `--draw 60` draws so many houses on the dialog's pad in place of files, with the mouse.

import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const { values: options } = parseArgs({
  options: {
    data: { type: "string", multiple: true, default: [] },
    out: { type: "string", default: "build/own_pictures" },
    seconds: { type: "string", default: "30,120,600" },
    side: { type: "string" },
    limit: { type: "string", default: "0" },
    draw: { type: "string" },
  },
});

/** The first `limit` of a folder's own files; what is no folder is a file. */
function filesIn(/** @type {string} */ path) {
  if (!statSync(path).isDirectory()) return [path];
  const limit = Number(options.limit);
  const names = readdirSync(path).toSorted();
  const files = names.map((name) => join(path, name)).filter((file) => statSync(file).isFile());
  return files.slice(0, limit);
}

/** Whole folders have a name, and subfolders as classes. */
function isWhole(/** @type {string} */ path) {
  return statSync(path).isDirectory() && Number(options.limit) === 0;
}

/** Houses of about the same shape: walls, a roof, a door. Corners in units of the pad. */
async function drawHouses(/** @type {import("playwright-core").Page} */ page, /** @type {number} */ count) {
  await page.getByRole("button", { name: "Draw them by hand" }).click();
  const pad = page.locator("gv-pictures-dialog gv-drawing-pad");
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error("The drawing pad is not to be seen.");
  let state = 1;
  const wobble = (/** @type {number} */ middle, /** @type {number} */ by) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return middle + by * (2 * (state / 2 ** 32) - 1);
  };
  for (let index = 0; index < count; index += 1) {
    const [left, right] = [wobble(0.25, 0.08), wobble(0.75, 0.08)];
    const [top, bottom] = [wobble(0.5, 0.06), wobble(0.85, 0.05)];
    const door = wobble((left + right) / 2, 0.1);
    const strokes = [
      [
        [left, top],
        [left, bottom],
        [right, bottom],
        [right, top],
        [left, top],
      ],
      [
        [left - 0.04, top],
        [wobble((left + right) / 2, 0.06), wobble(0.2, 0.06)],
        [right + 0.04, top],
      ],
      [
        [door, bottom],
        [door, bottom - 0.2],
        [door + 0.12, bottom - 0.2],
        [door + 0.12, bottom],
      ],
    ];
    for (const corners of strokes) {
      const points = corners.map(([x = 0, y = 0]) => [box.x + wobble(x, 0.015) * box.width, box.y + wobble(y, 0.015) * box.height]);
      const [[x = 0, y = 0] = []] = points;
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (const [toX = 0, toY = 0] of points.slice(1)) {
        await page.mouse.move(toX, toY, { steps: 3 });
      }
      await page.mouse.up();
    }
    await page.getByRole("button", { name: "Next" }).click();
  }
  await page.getByRole("button", { name: "Use these drawings" }).click();
}

const server = await preview({
  root: join(ROOT, "web"),
  preview: { port: 4190, strictPort: false },
  logLevel: "error",
});
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
try {
  mkdirSync(options.out, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.resolvedUrls?.local[0] ?? "");
  await page.locator("gv-welcome-panel #pictures").click();
  const [first = ""] = options.data;
  const chosenAt = Date.now();
  if (options.draw) {
    await drawHouses(page, Number(options.draw));
  } else {
    const input = page.locator(`gv-pictures-dialog #${isWhole(first) ? "folder" : "files"}`);
    await input.setInputFiles(isWhole(first) ? first : options.data.flatMap(filesIn));
  }
  const summary = page.locator("gv-set-sheet #summary");
  await summary.waitFor({ timeout: 120_000 });
  if (options.side) await page.locator("#side").selectOption(options.side);
  const read = ((Date.now() - chosenAt) / 1000).toFixed(1);
  console.log(`${await summary.textContent()}, read in ${read} s`);
  await page.screenshot({ path: join(options.out, "sheet.png") });
  await page.locator("gv-pictures-dialog #train-on").click();
  const images = page.locator("#images");
  await images.waitFor();
  const start = Date.now();
  await page.screenshot({ path: join(options.out, "0.png") });
  for (const seconds of options.seconds.split(",").map(Number)) {
    await page.waitForTimeout(Math.max(0, start + 1000 * seconds - Date.now()));
    await page.screenshot({ path: join(options.out, `${seconds}.png`) });
    const [seen, steps] = await Promise.all([images.textContent(), page.locator("#steps").textContent()]);
    const [health] = await page.locator("gv-health-view").allInnerTexts();
    console.log(`${seconds} s: ${seen} images, ${steps} steps; ${health.replaceAll("\n", " ")}`);
  }
} finally {
  await browser.close();
  await server.close();
}
