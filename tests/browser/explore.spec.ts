// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The Explore view: tools show the core's results, links restore them, and unsuitable files change
// nothing.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { type AppPage, expect, settled, test, violations } from "./app_page";

type Floats = Float32Array<ArrayBuffer>;

/** The parts of the page's explorer that the tests use. */
interface Explored {
  readonly explorer: {
    /** The position of the current tool. */
    readonly at: readonly number[];
    readonly state: {
      readonly model: {
        readonly name: string;
        readonly config: { readonly latent_size: number };
        readonly session: {
          drawLatents(options: { count: number; seed: number }): Promise<Floats>;
          latentPlane(options: object): Promise<Floats>;
          generate(options: object): Promise<Floats>;
        };
      };
    };
  };
}

async function explore(app: AppPage, search: string): Promise<void> {
  await app.open(`?view=explore${search}`);
  await expect(app.page.locator("gv-explore #panel > *")).toBeVisible();
}

/** Rounded, because the page's values have passed through JSON. */
function pixelsOfPicture(picture: Locator): Promise<number[]> {
  return picture.evaluate((element) => {
    const { image } = element as unknown as { image: Float32Array | null };
    return Array.from(image ?? [], (value) => Math.round(value * 1000) / 1000);
  });
}

function samplePixels(page: Page): Promise<number[]> {
  return pixelsOfPicture(page.locator("#sample"));
}

/** The model's image for one latent of a seed, with class `label`. */
function sampleOf(
  page: Page,
  of: { seed: number; index: number; label: number; scale?: number },
): Promise<number[]> {
  return page.locator("gv-explore").evaluate(async (view, { seed, index, label, scale = 1 }) => {
    const { session, config } = (view as unknown as Explored).explorer.state.model;
    const size = config.latent_size;
    const drawn = await session.drawLatents({ count: index + 1, seed });
    const latents = drawn.slice(index * size).map((value) => scale * value);
    const image = await session.generate({ latents, labels: Uint8Array.of(label) });
    return Array.from(image, (value) => Math.round(value * 1000) / 1000);
  }, of);
}

async function setRange(range: Locator, value: number): Promise<void> {
  await range.evaluate((element, to) => {
    (element as HTMLInputElement).value = String(to);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);
}

function searchOf(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

test("dragging over the map selects the latent at that position, and a link restores it", async ({
  app,
}) => {
  await explore(app, "&digit=4");
  const map = app.page.locator("#map");
  const { x, y, width, height } = (await map.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await app.page.mouse.move(x + width / 2, y + height / 2);
  await app.page.mouse.down();
  await app.page.mouse.move(x + (width * 5.5) / 7, y + (height * 1.5) / 7, { steps: 5 });
  await app.page.mouse.up();
  // Fifth thumbnail of the second row, computed by the core.
  const there = await app.page.locator("gv-explore").evaluate(async (view) => {
    const { session, config } = (view as unknown as Explored).explorer.state.model;
    const drawn = await session.drawLatents({ count: 3, seed: 1 });
    const at = (rows: Floats, index: number) =>
      rows.slice(index * config.latent_size, (index + 1) * config.latent_size);
    const [origin, right, below] = [at(drawn, 0), at(drawn, 1), at(drawn, 2)];
    const sheet = await session.latentPlane({ origin, right, below, rows: 7, columns: 7 });
    return Array.from(await session.generate({ latents: at(sheet, 12), labels: Uint8Array.of(4) }));
  });
  await expect
    .poll(async () => largestDifference(await samplePixels(app.page), there))
    .toBeLessThan(0.2);
  const before = await samplePixels(app.page);
  await map.press("ArrowRight");
  await expect.poll(() => samplePixels(app.page)).not.toEqual(before);
  const moved = await settled(app.page, () => samplePixels(app.page));
  expect(moved.length).toBe(784);
  const at = await app.page
    .locator("gv-explore")
    .evaluate((view) => (view as unknown as Explored).explorer.at.join());
  // The address is written with a delay.
  await expect.poll(() => searchOf(app.page).get("at")).toBe(at);
  await app.page.reload();
  await expect.poll(() => samplePixels(app.page)).toEqual(moved);
});

test("the ends of a path are the chosen samples", async ({ app }) => {
  await explore(app, "&tool=path&z=5");
  const page = app.page;
  await page.locator("[data-sample='2']").click();
  await page.locator("[data-sample='17']").click();
  await setRange(page.locator("#between"), 0);
  await expect
    .poll(() => samplePixels(page))
    .toEqual(await sampleOf(page, { seed: 5, index: 2, label: 2 }));
  await page.locator("#play").click();
  await expect(page.locator("#play")).toHaveAttribute("aria-label", "Pause");
  await setRange(page.locator("#between"), 100);
  await expect
    .poll(() => samplePixels(page))
    .toEqual(await sampleOf(page, { seed: 5, index: 17, label: 7 }));
});

test("one latent gives all ten digits, and two digits can be mixed", async ({ app }) => {
  await explore(app, "&tool=digit&z=9&digit=3");
  const page = app.page;
  for (const label of [0, 7]) {
    await expect
      .poll(() => pixelsOfPicture(page.locator(`#digit [data-digit='${label}'] gv-picture`)))
      .toEqual(await sampleOf(page, { seed: 9, index: 0, label }));
  }
  await page.locator("#other [data-digit='6']").click();
  await setRange(page.locator("#mix"), 100);
  await expect
    .poll(() => samplePixels(page))
    .toEqual(await sampleOf(page, { seed: 9, index: 0, label: 6 }));
  await expect.poll(() => searchOf(page).get("at")).toBe("0,6,1");
  // An unconditional model shows an explanation and a button for a conditional one.
  await page.locator("#model").selectOption("dcgan");
  await page.locator("#conditional").click();
  await expect(page.locator("#digit")).toBeVisible();
});

test("truncation reduces the differences between samples", async ({ app }) => {
  await explore(app, "&tool=variety&truncation=0.5");
  const page = app.page;
  await expect(page.locator("#truncation")).toHaveValue("50");
  await expect(page.locator("#variety")).not.toContainText("100");
  await setRange(page.locator("#truncation"), 0);
  await expect(page.locator("#variety")).toContainText(/^0/);
  await expect.poll(() => searchOf(page).get("truncation")).toBe("0");
});

test("a slider changes one number of the latent, and a button sets all to 0", async ({ app }) => {
  await explore(app, "&tool=axes&z=2&digit=5");
  const page = app.page;
  const drawn = await sampleOf(page, { seed: 2, index: 0, label: 5 });
  await expect(page.locator("[data-axis]")).toHaveCount(16);
  await expect.poll(async () => (await samplePixels(page)).length).toBe(784);
  await setRange(page.locator("[data-axis='3']"), 2.5);
  // The image previously shown at the slider's end.
  await expect
    .poll(async () => largestDifference(await samplePixels(page), drawn))
    .toBeGreaterThan(0.1);
  const end = page.locator(".axis", { has: page.locator("[data-axis='3']") }).locator("gv-picture");
  expect(await samplePixels(page)).toEqual(await pixelsOfPicture(end.last()));
  await page.locator("#zero").click();
  const middle = await sampleOf(page, { seed: 2, index: 0, label: 5, scale: 0 });
  await expect.poll(() => samplePixels(page)).toEqual(middle);
  await page.locator("#all").click();
  await expect(page.locator("[data-axis]")).toHaveCount(32);
});

test("a drawn stroke gets a score and the generator's nearest image", async ({ app }) => {
  await explore(app, "&tool=draw");
  const page = app.page;
  const score = (): Promise<number> =>
    page.locator("[data-score]").evaluate((element) => Number(element.getAttribute("data-score")));
  await expect.poll(score).toBeGreaterThan(0);
  const ofExample = await score();
  const pad = page.locator("gv-drawing-pad");
  const { x, y, width } = (await pad.boundingBox()) ?? { x: 0, y: 0, width: 0 };
  await page.mouse.move(x + 0.6 * width, y + 0.2 * width);
  await page.mouse.down();
  await page.mouse.move(x + 0.4 * width, y + 0.8 * width, { steps: 8 });
  await page.mouse.up();
  await expect.poll(score).not.toBe(ofExample);
  await expect(page.locator("gv-score-view")).toContainText("Most likely digit: 1");
  // The search ends at an image of a one, nearer to the stroke than a blank image.
  await expect(page.locator("gv-draw-tool")).toContainText("Requested digit: 1");
  const error = page.locator("[data-error]");
  await expect.poll(async () => Number(await error.getAttribute("data-error"))).toBeLessThan(0.05);
  await page.locator("#undo").click();
  await expect(page.locator("gv-draw-tool")).toContainText("Nothing to score yet");
  await expect(page.locator("gv-draw-tool")).toContainText("Nothing to search for yet");
  await pad.press("Tab");
  await page.locator("gv-draw-tool .examples [data-digit='8']").press("Enter");
  await expect(page.locator("gv-score-view")).toContainText("Most likely digit: 8");
  await expect(error).toBeVisible();
});

test("an unsuitable file is reported, and the previous model stays", async ({ app }) => {
  await explore(app, "&tool=variety");
  const page = app.page;
  const file = page.locator("#file");
  await file.setInputFiles({
    name: "holiday.safetensors",
    mimeType: "application/octet-stream",
    buffer: Buffer.from("<!doctype html><title>no model</title>"),
  });
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("“holiday.safetensors” could not be opened.");
  await expect(alert).toContainText("The previous generator stays in use.");
  await expect(page.locator("#model")).toHaveValue("conditional");
  await alert.getByRole("button").click();
  await expect(alert).toHaveCount(0);
  // The same by dropping the file on the view.
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(64)], "zeros.bin"));
    return data;
  });
  await page.locator(".frame").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(alert).toContainText("“zeros.bin” could not be opened.");
  const model = new URL("../../assets/models/seed.safetensors", import.meta.url);
  await file.setInputFiles(fileURLToPath(model));
  await expect(page.locator("#model")).toHaveValue("file");
  await expect(page.locator("#model option:checked")).toHaveText("seed.safetensors");
});

test("files of PyTorch and ONNX are told, with the Python that makes a model of them", async ({
  app,
}) => {
  await explore(app, "&tool=variety");
  const alert = app.page.getByRole("alert");
  for (const [name, bytes, words, code] of [
    [
      "G's.pth",
      "PK\u0003\u0004 and a pickle",
      "It is a file of torch.save",
      "torch.load('G\\'s.pth', ",
    ],
    ["G.onnx", "\b\b\u0012", "It is an ONNX file.", "onnx.load('G.onnx')"],
  ] as const) {
    const buffer = Buffer.from(bytes, "latin1");
    await app.page
      .locator("#file")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await expect(alert).toContainText(words);
    await expect(alert).toContainText(code);
  }
});

/** The name and the bytes of the file that this entry of the list saves. */
async function downloaded(page: Page, entry: string) {
  const saved = page.waitForEvent("download");
  await page.locator("#download").selectOption(entry);
  const download = await saved;
  await expect(page.locator("#download")).toBeEnabled();
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("the model in use can be saved as weights and as ONNX", async ({ app }) => {
  await explore(app, "&model=dcgan");
  const { page } = app;
  const own = new URL("../../assets/models/", import.meta.url);
  const weights = await downloaded(page, "weights");
  expect(weights.name).toBe("ganvas-dcgan-seed1.safetensors");
  expect(weights.bytes.equals(await readFile(new URL("dcgan.safetensors", own)))).toBe(true);
  const generator = await downloaded(page, "generator");
  expect(generator.name).toBe("ganvas-dcgan-seed1-generator.onnx");
  // IR version 8, and one of the weights' names.
  expect([...generator.bytes.subarray(0, 2)]).toEqual([8, 8]);
  expect(generator.bytes.includes("2.running_var")).toBe(true);
  await expect(page.locator("#download")).not.toContainText("Discriminator");

  await page
    .locator("#file")
    .setInputFiles(fileURLToPath(new URL("discriminator.safetensors", own)));
  await expect(page.locator("#download")).toContainText("Discriminator");
  const discriminator = await downloaded(page, "discriminator");
  expect(discriminator.name).toBe("ganvas-acgan-seed1-discriminator.onnx");
  expect(discriminator.bytes.includes("class_logits")).toBe(true);
});

test("the user's run can be explored, and its discriminator scores drawings", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(5);
  const page = app.page;
  await page.locator("#view-explore").click();
  await page.locator("#tab-draw").click();
  await page.locator("#judge").selectOption("run");
  await expect(page.locator("gv-score-view")).toContainText("Most likely digit:");
  await page.locator("#model").selectOption("run");
  await expect
    .poll(() =>
      page
        .locator("gv-explore")
        .evaluate((view) => (view as unknown as Explored).explorer.state.model.name),
    )
    .toBe("run");
});

async function complaints(page: Page): Promise<string[]> {
  await expect(page.locator("#sample, #grid, #nearest").first()).toBeVisible();
  return violations(page);
}

test("every tool is accessible and reachable by keyboard", async ({ app }) => {
  await explore(app, "");
  await app.page.locator("#tab-plane").focus();
  for (let tool = 0; tool < 6; tool += 1) {
    expect(await complaints(app.page)).toEqual([]);
    await app.page.keyboard.press("ArrowRight");
  }
  await expect(app.page.locator("#tab-plane")).toHaveAttribute("aria-selected", "true");
});

test.describe("in the dark theme", () => {
  test.use({ colorScheme: "dark" });

  test("elements with their own colours are accessible", async ({ app }) => {
    await explore(app, "&tool=draw");
    await expect(app.page.locator("gv-score-view")).toContainText("Most likely digit:");
    expect(await complaints(app.page)).toEqual([]);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("dragging on the map changes the sample, and nothing scrolls sideways", async ({ app }) => {
    await explore(app, "");
    await expect.poll(() => samplePixels(app.page)).not.toEqual([]);
    const before = await samplePixels(app.page);
    await app.page.locator("#map").tap({ position: { x: 40, y: 300 } });
    await expect.poll(() => samplePixels(app.page)).not.toEqual(before);
    await expect(app.page.locator("#sample")).toBeInViewport({ ratio: 0.9 });
    for (const tool of ["path", "digit", "variety", "axes", "draw"]) {
      await app.page.locator(`#tab-${tool}`).tap();
      await expect(app.page.locator("#sample, #grid, #nearest").first()).toBeVisible();
      expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
  });
});

function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0);
}
