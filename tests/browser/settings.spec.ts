// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The settings drawer and links: every hyper-parameter, layers, changes during a run, and that a
// link gives the same run.

import type { Locator } from "@playwright/test";
import { AppPage, expect, test } from "./app_page";

interface Controller {
  readonly store: { readonly state: { readonly settings: object } };
  readonly training: {
    applySettings(settings: object): Promise<void>;
    readonly run: {
      state(): Promise<{ step: number }>;
      sample(options: { count: number; seed: number }): Promise<Float32Array>;
    };
  };
}

const dialogOf = (app: AppPage): Locator => app.page.getByRole("dialog");

async function openDrawer(app: AppPage): Promise<Locator> {
  await app.page.locator("#settings").click();
  await expect(dialogOf(app).locator("#preset")).toBeVisible();
  return dialogOf(app);
}

function parameter(app: AppPage, name: string): string | null {
  return new URL(app.page.url()).searchParams.get(name);
}

test("changes a learning rate during the run, and writes it to the address", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(5);
  const step = await app.step();
  const dialog = await openDrawer(app);
  await expect(dialog.locator("#continue")).toBeDisabled();
  await dialog.locator("#discriminator > summary").click();
  const rate = dialog.locator("#d-lr");
  await rate.fill("not a rate");
  await expect(dialog.getByRole("alert")).toContainText("A number from 0 to 100.");
  await rate.fill("0");
  await dialog.locator("#continue").click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => parameter(app, "d.lr")).toBe("0");
  expect(await app.step()).toBe(step);
  await app.page.locator("#step").click();
  await expect.poll(() => app.step()).toBe(step + 1);
  await expect(app.page.locator("#settings")).toContainText("quick*");
});

/** A linear critic has unbounded outputs, so large steps of plain SGD make it diverge quickly. */
const DIVERGES =
  "?preset=toy2d&view=train&objective=lsgan&d.layers=linear:1&d.optimizer=sgd&d.momentum=0" +
  "&d.weight_decay=0&d.lr_decay_steps=0&g.lr=0";

test("restores the earlier settings when a change makes the run diverge", async ({ app }) => {
  await app.open(`${DIVERGES}&speed=max&d.lr=0.01`);
  await app.play.click();
  await app.waitForStep(20);
  const dialog = await openDrawer(app);
  await dialog.locator("#discriminator > summary").click();
  await dialog.locator("#d-lr").fill("100");
  await dialog.locator("#continue").click();
  const alert = app.page.getByRole("alert");
  await expect(alert).toContainText("This run has diverged");
  await expect(alert).toContainText("with the settings that it had then");
  expect(parameter(app, "d.lr")).toBe("0.01");
  const drawer = await openDrawer(app);
  await drawer.locator("#discriminator > summary").click();
  await expect(drawer.locator("#d-lr")).toHaveValue("0.01");
  await app.page.keyboard.press("Escape");
  // The run has its earlier rates: it continues training.
  const step = await app.step();
  await app.play.click();
  await app.waitForStep(step + 200);
  await expect(alert).toHaveCount(0);
  await app.pause();
});

test("restores the state before a single step that makes the run diverge", async ({ app }) => {
  // Adam's moments overflow before weights do, and such a copy cannot be loaded: G uses SGD.
  await app.open(`${DIVERGES}&d.lr=100&g.optimizer=sgd`);
  await expect(app.play).toBeEnabled();
  const alert = app.page.getByRole("alert");
  for (let next = 1; !(await alert.isVisible()); next += 1) {
    await app.page.locator("#step").click();
    // No further step before it is known what became of this one.
    await expect.poll(async () => (await app.step()) === next || alert.isVisible()).toBe(true);
  }
  await expect(alert).toContainText(/The run is back at step \d+\./);
  const at = Number(/step (\d+)\./.exec((await alert.textContent()) ?? "")?.[1]);
  expect(parameter(app, "d.lr")).toBe("100");
  const numbers = await app.page.locator("gv-frame").evaluate(async (element) => {
    const { training } = (element as unknown as { controller: Controller }).controller;
    const samples = await training.run.sample({ count: 4, seed: 1 });
    return { step: (await training.run.state()).step, finite: samples.every(Number.isFinite) };
  });
  expect(numbers).toEqual({ step: at, finite: true });
});

test("edits layers, reports those that do not fit, and trains those that do", async ({ app }) => {
  await app.open("?preset=seed&examples=1000");
  await app.trainAtLeast(1);
  const dialog = await openDrawer(app);
  await dialog.locator("#generator > summary").click();
  const summary = dialog.locator("#generator > summary");
  await expect(summary).toContainText("218,128 parameters");
  const features = dialog.locator("#generator").getByLabel("out features");
  await features.nth(1).fill("700");
  await features.nth(1).blur();
  await expect(dialog.locator("#generator").getByRole("alert")).toContainText("must be 784");
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog).toBeVisible();
  await features.nth(1).fill("784");
  await features.nth(0).fill("32");
  await features.nth(0).blur();
  await expect(summary).toContainText("27,952 parameters");
  await dialog.getByRole("button", { name: "Remove layer 2" }).first().click();
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog).toBeHidden();
  expect(parameter(app, "g.layers")).toBe("linear:32,linear:784,tanh");
  await expect(app.page.locator("#steps")).toHaveText("0");
  expect(await app.stepByStep(2)).toHaveLength(2);
});

test("the focus goes with a layer that moves, and stays beside one that is removed", async ({
  app,
}) => {
  const { page } = app;
  await app.open("?preset=seed&examples=1000");
  await app.trainAtLeast(1);
  const dialog = await openDrawer(app);
  await dialog.locator("#generator > summary").click();
  const layers = dialog.locator("#generator gv-layer-editor");
  const types = () =>
    layers
      .locator("select")
      .evaluateAll((all: HTMLSelectElement[]) => all.map(({ value }) => value));
  const button = (name: string) => layers.getByRole("button", { name, exact: true });
  const [first = "", second = "", third = "", ...rest] = await types();
  await button("Move layer 3 up").focus();
  await page.keyboard.press("Enter");
  await expect(button("Move layer 2 up")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(types).toEqual([third, first, second, ...rest]);
  // At the top it can only go down.
  await expect(button("Move layer 1 down")).toBeFocused();
  await button("Remove layer 1").focus();
  await page.keyboard.press("Enter");
  await expect.poll(types).toEqual([first, second, ...rest]);
  await expect(button("Remove layer 1")).toBeFocused();
  await button(`Remove layer ${2 + rest.length}`).focus();
  await page.keyboard.press("Enter");
  await expect(button("Add a layer")).toBeFocused();
});

test("another preset leaves the typed seed and number of digits", async ({ app }) => {
  await app.open("?preset=seed&examples=1000");
  await app.trainAtLeast(1);
  const dialog = await openDrawer(app);
  await dialog.locator("#seed").fill("7");
  await dialog.getByRole("radio", { name: "10,000" }).check();
  await dialog.locator("#preset").selectOption("dcgan");
  await expect(dialog.locator("#preset-help")).toContainText("Deep convolutional");
  await expect(dialog.locator("#seed")).toHaveValue("7");
  await expect(dialog.getByRole("radio", { name: "10,000" })).toBeChecked();
});

test("explains why settings cannot be trained until they change", async ({ app }) => {
  await app.open("?preset=seed&examples=1000&view=train&g.layers=linear:7");
  const refusal = app.page.locator("#refusal");
  await expect(refusal).toContainText("but must be 784.");
  await expect(app.play).toBeDisabled();
  await app.page.locator("#reset").click();
  await expect(refusal).toContainText("but must be 784");
  await expect(app.play).toBeDisabled();

  const dialog = await openDrawer(app);
  await dialog.locator("#generator > summary").click();
  const features = dialog.locator("#generator").getByLabel("out features");
  await features.fill("784");
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog).toBeHidden();
  await expect(refusal).toHaveCount(0);
  expect(await app.stepByStep(2)).toHaveLength(2);
});

test("settings that cannot be trained leave no word of the run before them", async ({ app }) => {
  await app.open("?preset=seed&examples=1000");
  await app.trainAtLeast(31);
  await expect(app.page.locator("gv-health-view")).toBeVisible();
  // The drawer applies no such settings, but a run that memory does not hold may come of it.
  await app.page.locator("gv-frame").evaluate(async (element) => {
    const { store, training } = (element as unknown as { controller: Controller }).controller;
    const changes = { "g.layers": "linear:7" };
    await training.applySettings({ ...store.state.settings, changes });
  });
  await expect(app.page.locator("#refusal")).toContainText("but must be 784.");
  await expect(app.page.locator("gv-health-view")).toHaveCount(0);
});

test("a run whose rates have fallen to 0 is finished, in both languages", async ({ app }) => {
  await app.open("?preset=seed&examples=1000&g.lr_decay_steps=40&d.lr_decay_steps=40&speed=100");
  await app.train();
  const line = app.page.locator("gv-health-view");
  await expect(line).toHaveAttribute("data-diagnosis", "finished");
  expect(await app.step()).toBeGreaterThanOrEqual(40);
  await expect(line).toContainText("This run is finished: its learning rates have reached 0.");
  await app.page.locator("#language").click();
  await expect(line).toContainText("学习率已降到 0");
});

test("another optimiser and objective train, and their link gives the same numbers", async ({
  app,
  context,
}) => {
  test.slow(); // two pages in sequence
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open("?preset=seed&examples=1000");
  await app.trainAtLeast(1);
  const dialog = await openDrawer(app);
  await dialog.getByText("Training options").click();
  await dialog.getByLabel("Batch size").fill("8");
  await dialog.locator("#generator > summary").click();
  await dialog.getByLabel("Optimiser").first().selectOption("rmsprop");
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(dialog).toBeHidden();
  await expect(app.page.locator("#steps")).toHaveText("0");
  const first = await app.stepByStep(4);

  // The button says so for a moment.
  const said = await app.page.locator("#share").evaluateHandle((button) => {
    const texts: (string | null)[] = [];
    const changes = { subtree: true, childList: true, characterData: true };
    new MutationObserver(() => texts.push(button.textContent)).observe(button, changes);
    return texts;
  });
  await app.page.locator("#share").click();
  await expect.poll(() => said.evaluate((texts) => texts.join())).toContain("Link copied");
  const link = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get("g.optimizer")).toBe("rmsprop");
  const opened = await context.newPage();
  await opened.goto(link);
  const other = new AppPage(opened);
  await expect(opened.locator("#play")).toBeEnabled();
  await opened.locator("#reset").click();
  await expect(opened.locator("#steps")).toHaveText("0");
  expect(await other.stepByStep(4)).toEqual(first);
});

test("reports invalid parameters of a link, and opens without them", async ({ app }) => {
  await app.open("?seed=x&batch_size=0&fbclid=1&g.layers=perceptron&hide=real,ceiling");
  const alert = app.page.getByRole("alert");
  for (const text of ["seed=x", "batch_size=0", "fbclid=1", "g.layers=perceptron", "hide="]) {
    await expect(alert).toContainText(text);
  }
  await alert.getByRole("button", { name: "Close" }).click();
  await expect(alert).toBeHidden();
  await app.trainAtLeast(1);
});

test("hides and shows panels as a link requests", async ({ app }) => {
  await app.open(
    "?view=train&hide=curves,film,health,real,keys&grid=4&speed=10&theme=dark&lang=en",
  );
  await expect(app.page.locator("#play")).toBeEnabled();
  for (const name of ["gv-curves-view", "gv-film-strip", "gv-health-view", "#real", ".keys"]) {
    await expect(app.page.locator(name)).toHaveCount(0);
  }
  await expect(app.page.locator("#grid")).toHaveValue("4");
  await expect(app.page.locator(".speed span")).toHaveText("10 steps/s");
  expect(
    await app.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme),
  ).toBe("dark");
});

test("keeps to the chosen speed", async ({ app }) => {
  await app.open("?examples=1000&speed=4");
  await app.train();
  await app.waitForStep(4);
  /** By the page's clock, since a busy machine lets a test wait longer than it means to. */
  const now = () => app.page.evaluate(() => performance.now() / 1000);
  const [before, start] = [await app.step(), await now()];
  await app.waitForStep(before + 24);
  const [after, end] = [await app.step(), await now()];
  // Some steps may have been taken before, and shown later.
  expect(after - before).toBeLessThan(4 * (end - start) + 8);
  await app.page.locator("#speed").press("End");
  await expect(app.page.locator(".speed span")).toHaveText("full speed");
  expect(parameter(app, "speed")).toBeNull();
  // In the time that it waits, four steps a second would be 120.
  await app.waitForStep((await app.step()) + 200);
});

test("restarts with another seed", async ({ app }) => {
  await app.open("?examples=1000");
  await app.trainAtLeast(3);
  await app.page.locator("#reseed").click();
  await expect(app.page.locator("#steps")).toHaveText("0");
  const seed = parameter(app, "seed");
  expect(seed).not.toBe("1");
  await expect(app.page.locator("#settings")).toContainText(`seed ${seed}`);
});

test("a link to a run that memory does not hold names what it needs and what there is", async ({
  app,
}) => {
  await app.open("?view=train&preset=hinge&batch_size=1024&tier=simd&threads=1&examples=1000");
  const refusal = app.page.locator("#refusal");
  await expect(refusal).toContainText(
    /This run needs 1,\d{3}.MB of memory, but can have at most 1,0\d\d.MB/,
  );
  await app.page.locator("#language").click();
  await expect(refusal).toContainText("减小批量");
  await app.page.locator("#language").click();

  const dialog = await openDrawer(app);
  await expect(dialog).toContainText("This run needs");
  await dialog.getByText("Training options").click();
  await dialog.locator("#batch_size").fill("64");
  await expect(dialog).not.toContainText("This run needs");
  await dialog.getByRole("button", { name: "Apply and restart" }).click();
  await expect(refusal).toHaveCount(0);
  expect(await app.stepByStep(2)).toHaveLength(2);
});
