// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Points in the plane: generated points move to the real ones, layers can be hidden, and drawn
// points are learned, also from a link.

import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test, violations } from "./app_page";

interface LivePoints {
  readonly samples: { readonly values: Float32Array } | null;
  readonly realPoints: Float32Array | null;
}

/** The points shown on the page. */
async function pointsOf(page: Page, which: "generated" | "real"): Promise<number[]> {
  return page.locator("gv-frame").evaluate((app, wanted) => {
    const { live } = (app as unknown as { controller: { live: LivePoints } }).controller;
    const points = wanted === "real" ? live.realPoints : live.samples?.values;
    return Array.from(points?.subarray(0, 800) ?? []);
  }, which);
}

/** Mean distance of points from the ring of radius 0.7. */
function offRing(points: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < points.length; at += 2) {
    sum += Math.abs(Math.hypot(points[at] ?? 0, points[at + 1] ?? 0) - 0.7);
  }
  return sum / (points.length / 2);
}

/** Number of clearly blue pixels, as of real points. */
async function bluePixels(page: Page): Promise<number> {
  return page.locator("#plane canvas").evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(element as HTMLCanvasElement, 0, 0);
    const pixels = context?.getImageData(0, 0, width, height).data ?? [];
    let count = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const [r = 0, , b = 0, a = 0] = [pixels[at], 0, pixels[at + 2], pixels[at + 3]];
      if (a > 200 && b > 150 && b - r > 90) count += 1;
    }
    return count;
  });
}

test("generated points move to the ring, without any download of digits", async ({ app }) => {
  const fetched: string[] = [];
  app.page.on("request", (request) => fetched.push(request.url()));
  await app.open("?preset=toy2d&view=train&speed=max");
  await expect(app.play).toBeEnabled();
  await expect.poll(async () => (await pointsOf(app.page, "generated")).length).toBe(800);
  expect(offRing(await pointsOf(app.page, "real"))).toBeLessThan(0.05);
  expect(offRing(await pointsOf(app.page, "generated"))).toBeGreaterThan(0.3);
  await app.play.click();
  await app.waitForStep(3000);
  await app.pause();
  expect(offRing(await pointsOf(app.page, "generated"))).toBeLessThan(0.12);
  await expect(app.page.locator("gv-step-diagram gv-image-grid")).toHaveCount(2);
  // Measured some pictures of the film at a time, the last ones after the run has paused.
  const distance = async () => (await app.page.locator("#distance").textContent()) ?? "";
  await expect.poll(async () => Number((await distance()).replace("< ", ""))).toBeLessThan(0.05);
  await expect(app.page.locator("#coverage")).toHaveText(/^\d+ %$/);
  const saved = app.page.waitForEvent("download");
  await app.page.locator("#film-save").click();
  await app.page.locator("gv-film-dialog input[value=gif]").check();
  await app.page.locator("gv-film-dialog #save").click();
  const film = await saved;
  expect(film.suggestedFilename()).toBe("ganvas-toy2d-seed1.gif");
  expect((await readFile(await film.path())).subarray(0, 6).toString()).toBe("GIF89a");
  expect(fetched.filter((url) => url.includes(".wasm")).length).toBeGreaterThan(0);
  expect(fetched.filter((url) => url.includes("mnist"))).toEqual([]);
});

test("shows D's score at a place, by pointer and by keys", async ({ app }) => {
  await app.open("?preset=toy2d&view=train");
  await expect(app.play).toBeEnabled();
  const plane = app.page.locator("#plane");
  const { width } = (await plane.boundingBox()) ?? { width: 0 };
  await plane.hover({ position: { x: width * 0.9, y: width * 0.1 } });
  await expect(app.page.locator("#readout")).toContainText("(1.00, 1.00)");
  await expect(app.page.locator("#readout")).toContainText("% likely to be real");
  await app.page.mouse.move(0, 0);
  await expect(app.page.locator("#readout")).toHaveCount(0);
  await plane.focus();
  await app.page.keyboard.press("ArrowUp");
  await app.page.keyboard.press("ArrowUp");
  await expect(app.page.locator("[role=status]")).toContainText("(0.00, 0.05)");
  await app.page.keyboard.press("Escape");
  await expect(app.page.locator("#readout")).toHaveCount(0);
});

test("layers can be hidden, also by a link", async ({ app }) => {
  await app.open("?preset=toy2d&view=train&hide=field");
  await expect(app.page.locator("[data-layer=field]")).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => bluePixels(app.page)).toBeGreaterThan(500);
  const real = app.page.locator("[data-layer=points]");
  await real.focus();
  await app.page.keyboard.press("Space");
  await expect(real).toHaveAttribute("aria-pressed", "false");
  await expect.poll(() => bluePixels(app.page)).toBe(0);
  expect(new URL(app.page.url()).searchParams.get("hide")).toBe("points,field");
  await real.click();
  await expect.poll(() => bluePixels(app.page)).toBeGreaterThan(500);
  expect(new URL(app.page.url()).searchParams.get("hide")).toBe("field");
});

test("learns another distribution once it is chosen", async ({ app }) => {
  await app.open("?preset=toy2d&view=train");
  await expect(app.play).toBeEnabled();
  expect((await pointsOf(app.page, "real")).length).toBe(800);
  await app.page.locator("gv-distributions input[value=line]").check();
  // The ring's points go first, and those of the line come a moment later.
  await expect(async () => {
    const line = await pointsOf(app.page, "real");
    expect(line.length).toBe(800);
    for (let at = 0; at < line.length; at += 2) {
      // y is half of x.
      expect(Math.abs((line[at + 1] ?? 0) - (line[at] ?? 0) / 2)).toBeLessThan(0.15);
    }
  }).toPass({ timeout: 20_000 });
  expect(new URL(app.page.url()).searchParams.get("data")).toBe("line");
});

test("learns drawn points, and a link to them gives the same run", async ({ app }) => {
  await app.open("?preset=toy2d&view=train");
  await expect(app.play).toBeEnabled();
  const ring = await pointsOf(app.page, "real");
  await app.page.locator("#draw").click();
  const pad = app.page.locator("#pad");
  const { x, y, width } = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await app.page.mouse.move(x + width * 0.2, y + width * 0.3);
  await app.page.mouse.down();
  await app.page.mouse.move(x + width * 0.8, y + width * 0.3, { steps: 20 });
  await app.page.mouse.up();
  await expect(app.page.getByRole("dialog").locator("output")).toHaveText(/^4\d points$/);
  await pad.focus();
  await app.page.keyboard.press("ArrowDown");
  await app.page.keyboard.press("Space");
  await expect(app.page.getByRole("dialog").locator("output")).toHaveText(/^4\d points$/);
  expect(await violations(app.page)).toEqual([]);
  await app.page.locator("#learn").click();
  await expect(app.page.locator("gv-distributions input[value=drawn]")).toBeChecked();
  await expect.poll(() => pointsOf(app.page, "real")).not.toEqual(ring);
  await expect(app.play).toBeEnabled();
  const real = await pointsOf(app.page, "real");
  const onLine = real.filter((at, index) => index % 2 === 1 && Math.abs(at - 0.5) < 0.15);
  expect(onLine.length).toBeGreaterThan(0.9 * (real.length / 2));
  const numbers = await app.stepByStep(3);
  const { search } = new URL(app.page.url());
  expect(search).toContain("points=");
  await app.open(search);
  await expect(app.play).toBeEnabled();
  expect(await pointsOf(app.page, "real")).toEqual(real);
  expect(await app.stepByStep(3)).toEqual(numbers);
});

test("reports unreadable points in a link and opens the ring", async ({ app }) => {
  await app.open("?preset=toy2d&view=train&points=%3Cscript%3E&data=cube");
  await expect(app.page.locator("#problems")).toContainText("points=<script>");
  await expect(app.page.locator("#problems")).toContainText("data=cube");
  await expect(app.play).toBeEnabled();
  expect(offRing(await pointsOf(app.page, "real"))).toBeLessThan(0.05);
});

test.describe("on a phone, in the dark", () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: "dark",
  });

  test("the plane is accessible", async ({ app }) => {
    await app.open("?preset=toy2d&view=train");
    await app.play.click();
    await app.waitForStep(50);
    await app.pause();
    expect(await violations(app.page)).toEqual([]);
  });
});
