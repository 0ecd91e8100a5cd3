// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The sample grid: its size, the loupe, earlier steps, and the film; and the curves next to it.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { contrast, expect, pixelsOf, settled, test } from "./app_page";

test("draws grids of any size, by hand and by link", async ({ app }) => {
  await app.open("?examples=1000&grid=16");
  await app.trainAtLeast(1);
  await expect(app.page.locator("#grid")).toHaveValue("16");
  const many = await app.settledPixels();
  await app.page.locator("#grid").selectOption("4");
  await expect.poll(() => app.pixels()).not.toEqual(many);
  expect(new URL(app.page.url()).searchParams.get("grid")).toBe("4");
  expect(contrast(await app.pixels())).toBeGreaterThan(5);
});

test("enlarges a sample under the pointer and by keys", async ({ app }) => {
  await app.open();
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  const loupe = app.page.locator("gv-loupe");
  const area = app.page.locator("#samples");
  const { width } = (await area.boundingBox()) ?? { width: 0 };
  await area.hover({ position: { x: width * 0.35, y: width * 0.15 } });
  await expect(loupe).toContainText("Sample 14");
  await expect(loupe).toContainText("Requested: a 3");
  await app.page.mouse.move(0, 0);
  await expect(loupe).toHaveCount(0);
  await area.focus();
  await app.page.keyboard.press("ArrowRight");
  await expect(loupe).toContainText(/Sample 1(?!\d)/);
  await app.page.keyboard.press("ArrowDown");
  await expect(loupe).toContainText("Sample 11");
  await app.page.keyboard.press("Escape");
  await expect(loupe).toHaveCount(0);
});

test("shows D's score of a sample and the nearest real digit", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(60);
  await app.page.locator("#samples").focus();
  await app.page.keyboard.press("ArrowRight");
  const loupe = app.page.locator("gv-loupe");
  await expect(loupe).toContainText("D’s probability of real:");
  await expect(loupe).toContainText(/Nearest real digit\s*Distance: \d+\.\d/);
  const grids = loupe.locator("gv-image-grid canvas");
  await expect(grids).toHaveCount(2);
});

test("moves through the film by mouse and keys, and continues from the latest step", async ({
  app,
}) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(60);
  const now = await app.settledPixels();
  const strip = app.page.getByRole("slider", { name: "Film" });
  const { x, y, width, height } = (await strip.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  await app.page.mouse.click(x + 2, y + height / 2);
  await expect(app.page.locator("figcaption")).toContainText("at step 0");
  const first = await app.pixels();
  expect(first).not.toEqual(now);
  await strip.press("ArrowRight");
  await expect(app.page.locator("figcaption")).not.toContainText("at step 0");
  await app.page.mouse.click(x + width - 2, y + height / 2);
  await expect.poll(() => app.pixels()).toEqual(now);
  await strip.press("Home");
  await expect.poll(() => app.pixels()).toEqual(first);
  const step = await app.step();
  await app.play.click();
  await app.waitForStep(step + 5);
  await expect(app.page.locator("figcaption")).not.toContainText("at step 0");
});

test("plays the film, and saves it as an animated GIF", async ({ app }) => {
  await app.open("?examples=1000&grid=4");
  await app.trainAtLeast(40);
  // The first frame lasts only a moment.
  const captions = await app.page.locator("figcaption").evaluateHandle((caption) => {
    const texts: (string | null)[] = [];
    const changes = { subtree: true, childList: true, characterData: true };
    new MutationObserver(() => texts.push(caption.textContent)).observe(caption, changes);
    return texts;
  });
  await app.page.locator("#film-play").click();
  await expect.poll(() => captions.evaluate((texts) => texts.join())).toContain("at step 0");
  await expect(app.page.locator("#film-play")).toHaveAttribute("aria-label", "Play the film");
  const downloading = app.page.waitForEvent("download");
  await app.page.locator("#film-save").click();
  await app.page.locator("gv-film-dialog input[value=gif]").check();
  await app.page.locator("gv-film-dialog #save").click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("ganvas-quick-seed1.gif");
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 6).toString()).toBe("GIF89a");
  // Each frame has a graphic control extension.
  const pictures = bytes.toString("latin1").split("\x21\xf9\x04").length - 1;
  expect(pictures).toBeGreaterThan(2);
  // The browser can decode it.
  const size = await app.page.evaluate(
    async (data) => {
      const picture = await createImageBitmap(
        new Blob([new Uint8Array(data)], { type: "image/gif" }),
      );
      return [picture.width, picture.height];
    },
    [...bytes],
  );
  expect(size).toEqual([460, 460]);
});

test("saves the curves, and compares them with the previous run", async ({ app }) => {
  await app.open("?examples=1000&speed=60");
  await app.trainAtLeast(30);
  const steps = await app.step();
  const downloading = app.page.waitForEvent("download");
  await app.page.locator("#csv").click();
  const csv = await readFile(await (await downloading).path(), "utf8");
  const rows = csv.trim().split("\n");
  expect(rows[0]).toBe("step,lossD,lossG,dReal,dFake");
  expect(rows.length).toBe(1 + steps);
  const columns = rows[0]?.split(",").length;
  for (const [index, row] of rows.slice(1).entries()) {
    const numbers = row.split(",").map(Number.parseFloat);
    expect(numbers.length).toBe(columns);
    expect(numbers[0]).toBe(index + 1);
    expect(numbers.every(Number.isFinite)).toBe(true);
  }
  await expect(app.page.locator("#compare")).toHaveCount(0);
  await app.page.locator("#reseed").click();
  await expect(app.page.locator("#steps")).toHaveText("0");
  await app.page.locator("#compare").check();
  await expect(app.page.locator(".runs")).toContainText("quick, seed 1");
});

test("zooms into a dragged range of steps, and out again", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(60);
  const { x, y, width, height } = (await app.page.locator("#losses .u-over").boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  };
  // As a digest, since what differs in so many numbers takes long to print.
  const drawn = async () => {
    const pixels = await pixelsOf(app.page.locator("#losses canvas"), 200);
    return createHash("sha256").update(Uint8Array.from(pixels)).digest("hex");
  };
  // A chart is drawn at most ten times a second, so the last steps may still be missing.
  const whole = await settled(app.page, drawn);
  await app.page.mouse.move(x + width * 0.3, y + height / 2);
  await app.page.mouse.down();
  await app.page.mouse.move(x + width * 0.6, y + height / 2, { steps: 4 });
  await app.page.mouse.up();
  await expect.poll(drawn).not.toEqual(whole);
  await app.page.locator("#zoom-out").click();
  await expect(app.page.locator("#zoom-out")).toHaveCount(0);
  await app.page.mouse.move(0, 0);
  await expect.poll(drawn).toEqual(whole);
  await app.page.locator("#log").check();
  await expect.poll(drawn).not.toEqual(whole);
  const logarithmic = await drawn();
  await app.page.locator("#smoothing").press("End");
  await expect.poll(drawn).not.toEqual(logarithmic);
});

test("describes the state of the run in words", async ({ app }) => {
  // A run that a link opens waits to be played.
  await app.open("?view=train&examples=1000");
  await expect(app.page.locator("gv-health-view")).toHaveAttribute("data-diagnosis", "starting");
  await app.play.click();
  await app.waitForStep(120);
  await expect(app.page.locator("gv-health-view")).not.toHaveAttribute(
    "data-diagnosis",
    "starting",
  );
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("the pretrained digits stand still", async ({ app }) => {
    await app.open();
    await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
    const first = await app.settledPixels();
    await app.page.waitForTimeout(1500);
    expect(await app.pixels()).toEqual(first);
  });
});

test("the pretrained digits move", async ({ app }) => {
  await app.open();
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  const first = await app.pixels();
  await expect.poll(() => app.pixels()).not.toEqual(first);
});
