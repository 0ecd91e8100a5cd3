// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures that are not digits: a generator of colours from a file in every tool of Explore, and its
// run with its film in Train. Networks have random weights; the truth is what the core draws.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { type AppPage, expect, test, violations } from "./app_page";
import { decodeAlone } from "./film_files";

const SIDE = 16;
const AREA = SIDE * SIDE;
const SIZE = 3 * AREA;

/** A conditional generator of pictures of SIDE x SIDE in colour, and its discriminator. */
const COLORED = {
  preset: "quick",
  sample_shape: [3, SIDE, SIDE],
  generator: {
    layers: [
      { type: "class_concat" },
      { type: "linear", out_features: SIZE },
      { type: "reshape", channels: 3, height: SIDE, width: SIDE },
      { type: "tanh" },
    ],
  },
  discriminator: {
    layers: [
      { type: "conv2d", out_channels: 8, kernel_size: 4, stride: 2, padding: 1 },
      { type: "leaky_relu" },
      { type: "flatten" },
      { type: "class_projection" },
      { type: "sigmoid" },
    ],
  },
};

/** Instead of ten without names. */
interface Classes {
  readonly classes?: number;
  readonly class_names?: readonly string[];
}

interface Session {
  save(): Promise<Uint8Array>;
  dispose(): Promise<void>;
  drawLatents(options: object): Promise<Float32Array>;
  generate(options: object): Promise<Float32Array>;
}

interface Core {
  readonly controller: {
    readonly client: { createSession(config: object): Promise<Session> };
    readonly training: { readonly film: Film };
    readonly live: {
      readonly samples: { readonly values: Float32Array } | null;
      changed(): void;
    };
  };
}

interface Explored {
  readonly explorer: {
    readonly state: {
      readonly model: { classes: readonly string[]; readonly session: Session };
      readonly choice: { readonly latent: number; readonly truncation: number };
    };
    choose(part: object): void;
  };
}

interface Film {
  clear(): void;
  offer(step: number, values: Float32Array): void;
}

/** The checkpoint of a run of COLORED at its start, by the page's own core. */
async function checkpoint(page: Page, classes: Classes = {}): Promise<Buffer> {
  const config = { ...COLORED, ...classes };
  const bytes = await page.locator("gv-explore").evaluate(async (view, wanted) => {
    const session = await (view as unknown as Core).controller.client.createSession(wanted);
    const saved = Array.from(await session.save());
    await session.dispose();
    return saved;
  }, config);
  return Buffer.from(bytes);
}

/** Opens Explore with COLORED from a dropped file. */
async function exploreColored(app: AppPage, classes: Classes = {}): Promise<void> {
  const { page } = app;
  await app.open("?view=explore");
  await expect(page.locator("gv-explore #panel > *")).toBeVisible();
  const bytes = await checkpoint(page, classes);
  const dropped = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(content)], "colours.safetensors"));
    return data;
  }, Array.from(bytes));
  await page.locator(".frame").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.locator("#model option:checked")).toHaveText("colours.safetensors");
}

/** Whether a picture's canvas shows its values in their own colours. */
async function expectOwnColors(picture: Locator): Promise<void> {
  await expect(async () => {
    const worst = await picture.evaluate((element) => {
      const { image } = element as unknown as { image: Float32Array | null };
      const canvas = element.shadowRoot?.querySelector("canvas");
      if (!image || !canvas) return Number.POSITIVE_INFINITY;
      const area = canvas.width * canvas.height;
      if (image.length !== 3 * area) return Number.POSITIVE_INFINITY;
      const { data } =
        canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
      return Array.from(image).reduce((most, value, at) => {
        const shown = data?.[4 * (at % area) + Math.floor(at / area)] ?? Number.NaN;
        return Math.max(most, Math.abs(shown - (value + 1) * 127.5));
      }, 0);
    });
    expect(worst).toBeLessThanOrEqual(1);
  }).toPass();
}

/** Runs in the page: a picture's values. */
function imageOf(picture: Element): number[] {
  return Array.from((picture as unknown as { image: Float32Array | null }).image ?? []);
}

/** How far the colours of a canvas are from grey: the largest difference of two channels. */
function colorfulness(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d");
    copy?.drawImage(element as HTMLCanvasElement, 0, 0);
    const data = copy?.getImageData(0, 0, width, height).data ?? [];
    let most = 0;
    for (let at = 0; at < data.length; at += 4) {
      most = Math.max(most, Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)));
    }
    return most;
  });
}

test("a generator of colours is explored in its own colours", async ({ app }) => {
  test.setTimeout(120_000);
  await exploreColored(app);
  const { page } = app;
  await expect(page.locator(".about")).toContainText("the class to draw");
  await expectOwnColors(page.locator("#sample"));
  // The map is drawn after the sample.
  const map = page.locator("#map gv-image-grid canvas");
  await expect.poll(() => colorfulness(map)).toBeGreaterThan(20);
  for (const [tool, pictures] of [
    ["path", "#sample, .strip gv-picture, #offers gv-picture"],
    ["digit", "#sample, .strip gv-picture, #digit gv-picture, #styles gv-picture"],
    ["axes", "#sample, .axis gv-picture"],
    ["draw", "#sample, .offers gv-picture, #nearest"],
  ] as const) {
    await page.locator(`#tab-${tool}`).click();
    await expect(page.locator("#sample")).toBeVisible();
    for (const picture of await page.locator(pictures).all()) await expectOwnColors(picture);
  }
  expect(await violations(page)).toEqual([]);
  await page.locator("#tab-variety").click();
  await expect(page.locator("#classes li")).toHaveCount(10);
  const last = page.locator("#classes gv-image-grid canvas").last();
  await expect.poll(() => colorfulness(last)).toBeGreaterThan(20);
});

/** What Variety shows of a class, and what the core draws of it from the same latents. */
async function ofClass(page: Page, index: number, classes: number, each: number) {
  const grid = page.locator("#classes gv-image-grid").nth(index);
  const shown = await grid.evaluate((element) =>
    Array.from(
      (element as unknown as { pictures: { values: Float32Array } | null }).pictures?.values ?? [],
    ),
  );
  const drawn = await page.locator("gv-explore").evaluate(
    async (view, { label, count, every }) => {
      const { state } = (view as unknown as Explored).explorer;
      const { session } = state.model;
      const all = await session.drawLatents({ count, seed: state.choice.latent });
      const width = all.length / count;
      const own = Array.from({ length: count / every }, (_, member) => {
        const from = (member * every + label) * width;
        return [...all.subarray(from, from + width)];
      });
      const labels = new Uint8Array(own.length).fill(label);
      const latents = Float32Array.from(own.flat());
      const { truncation } = state.choice;
      return Array.from(await session.generate({ latents, labels, truncation }));
    },
    { label: index, count: classes * each, every: classes },
  );
  return { shown, drawn };
}

for (const [classes, each] of [
  [3, 30],
  [26, 5],
] as const) {
  test(`Variety shows samples of each of ${classes} classes beside its name`, async ({ app }) => {
    test.setTimeout(120_000);
    const { page } = app;
    const class_names = Array.from({ length: classes }, (_, index) => `kind ${index} of things`);
    await exploreColored(app, { classes, class_names });
    await page.locator("#tab-variety").click();
    const rows = page.locator("#classes li");
    await expect(rows.locator(".name")).toHaveText(class_names);
    await expect(async () => {
      for (const index of [0, classes - 2, classes - 1]) {
        const { shown, drawn } = await ofClass(page, index, classes, each);
        expect(drawn.length).toBe(each * SIZE);
        expect(shown).toEqual(drawn);
      }
    }).toPass();
    await expect(page.locator("#variety")).toContainText("100");
    const last = rows.last();
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
    expect(await colorfulness(last.locator("canvas"))).toBeGreaterThan(20);
    expect(await violations(page)).toEqual([]);
  });
}

test("a sample of colours is scored by its own discriminator, and its latent is found again", async ({
  app,
}) => {
  await exploreColored(app);
  const { page } = app;
  await expect(page.locator("#tab-draw")).toHaveText("Score");
  await page.locator("#tab-draw").click();
  const score = page.locator("[data-score]");
  await expect(score).toBeVisible();
  const first = await score.getAttribute("data-score");
  await expect(page.locator("gv-score-tool")).toContainText("Most likely class:");
  await expect(page.locator(".legend")).toContainText("More light here");
  const error = page.locator("[data-error]");
  await expect.poll(async () => Number(await error.getAttribute("data-error"))).toBeLessThan(0.02);
  await page.locator("[data-sample='4']").click();
  await expect(score).not.toHaveAttribute("data-score", first ?? "");
  // Its saliency is of D's own making: blue and orange over the faint picture.
  const seen = page.locator(".seen canvas");
  expect(await seen.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBe(SIDE);
});

test("more than ten classes are a list of their names", async ({ app }) => {
  await exploreColored(app);
  const { page } = app;
  await page.locator("#tab-axes").click();
  await expect(page.locator("[role=radio]")).toHaveCount(10);
  const before = await page.locator("#sample").evaluate(imageOf);
  // The model's networks know ten classes, so only those are picked.
  await page.locator("gv-explore").evaluate((view) => {
    const { explorer } = view as unknown as Explored;
    explorer.state.model.classes = Array.from({ length: 26 }, (_, index) => `letter ${index}`);
    explorer.choose({});
  });
  const list = page.getByRole("combobox", { name: "Requested class" });
  await expect(list.locator("option")).toHaveCount(26);
  await expect(list.locator("option:checked")).toHaveText("letter 3");
  await list.selectOption("letter 7");
  await expect.poll(() => page.locator("#sample").evaluate(imageOf)).not.toEqual(before);
  await expect.poll(() => new URL(page.url()).searchParams.get("digit")).toBe("7");
});

/** Opens COLORED as a run in Train, with a film of flat colours, one in each step. */
async function trainColored(app: AppPage, colors: readonly (readonly number[])[]): Promise<void> {
  const { page } = app;
  await app.open("?view=explore");
  await expect(page.locator("gv-explore #panel > *")).toBeVisible();
  const buffer = await checkpoint(page);
  await app.open("?view=train&examples=1000");
  await app.openCheckpoint({
    name: "colours.safetensors",
    mimeType: "application/octet-stream",
    buffer,
  });
  const strip = page.locator("gv-film-strip");
  const samples = (): Promise<number> =>
    strip.evaluate(
      (element) => (element as unknown as Core).controller.live.samples?.values.length ?? 0,
    );
  await expect.poll(samples).toBe(100 * SIZE);
  await strip.evaluate(
    (element, { frames, area }) => {
      const { training, live } = (element as unknown as Core).controller;
      const { film } = training;
      film.clear();
      for (const [step, color] of frames.entries()) {
        const one = color.flatMap((level) => new Array<number>(area).fill(level / 127.5 - 1));
        film.offer(step, Float32Array.from(Array.from({ length: 100 }, () => one).flat()));
      }
      live.changed();
    },
    { frames: colors, area: AREA },
  );
}

async function save(page: Page, format: string): Promise<Buffer> {
  await page.locator("#film-save").click();
  await page.locator(`gv-film-dialog input[value=${format}]`).check();
  const downloading = page.waitForEvent("download");
  await page.locator("gv-film-dialog #save").click();
  const download = await downloading;
  await expect(page.locator("gv-film-dialog")).toHaveCount(0);
  return readFile(await download.path());
}

/** RGB in the middle of the first sample of each frame, as Chromium decodes the picture. */
function decodePicture(page: Page, bytes: Buffer, type: string): Promise<number[][]> {
  return page.evaluate(
    async ({ content, type }) => {
      const decoder = new ImageDecoder({ data: Uint8Array.from(content), type });
      await decoder.tracks.ready;
      const colors: number[][] = [];
      for (let frame = 0; frame < (decoder.tracks.selectedTrack?.frameCount ?? 0); frame += 1) {
        const { image } = await decoder.decode({ frameIndex: frame });
        const context = new OffscreenCanvas(image.displayWidth, image.displayHeight).getContext(
          "2d",
        );
        context?.drawImage(image, 0, 0);
        const middle = Math.round(image.displayWidth / 20);
        colors.push([...(context?.getImageData(middle, middle, 1, 1).data.slice(0, 3) ?? [])]);
      }
      return colors;
    },
    { content: Array.from(bytes), type },
  );
}

function expectNear(seen: readonly (readonly number[])[], wanted: typeof seen, by: number): void {
  expect(seen.length).toBe(wanted.length);
  const differences = seen.flatMap((color, frame) =>
    color.map((channel, at) => Math.abs(channel - (wanted[frame]?.[at] ?? Number.NaN))),
  );
  expect(Math.max(...differences), JSON.stringify(seen)).toBeLessThanOrEqual(by);
}

const FLAT = [
  [200, 40, 90],
  [20, 180, 230],
];

test("a run on colours has its grid, loupe and film in colour, and each format keeps them", async ({
  app,
  browser,
}) => {
  await trainColored(app, FLAT);
  const { page } = app;
  await expect.poll(() => colorfulness(app.samples)).toBeGreaterThan(20);
  await page.locator("#samples").hover();
  const loupe = page.locator("gv-loupe");
  await expect(loupe).toContainText("Requested: ");
  const enlarged = loupe.locator("gv-image-grid canvas");
  await expect.poll(() => colorfulness(enlarged)).toBeGreaterThan(5);
  // The picture is of the run's samples, the film of FLAT.
  expectNear(await decodePicture(page, await save(page, "gif"), "image/gif"), FLAT, 8);
  await page.locator("gv-film-strip [role=slider]").press("Home");
  const [first = []] = FLAT;
  expectNear(await decodePicture(page, await save(page, "png"), "image/png"), [first], 0);
  const { frames } = await decodeAlone(browser, await save(page, "mp4"), "video/mp4");
  expectNear([frames[0]?.[5] ?? [], frames[5]?.[5] ?? []], FLAT, 6);
});

test("the pictures of a run are said not to be here, neither to go on nor to compare", async ({
  app,
}) => {
  await trainColored(app, FLAT);
  await expect(app.page.locator("#elsewhere")).toContainText("pictures that are not on this page");
  await expect(app.play).toBeDisabled();
  await app.page.locator("gv-curves-view").getByRole("button", { name: "Quality" }).click();
  await expect(app.page.locator("gv-quality-view")).toContainText("there is nothing to compare");
});
