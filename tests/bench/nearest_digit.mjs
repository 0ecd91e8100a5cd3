// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How soon Explore's drawing tool answers: the time from a movement of the pen to the frame that shows another nearest picture.
// Strokes begin after the search for the one before has finished, and their later movements find it at work.
//
//   ./build-wasm.sh && node tests/bench/nearest_digit.mjs [--strokes 20] [--threads 1]

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MOVEMENTS_A_STROKE = 4;
const PAUSE_MS = 400;

const { values: options } = parseArgs({
  options: { strokes: { type: "string", default: "20" }, threads: { type: "string", default: "1" } },
});

const server = await preview({ root: `${ROOT}web`, logLevel: "error", preview: { port: 0 } });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

/** Runs in the page: notes when the pen moves, and the first frame after it with another picture. */
function watch(/** @type {Element} */ tool) {
  const root = /** @type {ShadowRoot} */ (tool.shadowRoot);
  const shown = () => /** @type {any} */ (root.querySelector("#nearest")).image;
  /** @type {number[]} */
  const waits = [];
  let [moved, before] = [0, shown()];
  const frame = () => {
    if (moved > 0 && shown() !== before) {
      waits.push(performance.now() - moved);
      moved = 0;
    }
    requestAnimationFrame(frame);
  };
  const note = (/** @type {Event} */ event) => {
    if (event.type === "pointermove" && /** @type {PointerEvent} */ (event).buttons === 0) return;
    [moved, before] = [event.timeStamp, shown()];
  };
  for (const type of ["pointerdown", "pointermove"]) root.addEventListener(type, note, true);
  requestAnimationFrame(frame);
  Object.assign(globalThis, { waits });
}

const percent = (/** @type {number[]} */ sorted, /** @type {number} */ share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]?.toFixed(0);

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${server.resolvedUrls?.local[0]}?view=explore&tool=draw&threads=${options.threads}`);
  const finished = page.getByText("Search finished.");
  await finished.waitFor({ timeout: 60_000 });
  await page.locator("gv-draw-tool").evaluate(watch);
  const box = await page.locator("gv-drawing-pad").boundingBox();
  if (box === null) throw new Error("The drawing pad is not to be seen.");
  for (let stroke = 0; stroke < Number(options.strokes); stroke += 1) {
    await page.locator("#clear").click();
    const at = (/** @type {number} */ move) => [
      box.x + box.width * (0.3 + 0.02 * (stroke % 20) + 0.02 * move),
      box.y + box.height * (0.2 + 0.15 * move),
    ];
    const [x = 0, y = 0] = at(0);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.waitForTimeout(PAUSE_MS);
    for (let move = 1; move <= MOVEMENTS_A_STROKE; move += 1) {
      const [moveX = 0, moveY = 0] = at(move);
      await page.mouse.move(moveX, moveY);
      await page.waitForTimeout(PAUSE_MS);
    }
    await page.mouse.up();
    await finished.waitFor({ timeout: 60_000 });
  }
  const waits = await page.evaluate(() => /** @type {{ waits: number[] }} */ (/** @type {unknown} */ (globalThis)).waits);
  waits.sort((a, b) => a - b);
  console.log(
    `${waits.length} answers: median ${percent(waits, 0.5)} ms, 90 % ${percent(waits, 0.9)}, slowest ${percent(waits, 1)}`,
  );
} finally {
  await browser.close();
  await server.close();
}
