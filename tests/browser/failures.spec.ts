// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What goes wrong besides missing files (parts.spec.ts) is reported in words, and can be retried.

import { gunzipSync } from "node:zlib";
import { type AppPage, contrast, expect, test } from "./app_page";

test.use({ expectedTroubles: /Failed to load resource|ERR_FAILED|net::/ });

test.describe("a host's content policy", () => {
  test.use({ expectedTroubles: /Content Security Policy/ });

  test("that forbids WebAssembly is named", async ({ app }) => {
    await app.page.route("**/*", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": "script-src 'self'" };
      await route.fulfill({ response, headers });
    });
    await app.open();
    await expect(app.page.getByRole("alert")).toContainText("'wasm-unsafe-eval'");
  });
});

/** The time for a save never comes while a run plays. */
function neverSaveAgain(app: AppPage): Promise<void> {
  return app.page.evaluate(() => {
    performance.now = () => 0;
  });
}

/** Presses "Try again", and waits until the run plays again, from an earlier step. */
async function playsAgain(app: AppPage): Promise<void> {
  const lost = await app.step();
  await app.page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => app.step(), { intervals: [100] }).toBeLessThan(lost);
  await expect(app.play).toHaveText("Pause");
  await app.waitForStep(lost + 1);
}

test.describe("the worker dies", () => {
  test.use({ expectedTroubles: /out of memory/ });

  test("before a run is saved, which stays paused if it was", async ({ app }) => {
    await app.open("?view=train&examples=1000");
    await expect(app.play).toBeEnabled();
    await app.loseWorker();
    const alert = app.page.getByRole("alert");
    await expect(alert).toContainText("Training was interrupted.");
    await expect(alert).toContainText("out of memory");
    await expect(app.play).toBeDisabled();
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(app.play).toBeEnabled();
    await app.page.waitForTimeout(300);
    expect(await app.step()).toBe(0);
    await app.play.click();
    await app.waitForStep(5);
    await expect(alert).toBeHidden();
  });

  test("before a run that plays is saved, which plays again", async ({ app }) => {
    await app.open("?speed=4");
    await neverSaveAgain(app);
    await app.train();
    await app.waitForStep(8);
    await app.loseWorker();
    await playsAgain(app);
  });

  test("during training, which goes on from the last save by itself, but not twice from the same", async ({
    app,
  }) => {
    const { page } = app;
    await app.open("?view=train&examples=1000&speed=4");
    await app.play.click();
    await expect(page.locator("#runs")).toHaveAttribute("title", /saved up to step/);
    await neverSaveAgain(app);
    await app.loseWorker();
    const notice = page.locator("#revived");
    await expect(notice).toContainText("The run went on from its last save, at step");
    const saved = Number(
      /step ([\d,]+)/.exec((await notice.textContent()) ?? "")?.[1]?.replaceAll(",", ""),
    );
    await app.waitForStep(saved + 8);
    await notice.getByRole("button", { name: "Close" }).click();
    await expect(notice).toHaveCount(0);
    await app.loseWorker();
    await playsAgain(app);
  });
});

for (const ends of ["by itself", "in a loop"]) {
  test(`a worker that ends ${ends} is noticed, and its run goes on from the last save`, async ({
    app,
  }) => {
    test.setTimeout(180_000);
    const { page } = app;
    await app.open("?view=train&examples=1000");
    await app.play.click();
    await expect(page.locator("#runs")).toHaveAttribute("title", /saved up to step/);
    const step = await app.step();
    await app.trainingWorkers[0]?.evaluate((how) => {
      setTimeout(() => {
        if (how === "by itself") self.close();
        for (; how === "in a loop"; );
      }, 200);
    }, ends);
    const notice = page.locator("#revived");
    // The more beats the page has once waited for an answer, the longer it waits for the next.
    await expect(notice).toContainText("The run went on from its last save", { timeout: 120_000 });
    await app.waitForStep(step + 20);
  });
}

test("reports truncated digits", async ({ app }) => {
  await app.page.route("**/train-*images*", async (route) => {
    const response = await route.fetch();
    const body = (await response.body()).subarray(0, 500_000);
    await route.fulfill({ body, contentType: "application/octet-stream" });
  });
  await app.open();
  await app.train();
  const alert = app.page.getByRole("alert");
  await expect(alert).toContainText("damaged or incomplete");
  await expect(alert).toContainText("train-10000-images-idx3-ubyte.gz");
});

/** A file with one bit flipped after its first so many bytes. */
async function damage(app: AppPage, files: string, at: number): Promise<void> {
  await app.page.route(files, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const whole = body[0] === 0x1f ? gunzipSync(body) : body;
    whole[at] = (whole[at] ?? 0) ^ 1;
    await route.fulfill({ body: whole, contentType: "application/octet-stream" });
  });
}

test("reports digits that are damaged in the middle, and gets them again", async ({ app }) => {
  const images = "**/train-10000-images*";
  await damage(app, images, 16 + 700 * 784 + 400);
  await app.open("?examples=1000");
  await app.train();
  const alert = app.page.getByRole("alert");
  await expect(alert).toContainText("damaged or incomplete");
  await expect(alert).toContainText("train-10000-images-idx3-ubyte.gz");
  await app.page.unroute(images);
  await alert.getByRole("button", { name: "Try again" }).click();
  await app.waitForStep(5);
});

test("does not show a damaged pretrained network, and gets it again", async ({ app }) => {
  const weights = "**/models/conditional.safetensors.gz";
  await damage(app, weights, 200_000);
  await app.open();
  const alert = app.page.getByRole("alert");
  await expect(alert).toContainText("damaged or incomplete");
  expect(contrast(await app.pixels())).toBe(0);
  await app.page.unroute(weights);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
});

for (const [what, contentType, words] of [
  ["another kind of file", "application/octet-stream", "damaged or incomplete"],
  [
    "a page, as some servers answer for any address",
    "text/html",
    "the server answered with a page",
  ],
] as const) {
  test(`reports a pretrained network that is ${what}`, async ({ app }) => {
    await app.page.route("**/models/*.safetensors.gz", (route) =>
      route.fulfill({ body: "<!doctype html><title>Not found</title>", contentType }),
    );
    await app.open();
    await expect(app.page.getByRole("alert")).toContainText(words);
    // Everything else still works.
    await app.train();
    await app.waitForStep(1);
  });
}

test("reports a tier that this browser cannot run", async ({ app }) => {
  await app.open("?tier=scalar&threads=2");
  await expect(app.page.getByRole("alert")).toContainText("The scalar tier runs on one thread.");
});
