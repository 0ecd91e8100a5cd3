// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs outlast the page: after a reload, a killed browser or a lost worker they go on with the same bits,
// also between the page and the command.

import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { AppPage, asksBeforeLeaving, contrast, expect, isSaved, test } from "./app_page";
import { ganvas } from "./command";

/** More for figures: GANVAS_KILLS=20 npx playwright test saved_runs.spec.ts */
const KILLS = Number(process.env["GANVAS_KILLS"] ?? 3);
const STEPS_AFTER_A_KILL = 500;
const EXAMPLES = 1000;
const RUN = `?view=train&examples=${EXAMPLES}&seed=7`;

let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ganvas-runs-"));
});

test.afterAll(async () => {
  await rm(folder, { recursive: true });
});

const offer = (page: Page) => page.locator("gv-saved-run");
const goOn = (page: Page) => page.locator("#go-on");

/** Saves come after 15 seconds; here after one. */
function saveOften(): void {
  const now = performance.now.bind(performance);
  performance.now = () => now() * 15;
}

/** The run's checkpoint, or one of its networks as ONNX, downloaded from the list. */
async function downloadRun(page: Page, name: string, what = "checkpoint"): Promise<string> {
  await page.locator("#runs").click();
  const row = page.locator("gv-runs-dialog li").filter({ hasText: "This run" });
  await row.getByRole("button", { name: "Download" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`gv-runs-dialog .${what}`).click(),
  ]);
  const path = join(folder, name);
  await download.saveAs(path);
  await page.keyboard.press("Escape");
  return path;
}

async function hashOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** An unbroken run of the command, in further steps. */
class UnbrokenRun {
  readonly path: string;
  #step = 0;

  constructor(name: string) {
    this.path = join(folder, name);
  }

  async trainTo(step: number): Promise<string> {
    const steps = ["--steps", String(step - this.#step), "--out", this.path];
    const start = ["--preset", "quick", "--seed", "7", "--examples", String(EXAMPLES)];
    const args = this.#step === 0 ? start : ["--resume", this.path];
    if (step > this.#step) await ganvas("train", ...args, ...steps);
    this.#step = step;
    return hashOf(this.path);
  }
}

test("after killing the browser at random moments, a run goes on as if it had not stopped", async ({
  baseURL,
}) => {
  test.setTimeout(60_000 + KILLS * 60_000);
  const unbroken = new UnbrokenRun("unbroken.safetensors");
  const profile = join(folder, "profile");
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const page = await openProfile(profile);
    await page.addInitScript(saveOften);
    const app = new AppPage(page);
    await page.goto(`${baseURL}${kill === 0 ? RUN : ""}`);
    if (kill === 0) await app.play.click();
    else await goOn(page).click();
    await expect.poll(() => app.step()).toBeGreaterThan(0);
    await app.waitForStep((await app.step()) + STEPS_AFTER_A_KILL);
    await app.pause();
    const step = await app.step();
    const path = await downloadRun(page, "killed.safetensors");
    expect(await hashOf(path), `after ${kill} kills, at step ${step}`).toBe(
      await unbroken.trainTo(step),
    );
    console.log(`kill ${kill}: equal at step ${step}`);
    if (kill === KILLS) await page.context().close();
    else {
      await app.play.click();
      await page.waitForTimeout(500 + Math.random() * 3000);
      await killBrowser(page);
    }
  }
});

test("a run that was saved a moment before the browser was killed is offered", async ({
  baseURL,
}) => {
  const profile = join(folder, "young");
  const page = await openProfile(profile);
  await page.addInitScript(saveOften);
  await page.goto(`${baseURL}${RUN}`);
  await new AppPage(page).play.click();
  await isSaved(page);
  await killBrowser(page);
  const next = await openProfile(profile);
  await next.goto(baseURL ?? "");
  await goOn(next).click();
  await expect.poll(() => new AppPage(next).step()).toBeGreaterThan(0);
  await next.context().close();
});

/** A browser of its own, which keeps what it stores there. */
async function openProfile(profile: string): Promise<Page> {
  const { executablePath, args } = test.info().project.use.launchOptions ?? {};
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath !== undefined && { executablePath }),
    args: [...(args ?? []), "--remote-debugging-port=0"],
    serviceWorkers: "block",
  });
  return context.pages()[0] ?? (await context.newPage());
}

/** Ends every process of the browser without a word to it. */
async function killBrowser(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Browser.crash" as never).catch(() => {});
  await page
    .context()
    .close()
    .catch(() => {});
}

test("a reload offers the run with its curves and film, and goes on with it", async ({ app }) => {
  await app.open(RUN);
  await app.play.click();
  await app.waitForStep(200);
  await app.pause();
  const [step, numbers] = [await app.step(), await app.numbers()];
  // Up to here: a slow run was saved before.
  await isSaved(app.page, step);
  expect(await asksBeforeLeaving(app.page)).toBe(false);
  await app.page.goto("./");
  await expect(offer(app.page)).toContainText(`Your run of ${step} steps is still here.`);
  await app.page.locator("#all-runs").click();
  await app.page.locator("gv-runs-dialog .open").click();
  await expect.poll(() => app.step()).toBe(step);
  expect(await app.numbers()).toEqual(numbers);
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
  expect(new URL(app.page.url()).searchParams.get("seed")).toBe("7");
  const [download] = await Promise.all([
    app.page.waitForEvent("download"),
    app.page.locator("#csv").click(),
  ]);
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\n");
  expect(rows.slice(1).map((row) => Number.parseInt(row, 10))).toEqual(
    Array.from({ length: step }, (_, index) => index + 1),
  );
  await app.play.click();
  await app.waitForStep(step + 20);
});

test("a run that the user does not want to go on with is not offered again", async ({ app }) => {
  const { page } = app;
  await app.open(RUN);
  await page.locator("#step").click();
  await isSaved(page);
  await page.goto(`./${RUN}`);
  await page.locator("#start-new").click();
  await expect(offer(page)).toBeHidden();
  await expect.poll(() => stored(page, "runs")).toEqual([true]);
  await page.goto(`./${RUN}`);
  await expect(page.locator("gv-saved-run[looked]")).toHaveCount(1);
  await expect(offer(page)).toBeHidden();
});

/** What the browser has stored: of each run whether it was declined, of each picture of a film its bytes. */
const stored = (page: Page, store: "runs" | "film") =>
  page.evaluate(
    (name) =>
      new Promise<(boolean | number)[]>((resolve) => {
        const open = indexedDB.open("ganvas");
        open.onsuccess = () => {
          const all = open.result.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result.map((value) => (name === "runs" ? value.declined : value.length)));
          };
        };
      }),
    store,
  );

test("a reset while a short run plays drops it, and a named one stays", async ({ app }) => {
  const { page } = app;
  const rows = page.locator("gv-runs-dialog li");
  await app.open(RUN);
  await app.play.click();
  await isSaved(page);
  await page.locator("#reset").click();
  await expect(page.locator("#steps")).toHaveText("0");
  await page.locator("#step").click();
  await isSaved(page);
  await page.locator("#runs").click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(/1 step(?!s)/);
  await rows.getByRole("button", { name: "Rename" }).click();
  await page.keyboard.type("Kept");
  await page.keyboard.press("Enter");
  await expect(rows.locator(".name")).toHaveText("Kept");
  await page.keyboard.press("Escape");
  await page.locator("#reset").click();
  await expect(page.locator("#steps")).toHaveText("0");
  await page.locator("#step").click();
  await isSaved(page);
  await page.locator("#runs").click();
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "Kept" })).toHaveCount(1);
});

test("another grid begins another film, also in the saved run", async ({ app }) => {
  const { page } = app;
  await app.open(`${RUN}&grid=4`);
  await page.locator("#step").click();
  await isSaved(page);
  await page.locator("#grid").selectOption("6");
  await expect.poll(() => stored(page, "film")).toEqual([36 * 784]);
});

test("the list renames, duplicates and deletes runs", async ({ app }) => {
  const { page } = app;
  await app.open(RUN);
  await page.locator("#step").click();
  await isSaved(page);
  await page.locator("#runs").click();
  const rows = page.locator("gv-runs-dialog li");
  await rows.getByRole("button", { name: "Rename" }).click();
  await page.keyboard.type("My <b>first</b> run");
  await page.keyboard.press("Enter");
  await expect(rows.locator(".name")).toHaveText("My <b>first</b> run");
  await rows.getByRole("button", { name: "Duplicate" }).click();
  await expect(rows.locator(".name")).toHaveText([
    "Copy of My <b>first</b> run",
    "My <b>first</b> run",
  ]);
  await page.keyboard.press("Escape");
  await page.locator("#step").click();
  await expect(page.locator("#runs")).toHaveAttribute("title", /step 2/);
  await page.reload();
  await page.locator("#all-runs").click();
  await expect(rows.first()).toContainText("My <b>first</b> run2 steps");
  await rows.first().getByRole("button", { name: "Delete" }).click();
  await page.keyboard.press("Escape");
  await expect(rows).toHaveCount(2);
  await rows.first().getByRole("button", { name: "Delete" }).click();
  await page.keyboard.press("Enter");
  await expect(rows.locator(".name")).toHaveText(["Copy of My <b>first</b> run"]);
});

test("two tabs do not overwrite each other's run", async ({ app, context }) => {
  await app.open(RUN);
  await app.page.locator("#step").click();
  await isSaved(app.page);
  const other = new AppPage(await context.newPage());
  await other.open(RUN);
  await other.page.locator("#step").click();
  await isSaved(other.page);
  await other.page.locator("#runs").click();
  const rows = other.page.locator("gv-runs-dialog li");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "This run" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "Open in another tab" })).toHaveCount(1);
  await expect(rows.getByRole("button", { name: "Go on" })).toHaveCount(0);
  expect(other.troubles).toEqual([]);
});

test("without locks and a channel between tabs, two that go on with one run make two of it", async ({
  app,
  context,
}) => {
  const withoutEither = (): void => {
    Object.defineProperty(navigator, "locks", { value: undefined });
    Object.defineProperty(window, "BroadcastChannel", { value: undefined });
  };
  await context.addInitScript(withoutEither);
  await app.open(RUN);
  await app.page.locator("#step").click();
  await isSaved(app.page);
  const other = new AppPage(await context.newPage());
  await other.open();
  await goOn(other.page).click();
  await other.waitForStep(20);
  await other.pause();
  const step = await other.step();
  // Without a channel, the list that the first tab opens hears of no later save.
  await isSaved(other.page, step);
  await app.page.locator("#step").click();
  await expect(app.page.locator("#runs")).toHaveAttribute("title", /step 2/);
  await app.page.locator("#runs").click();
  const rows = app.page.locator("gv-runs-dialog li");
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: "This run" })).toContainText("2 steps");
  await expect(rows.filter({ hasNotText: "This run" })).toContainText(`${step} steps`);
});

test("the page goes on with the command's checkpoint, and the command with the page's", async ({
  app,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const unbroken = new UnbrokenRun("whole.safetensors");
  await unbroken.trainTo(100);
  const start = join(folder, "start.safetensors");
  await copyFile(unbroken.path, start);
  await app.open();
  await expect(page.locator("#engine")).toBeVisible();
  await app.open("?view=train");
  await app.openCheckpoint(start);
  await expect.poll(() => app.step()).toBe(100);
  expect(new URL(page.url()).searchParams.get("seed")).toBe("7");
  // The file does not say how its steps went.
  await expect(page.locator("[data-metric=lossD]")).toHaveText("–");
  await expect(page.locator("gv-health-view")).toHaveAttribute("data-diagnosis", "unseen");
  await app.play.click();
  await app.waitForStep(300);
  await app.pause();
  const step = await app.step();
  const ours = await downloadRun(page, "page.safetensors");
  expect(await hashOf(ours)).toBe(await unbroken.trainTo(step));
  await ganvas("train", "--resume", ours, "--steps", "50");
  expect(await hashOf(ours)).toBe(await unbroken.trainTo(step + 50));
});

test("a file that is no run is refused, and the run goes on", async ({ app }) => {
  const { page } = app;
  await app.open(RUN);
  await page.locator("#step").click();
  await page.locator("#runs").click();
  const input = page.locator("gv-runs-dialog input[type=file]");
  const refusals = {
    "notes.txt": ["hello", "It is not a checkpoint of Ganvas"],
    "cut.safetensors": ["\x10\0\0\0\0\0\0\0{", "The file is damaged or incomplete."],
  } as const;
  for (const [name, [text, words]] of Object.entries(refusals)) {
    await input.setInputFiles({ name, mimeType: "", buffer: Buffer.from(text) });
    await expect(page.getByRole("alert")).toContainText(`“${name}” could not be opened. ${words}`);
  }
  await input.setInputFiles("../../assets/models/conditional.safetensors");
  await expect(page.getByRole("alert")).toContainText("networks without their training");
  await page.keyboard.press("Escape");
  await page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(2);
});

test("a saved run's networks are the ONNX files that the command makes of its checkpoint", async ({
  app,
}) => {
  const { page } = app;
  await app.open(RUN);
  await page.locator("#step").click();
  await isSaved(page);
  const checkpoint = await downloadRun(page, "of-run.safetensors");
  for (const network of ["generator", "discriminator"]) {
    const ours = await downloadRun(page, `${network}.onnx`, network);
    const theirs = join(folder, `${network}-of-command.onnx`);
    await ganvas("convert", checkpoint, theirs, "--network", network);
    expect((await readFile(ours)).equals(await readFile(theirs))).toBe(true);
  }
});
