// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The copy of the site that the service worker keeps: what works without a network after one visit,
// and what is kept, replaced and given back.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contrast, expect, test } from "./app_page";
import { cacheNames, isControlled, notice, sizeOf, visit } from "./site_copy";
import { PIECE_MS, StaticServer } from "./static_server";

const MODEL = "assets/models/seed.safetensors.gz";
const ALL_IMAGES = "assets/mnist/train-images-idx3-ubyte.gz";

test.use({ serviceWorkers: "allow" });

let server: StaticServer;

test.beforeEach(async () => {
  server = await StaticServer.start("/some/where/");
});

test.afterEach(() => server.stop());

test.describe("without a network", () => {
  // Stopping the server resets what it is still sending.
  test.use({ expectedTroubles: /ERR_CONNECTION_(REFUSED|RESET)|ERR_INTERNET_DISCONNECTED/ });

  test("everything works after one visit", async ({ app }) => {
    test.setTimeout(120_000);
    await visit(app, server.url);
    await server.stop();
    const { page } = app;
    await page.reload();
    await expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
    await app.trainAtLeast(5);
    expect((await app.numbers()).every(Number.isFinite)).toBe(true);

    await app.open("?view=explore&tool=draw", server.url);
    await expect(page.locator("[data-score]")).toBeVisible();
    for (const model of ["conditional", "dcgan", "seed"]) {
      await app.open(`?view=explore&model=${model}`, server.url);
      const image = page.locator("#sample");
      await expect.poll(() => image.evaluate((one) => Reflect.get(one, "image")?.length)).toBe(784);
    }
    await app.open("?view=learn&station=2", server.url);
    await expect(page.locator("gv-learn #trained")).toContainText(/\d/, { timeout: 60_000 });
    await app.open("?view=learn&experiment=collapse&lang=zh", server.url);
    await page.locator("gv-experiment [data-guess='2']").click();
    await expect(page.locator("gv-experiment #stop")).toBeVisible();
    await expect(page.locator("gv-learn")).toContainText("模式坍塌");
  });

  test("says that the network is gone, and can be closed by keyboard", async ({ app, context }) => {
    await visit(app, server.url);
    await context.setOffline(true);
    await expect(notice(app.page)).toContainText("You are offline, and this site still works.");
    await context.setOffline(false);
    await expect(notice(app.page)).toContainText("works without a network");
    await notice(app.page).getByRole("button", { name: "Close" }).focus();
    await app.page.keyboard.press("Escape");
    await expect(notice(app.page)).toHaveCount(0);
    await app.page.reload();
    await expect(app.page.locator("#engine")).toContainText("WebAssembly");
    await expect.poll(() => isControlled(app.page)).toBe(true);
    await expect(notice(app.page)).toHaveCount(0);
  });
});

test("a notice does not move the page while it is being used", async ({ app }) => {
  const { page } = app;
  await app.open("", server.url);
  const press = (): Promise<void> => page.mouse.click(2, 2);
  await expect
    .poll(async () => {
      await press();
      return isControlled(page);
    })
    .toBe(true);
  for (let second = 0; second < 3; second += 1) {
    await press();
    await page.waitForTimeout(1000);
    await expect(notice(page)).toHaveCount(0);
  }
  await expect(notice(page)).toContainText("works without a network");
});

test("keeps a large file once it has been read whole, and answers from there", async ({ app }) => {
  await visit(app, server.url);
  const { page } = app;
  const before = server.sent.get(ALL_IMAGES) ?? 0;
  // Slowly: what is on its way when the page has enough depends on how busy the machine is.
  server.pieceMs = 64;
  // As a run does that wants fewer digits.
  await page.evaluate(async (url) => {
    const reader = (await fetch(url)).body?.getReader();
    await reader?.read();
    await reader?.cancel();
  }, ALL_IMAGES);
  expect((server.sent.get(ALL_IMAGES) ?? 0) - before).toBeLessThan(3_000_000);
  server.pieceMs = PIECE_MS;
  expect(await sizeOf(page, ALL_IMAGES)).toBe(9_719_438);
  const asked = server.asked.get(ALL_IMAGES) ?? 0;
  expect(asked).toBe(2);
  expect(await sizeOf(page, ALL_IMAGES)).toBe(9_719_438);
  expect(server.asked.get(ALL_IMAGES)).toBe(asked);
});

test("fetches a file anew when it is asked to, and keeps that", async ({ app }) => {
  await visit(app, server.url);
  const { page } = app;
  const whole = await sizeOf(page, MODEL);
  const damaged = page.evaluate(async (url) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url: key } of await cache.keys()) {
        if (key.includes(url)) await cache.put(key, new Response("damaged"));
      }
    }
  }, MODEL);
  await damaged;
  expect(await sizeOf(page, MODEL)).toBe("damaged".length);
  const asked = server.asked.get(MODEL) ?? 0;
  expect(await sizeOf(page, MODEL, "reload")).toBe(whole);
  expect(server.asked.get(MODEL)).toBe(asked + 1);
  expect(await sizeOf(page, MODEL)).toBe(whole);
  expect(server.asked.get(MODEL)).toBe(asked + 1);
});

test.describe("another file", () => {
  // The browser looks for the icon of a page that is a picture.
  test.use({ expectedTroubles: /404/ });

  test("comes from the server if it is no part of the site's build", async ({ app }) => {
    await visit(app, server.url);
    for (const name of ["element.js", "assets/models/README.md"]) {
      const asked = server.asked.get(name) ?? 0;
      expect(await sizeOf(app.page, name)).toBeGreaterThan(100);
      expect(server.asked.get(name)).toBe(asked + 1);
    }
    const response = await app.page.goto(`${server.url}icon.svg`);
    expect(response?.fromServiceWorker()).toBe(false);
  });
});

/** Leaves in `installed` how the installation of the page's worker ends. */
function watchInstall(): void {
  const { register } = ServiceWorkerContainer.prototype;
  ServiceWorkerContainer.prototype.register = async function (...args) {
    const registration = await register.apply(this, args);
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      Reflect.set(window, "installed", installing.state);
    });
    return registration;
  };
}

test("works from the network when the disk is full", async ({ app, context }) => {
  const devtools = await context.newCDPSession(app.page);
  const { origin } = new URL(server.url);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 200_000 });
  await app.page.addInitScript(watchInstall);
  await app.open("", server.url);
  await expect
    .poll(() => app.page.evaluate(() => Reflect.get(window, "installed")))
    .toBe("redundant");
  expect((await cacheNames(app.page)).filter((name) => name.includes("code"))).toEqual([]);
  await app.page.reload();
  expect(await isControlled(app.page)).toBe(false);
  await app.trainAtLeast(1);
});

test.describe("a site that is gone", () => {
  // Chromium looks for the worker only when the page leaves it time.
  test.use({ expectedTroubles: /404/, contextOptions: { reducedMotion: "reduce" } });

  test("makes way for another at its address", async ({ app }) => {
    await visit(app, server.url);
    const other = await mkdtemp(join(tmpdir(), "other-site-"));
    await writeFile(join(other, "index.html"), "<title>Another site</title>");
    server.root = other;
    await app.page.reload();
    await expect(app.page).toHaveTitle(/Ganvas/);
    const registrations = (): Promise<number> =>
      app.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
    // It makes sure that the site is not just being deployed.
    await expect.poll(registrations, { timeout: 40_000 }).toBe(0);
    // Its copies go after the worker.
    await expect.poll(() => cacheNames(app.page)).toEqual([]);
    await app.page.reload();
    await expect(app.page).toHaveTitle("Another site");
    await rm(other, { recursive: true });
  });
});
