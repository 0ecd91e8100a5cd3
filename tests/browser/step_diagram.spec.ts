// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The step diagram: the batch, the two halves, and the networks' layers.

import { contrast, expect, pixelsOf, test } from "./app_page";

test("shows the step's real and generated digits and D's scores", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(30);
  const diagram = app.page.locator("gv-step-diagram");
  for (const kind of ["fake", "real"]) {
    const canvas = diagram.locator(`[data-node=${kind}] canvas`);
    await expect.poll(async () => contrast(await pixelsOf(canvas, 64))).toBeGreaterThan(10);
  }
  await expect(diagram.locator("svg .dot.real")).toHaveCount(16);
  await expect(diagram.locator("svg .dot.fake")).toHaveCount(16);
  await expect(diagram).toContainText("(16, 1, 28, 28)");
  const [lossD = 0, lossG = 0] = await app.numbers();
  await expect(diagram.locator("[data-node=lossD]")).toContainText(lossD.toFixed(3));
  await expect(diagram.locator("[data-node=lossG]")).toContainText(lossG.toFixed(3));
});

test("takes a step in halves: first D's update, then G's", async ({ app }) => {
  await app.open("?seed=5&examples=1000");
  await app.trainAtLeast(1);
  await app.page.locator("#reset").click();
  await expect.poll(() => app.step()).toBe(0);
  const whole = await app.stepByStep(2);
  await app.page.locator("#reset").click();
  await expect.poll(() => app.step()).toBe(0);

  const diagram = app.page.locator("gv-step-diagram");
  const [d, g] = [diagram.locator("#half-d"), diagram.locator("#half-g")];
  const block = (network: string) => diagram.locator(`[data-node=${network}]`);
  for (const step of [1, 2]) {
    await expect(g).toBeDisabled();
    await d.click();
    await expect(block("discriminator")).toHaveClass(/lit/);
    await expect(block("generator")).not.toHaveClass(/lit/);
    await expect(diagram.locator("[data-edge=fake-discriminator]")).toHaveClass(/detached/);
    expect(await app.step()).toBe(step - 1);
    await expect(d).toBeDisabled();
    await g.click();
    await expect(block("generator")).toHaveClass(/lit/);
    await expect(block("discriminator")).not.toHaveClass(/lit/);
    await expect.poll(() => app.step()).toBe(step);
    expect(await app.numbers()).toEqual(whole[step - 1]);
  }
});

test("opens a network to show its layers, also by keyboard", async ({ app }) => {
  await app.open();
  await app.trainAtLeast(5);
  await app.page.locator("[data-node=discriminator]").focus();
  await app.page.keyboard.press("Enter");
  const dialog = app.page.getByRole("dialog", { name: "Discriminator" });
  await expect(dialog.locator("tbody tr").first()).toContainText("Conv2d");
  await expect(dialog.locator("tbody tr").first()).toContainText("312");
  const counts = await dialog.locator("tbody td:nth-child(3)").allTextContents();
  const sum = counts.reduce((total, text) => total + Number(text.replaceAll(",", "")), 0);
  await expect(dialog.locator("#total")).toHaveText(sum.toLocaleString("en"));

  const pictures = dialog.locator("gv-tiles canvas");
  await expect(pictures).toHaveCount(2);
  await expect.poll(async () => contrast(await pixelsOf(pictures.first(), 64))).toBeGreaterThan(5);
  const weights = await pixelsOf(pictures.first(), 64);
  await dialog.locator("#gradient").click();
  await expect.poll(() => pixelsOf(pictures.first(), 64)).not.toEqual(weights);

  await dialog.getByRole("button", { name: "Sigmoid" }).click();
  await expect(dialog.locator("#gradient")).toHaveCount(0);
  await app.page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("fits a phone's width", async ({ app }) => {
  await app.page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await app.trainAtLeast(5);
  const diagram = app.page.locator("gv-step-diagram");
  await expect.poll(async () => (await diagram.boundingBox())?.width ?? 999).toBeLessThan(391);
  // A diagram out of sight is not updated.
  await diagram.scrollIntoViewIfNeeded();
  await expect(diagram.locator("svg .dot.fake")).toHaveCount(16);
  const scrolls = await app.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(scrolls).toBe(false);
});
