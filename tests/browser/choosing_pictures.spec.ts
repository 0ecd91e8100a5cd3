// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures of the user's own: choosing, dropping and pasting them, what the sheet shows, and
// training on them. The truth are files whose pixels the test has chosen.

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { zipSync } from "fflate";
import { type AppPage, expect, test, violations } from "./app_page";
import { ganvas } from "./command";
import { type Color, idx, png } from "./picture_files";
import { inputOf, openDialog, pixelOf, summaryOf } from "./pictures_dialog";

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

const PICTURE = png(8, 8, () => [9, 9, 9, 255]);
const SETS = [idx([new Uint8Array(784)], 28), idx([new Uint8Array(784)], 28)] as const;

/** A NumPy file of `type`, whose header declares this shape. */
function npy(type: string, shape: string, values: Uint8Array): Buffer {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  const start = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0];
  return Buffer.concat([Buffer.from(start), Buffer.from(header), values]);
}

/** What is wrong with a file, and the sentence that says so. */
const REFUSED: readonly (readonly [string, string, () => Buffer])[] = [
  ["none.zip", "There are no pictures in it.", () => zipOf({ "notes.txt": Buffer.from("hello") })],
  [
    "cut.zip",
    "None of its pictures can be used.",
    () => zipOf({ "a.png": PICTURE.subarray(0, 50) }),
  ],
  ["what.dat", "This kind of file is not supported.", () => Buffer.from("no header of any kind")],
  ["short.npy", "its end is missing", () => npy("|u1", "9, 28, 28", new Uint8Array(784))],
  ["broken.zip", "It is damaged", () => Buffer.from("PK\x03\x04 and no more")],
  ["odd.npy", "Its arrays are not pictures", () => npy("|u1", "7,", new Uint8Array(7))],
  [
    "centred.npy",
    "Its numbers are not pixel values",
    () => npy("<f4", "1, 16, 16", new Uint8Array(new Float32Array(256).fill(-0.5).buffer)),
  ],
  [
    "two.zip",
    "several sets of pictures",
    () => zipOf({ "a-images-idx3-ubyte": SETS[0], "b-images-idx3-ubyte": SETS[1] }),
  ],
  ["vast.npy", "larger than what can be read", () => npy("|u1", "99999999, 9, 9", PICTURE)],
  [
    "many.zip",
    "It has more than 100 classes.",
    () => zipOf(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}/a.png`, PICTURE]))),
  ],
];

const zipOf = (files: Record<string, Buffer>) => Buffer.from(zipSync(files));

test("each reason why a set is not read has its sentence", async ({ app }) => {
  const dialog = await openDialog(app);
  for (const [name, words, content] of REFUSED) {
    await inputOf(app, "files").setInputFiles(inMemory(name, content()));
    const alert = dialog.getByRole("alert").filter({ hasText: `“${name.split(".")[0]}”` });
    await expect(alert, name).toContainText(words);
  }
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
  expect(told).toContain("24 pictures of 32 x 32 pixels, in colour, in 2 classes: cats, dogs");
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
