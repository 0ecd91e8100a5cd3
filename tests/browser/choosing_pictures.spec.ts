// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures of the user's own: choosing, dropping, pasting and drawing them, what the sheet shows, and
// training on them. The truth are files whose pixels the test has chosen.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { zipSync } from "fflate";
import { type AppPage, expect, test, violations } from "./app_page";
import { ganvas } from "./command";
import { type Color, idx, png } from "./picture_files";

const SIDE = 32;
const COLORS = { cats: [200, 40, 90, 255], dogs: [20, 180, 230, 255] } as const;
const EACH = 12;

let folder: string;
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ganvas-pictures-"));
  for (const [path, content] of Object.entries(pets("pets/"))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
});
test.afterAll(() => rm(folder, { recursive: true }));

/** Cats are of one colour and dogs of another, but for their upper left pixels, which count them. */
function pets(root = ""): Record<string, Buffer> {
  const files = Object.entries(COLORS).flatMap(([name, color]) =>
    Array.from({ length: EACH }, (_, index) => {
      const picture = png(SIDE, SIDE, (x, y) => (x + y === 0 ? [index, 0, 0, 255] : color));
      return [`${root}${name}/${String(index).padStart(2, "0")}.png`, picture] as const;
    }),
  );
  return { ...Object.fromEntries(files), [`${root}cats/notes.txt`]: Buffer.from("meow") };
}

/** Opens the dialog from the opening. */
async function openDialog(app: AppPage): Promise<Locator> {
  await app.open();
  await app.page.locator("gv-welcome-panel #pictures").click();
  const dialog = app.page.getByRole("dialog", { name: "Your own pictures" });
  await expect(dialog).toBeVisible();
  return dialog;
}

function inputOf(app: AppPage, input: "files" | "folder"): Locator {
  return app.page.locator(`gv-pictures-dialog #${input}`);
}

function summaryOf(app: AppPage): Locator {
  return app.page.locator("gv-set-sheet #summary");
}

/** The sheet of the pets. */
async function openPets(app: AppPage): Promise<Locator> {
  const dialog = await openDialog(app);
  await inputOf(app, "folder").setInputFiles(join(folder, "pets"));
  await expect(summaryOf(app)).toBeVisible();
  return dialog;
}

function inMemory(name: string, buffer: Buffer) {
  return { name, mimeType: "application/octet-stream", buffer };
}

/** The picture that stands at `index` on the sheet, RGBA. Reads a copy, because reading makes a canvas slow. */
function picture(page: Page, index: number): Promise<number[]> {
  const canvas = page.locator("gv-picture-rows canvas").nth(index);
  return canvas.evaluate((element) => {
    const { width } = element as HTMLCanvasElement;
    const context = new OffscreenCanvas(width, width).getContext("2d", {
      willReadFrequently: true,
    });
    context?.drawImage(element as HTMLCanvasElement, 0, 0);
    return [...(context?.getImageData(0, 0, width, width).data ?? [])];
  });
}

/** RGB of a pixel of a picture. */
async function pixelOf(
  page: Page,
  index: number,
  [x, y]: readonly [number, number],
): Promise<number[]> {
  const data = await picture(page, index);
  const at = 4 * (y * Math.sqrt(data.length / 4) + x);
  return data.slice(at, at + 3);
}

const PETS = "24 pictures of 32 × 32 pixels in colour, 2 classes: cats, dogs";

test("a folder is a sheet of its pictures, with a class for each subfolder and what was left out", async ({
  app,
}) => {
  await openPets(app);
  await expect(summaryOf(app)).toHaveText(PETS);
  for (const [name, color] of Object.entries(COLORS)) {
    const first = name === "cats" ? 0 : EACH;
    expect(await pixelOf(app.page, first, [9, 9])).toEqual(color.slice(0, 3));
    expect(await pixelOf(app.page, first + 7, [0, 0])).toEqual([7, 0, 0]);
  }
  await expect(app.page.locator("#left-out")).toContainText("notes.txt");
  await expect(app.page.locator("#few")).toHaveCount(0);
  expect(await violations(app.page)).toEqual([]);
});

test("every option reads anew and shows its effect", async ({ app }) => {
  await openDialog(app);
  // The left half is transparent, the right one red; wider than high.
  const wide = png(64, 32, (x): Color => [250, 20, 30, x < 32 ? 0 : 255]);
  await inputOf(app, "files").setInputFiles(inMemory("wide.png", wide));
  await expect(summaryOf(app)).toHaveText("1 picture of 32 × 32 pixels in colour");
  await expect(app.page.locator("#few")).toBeVisible();
  const expectPixels = async (left: number[], right: number[], side = SIDE): Promise<void> => {
    await expect(async () => {
      expect(await pixelOf(app.page, 0, [1, side / 2])).toEqual(left);
      expect(await pixelOf(app.page, 0, [side - 2, side / 2])).toEqual(right);
    }).toPass();
  };
  const [white, red] = [
    [255, 255, 255],
    [250, 20, 30],
  ];
  await expectPixels(white, red);
  await app.page.locator("#ground").fill("#102030");
  await expectPixels([16, 32, 48], red);
  await app.page.locator("#invert").check();
  await expectPixels([239, 223, 207], [5, 235, 225]);
  await app.page.locator("#invert").uncheck();
  await app.page.locator("#side").selectOption("16");
  await expectPixels([16, 32, 48], red, 16);
  await expect(summaryOf(app)).toContainText("16 × 16 pixels");
  expect(await pixelOf(app.page, 0, [12, 1])).toEqual(red);
  await app.page.locator("#pad").selectOption("true");
  await expect.poll(() => pixelOf(app.page, 0, [12, 1])).toEqual([16, 32, 48]);
  await app.page.locator("#colour").selectOption("false");
  // ITU-R 601's luma of red.
  await expect.poll(() => pixelOf(app.page, 0, [13, 8])).toEqual([90, 90, 90]);
  await expect(summaryOf(app)).toHaveText("1 picture of 16 × 16 pixels in grey");
});

test("a ZIP and IDX files are read; EMNIST is offered to be turned upright", async ({ app }) => {
  const dialog = await openDialog(app);
  await inputOf(app, "files").setInputFiles(inMemory("pets.zip", Buffer.from(zipSync(pets()))));
  await expect(summaryOf(app)).toHaveText(PETS);
  await dialog.getByRole("button", { name: "Choose others" }).click();
  const lying = Uint8Array.from({ length: 28 * 28 }, (_, at) =>
    Math.floor(at / 28) === 3 ? 255 : 0,
  );
  const name = "emnist-letters-train-images-idx3-ubyte";
  await inputOf(app, "files").setInputFiles(inMemory(name, idx(Array(30).fill(lying), 28)));
  await expect(summaryOf(app)).toHaveText("30 pictures of 28 × 28 pixels in grey");
  expect(await pixelOf(app.page, 0, [20, 3])).toEqual([255, 255, 255]);
  await dialog.getByRole("button", { name: "Turn them upright" }).click();
  await expect.poll(() => pixelOf(app.page, 0, [3, 20])).toEqual([255, 255, 255]);
  await expect(dialog.getByRole("button", { name: "Turn them upright" })).toHaveCount(0);
  await expect(app.page.locator("#transpose")).toBeChecked();
});

test.describe("SVGs", () => {
  // Browsers style the error that stands in the place of what is no XML.
  test.use({ expectedTroubles: /Applying inline style/ });

  test("are drawn at a size of their own, and one that gives no pixels ends nothing", async ({
    app,
  }) => {
    await openDialog(app);
    const svg = (inside: string, size = "") =>
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${size}>${inside}</svg>`);
    const red = svg('<rect width="10" height="10" style="fill: #f00"/>', 'viewBox="0 0 10 10"');
    const endless = svg('<rect width="9" height="9" fill="#00f"/>', 'width="1e400" height="4"');
    await inputOf(app, "files").setInputFiles([
      inMemory("a.svg", red),
      inMemory("b.svg", Buffer.from("<svg")),
      inMemory("c.svg", endless),
      inMemory(
        "d.png",
        png(8, 8, () => [0, 90, 0, 255]),
      ),
    ]);
    await expect(summaryOf(app)).toContainText("3 pictures of 32 × 32 pixels in colour");
    expect(await pixelOf(app.page, 0, [16, 16])).toEqual([255, 0, 0]);
    await expect(app.page.locator("#left-out")).toContainText("b.svg");
  });
});

test("what cannot be read is told, and the sheet before it stays", async ({ app }) => {
  const dialog = await openPets(app);
  await dialog.getByRole("button", { name: "Choose others" }).click();
  await inputOf(app, "files").setInputFiles(inMemory("notes.txt", Buffer.from("hello")));
  await expect(dialog.getByRole("alert")).toContainText("“notes” could not be read.");
  await expect(dialog.getByRole("alert")).toContainText("notes.txt");
  expect(await violations(app.page)).toEqual([]);
  await dialog.getByRole("button", { name: "Back to “pets”" }).click();
  await expect(summaryOf(app)).toHaveText(PETS);
  await expect(dialog.getByRole("alert")).toHaveCount(0);
});

/** Drops files and folders of this computer onto the middle of the page. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 640, y: 400, data });
  }
}

test("files and folders are dropped onto Train and onto the dialog", async ({ app }) => {
  await app.open();
  await expect(app.page.locator("#noise")).toBeEnabled();
  await drop(app.page, [join(folder, "pets")]);
  await expect(summaryOf(app)).toHaveText(PETS);
  await drop(app.page, [join(folder, "pets/cats"), join(folder, "pets/dogs/03.png")]);
  await expect(summaryOf(app)).toHaveText("12 pictures of 32 × 32 pixels in colour");
  await expect(app.page.getByRole("dialog")).toHaveCount(1);
});

test("a set that is saved is the same in the command and when it is opened again", async ({
  app,
}) => {
  const dialog = await openPets(app);
  const saving = app.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save this set" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("pets.npz");
  const path = join(folder, "pets.npz");
  await file.saveAs(path);
  const pixels = join(folder, "pets.npy");
  const told = await ganvas("pictures", "--data", path, "--out", pixels);
  expect(told).toContain("24 pictures of 32 x 32 pixels, in colour, in 2 classes");
  // The first cat, whose red plane comes first.
  const bytes = await readFile(pixels);
  const first = bytes.subarray(bytes.length - 24 * 3 * SIDE * SIDE);
  expect([first[0], first[1], first[SIDE * SIDE + 1]]).toEqual([0, 200, 40]);
  await dialog.getByRole("button", { name: "Choose others" }).click();
  await inputOf(app, "files").setInputFiles(path);
  await expect(summaryOf(app)).toContainText("24 pictures of 32 × 32 pixels in colour, 2 classes");
  expect(await pixelOf(app.page, EACH + 5, [0, 0])).toEqual([5, 0, 0]);
});

test("a picture in the clipboard joins those that were pasted before", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const dialog = await openDialog(app);
  await app.page.evaluate(
    async (bytes) => {
      const blob = new Blob([Uint8Array.from(bytes)], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    },
    Array.from(png(SIDE, SIDE, () => [9, 99, 199, 255])),
  );
  await dialog.getByRole("button", { name: "Paste" }).click();
  await expect(summaryOf(app)).toHaveText("1 picture of 32 × 32 pixels in colour");
  expect(await pixelOf(app.page, 0, [5, 5])).toEqual([9, 99, 199]);
  await app.page.keyboard.press("Control+V");
  await expect(summaryOf(app)).toHaveText("2 pictures of 32 × 32 pixels in colour");
});

/** Draws one stroke on the pad, a little lower each time. */
async function stroke(app: AppPage, index: number): Promise<void> {
  const pad = app.page.locator("gv-pictures-dialog gv-drawing-pad");
  await pad.scrollIntoViewIfNeeded();
  const { x = 0, y = 0, width = 0 } = (await pad.boundingBox()) ?? {};
  await app.page.mouse.move(x + 0.2 * width, y + 0.3 * width);
  await app.page.mouse.down();
  await app.page.mouse.move(x + 0.8 * width, y + (0.4 + index / 50) * width, { steps: 4 });
  await app.page.mouse.up();
}

test("drawings are kept while the dialog is closed, and become a set with classes", async ({
  app,
}) => {
  test.slow();
  const dialog = await openDialog(app);
  await dialog.getByRole("button", { name: "Draw them by hand" }).click();
  const next = dialog.getByRole("button", { name: "Next" });
  await expect(next).toBeDisabled();
  await stroke(app, 0);
  await dialog.getByRole("button", { name: "Undo" }).click();
  await expect(next).toBeDisabled();
  for (let index = 0; index < 3; index += 1) {
    await stroke(app, index);
    await next.click();
  }
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
  expect(await violations(app.page)).toEqual([]);
  await app.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await app.page.locator("gv-welcome-panel #pictures").click();
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
  await dialog.getByRole("button", { name: "Delete drawing 1" }).click();
  await expect(dialog.getByRole("status")).toContainText("2 drawings.");
  await dialog.getByRole("button", { name: "Draw two kinds of things" }).click();
  await dialog.getByRole("textbox", { name: "Name of kind 1" }).fill("slopes");
  await dialog.getByRole("radio", { name: "B" }).check();
  expect(await violations(app.page)).toEqual([]);
  // What is on the pad belongs to the set as well.
  await stroke(app, 5);
  await dialog.getByRole("button", { name: "Use these drawings" }).click();
  await expect(summaryOf(app)).toHaveText(
    "3 pictures of 28 × 28 pixels in grey, 2 classes: B, slopes",
  );
  // Ink on white paper.
  const levels = await picture(app.page, 0);
  expect([levels[0], Math.min(...levels)]).toEqual([255, 0]);
  await dialog.getByRole("button", { name: "Go on drawing" }).click();
  await expect(dialog.getByRole("status")).toContainText("3 drawings.");
});

test.describe("with the keyboard in Chinese on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the dialog opens from Train, is read out in order, and gives the focus back", async ({
    app,
  }) => {
    await app.open("?lang=zh&examples=1000&view=train");
    const button = app.page.locator("gv-train-panel #pictures");
    await button.focus();
    await app.page.keyboard.press("Enter");
    const dialog = app.page.getByRole("dialog");
    await expect(dialog).toHaveAccessibleName("用自己的图片训练");
    expect(await violations(app.page)).toEqual([]);
    await inputOf(app, "files").setInputFiles(inMemory("pets.zip", Buffer.from(zipSync(pets()))));
    await expect(summaryOf(app)).toHaveText("24 张 32 × 32 像素的彩色图片，2 个类别：cats、dogs");
    expect(await violations(app.page)).toEqual([]);
    await app.page.keyboard.press("Escape");
    await expect(button).toBeFocused();
  });
});

test("a run trains on the sheet's pictures, and the dialog then shows them as the run's", async ({
  app,
}) => {
  const dialog = await openPets(app);
  await dialog.getByRole("button", { name: "Train on these" }).click();
  await expect(dialog).toBeHidden();
  await app.waitForStep(1);
  await app.pause();
  await expect(app.page.locator("gv-train-panel #real")).toContainText("24 pictures");
  await app.page.locator("gv-train-panel #pictures").click();
  await expect(dialog).toContainText("The current run learns from these.");
  await expect(summaryOf(app)).toHaveText(PETS);
  expect(await pixelOf(app.page, EACH, [9, 9])).toEqual(COLORS.dogs.slice(0, 3));
});
