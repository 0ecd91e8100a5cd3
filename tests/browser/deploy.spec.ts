// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A new build takes the place of the one that open tabs run, on a host that lets browsers keep
// everything for ten minutes. Neither with the service worker nor without are two builds mixed, which
// the engine would refuse.

import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppPage, expect, test } from "./app_page";
import { makeSecondBuild } from "./second_build";
import { buildOf, cacheNames, notice, visit } from "./site_copy";
import { StaticServer } from "./static_server";

const MODEL = "assets/models/seed.safetensors.gz";
/** A browser looks for a build when it has time, and then fetches and compares all of it. */
const KEEPING = { timeout: 40_000 };

let server: StaticServer;
let second: string;

test.beforeAll(async () => {
  second = await makeSecondBuild();
});

test.afterAll(() => rm(second, { recursive: true }));

test.beforeEach(async () => {
  server = await StaticServer.start("/some/where/", { "cache-control": "max-age=600" });
});

test.afterEach(() => server.stop());

test.describe("with the service worker", () => {
  // Chromium looks for a new worker only when the page leaves it time.
  test.use({ serviceWorkers: "allow", contextOptions: { reducedMotion: "reduce" } });

  test("a tab that trains goes on with its own build, and Reload brings the new one", async ({
    app,
    context,
  }) => {
    test.setTimeout(120_000);
    // The browser's own copies would hide what the worker lacks.
    await server.stop();
    server = await StaticServer.start("/some/where/", { "cache-control": "no-store" });
    await visit(app, server.url);
    const { page } = app;
    await app.open("?speed=4", server.url);
    const first = await buildOf(page);
    await app.train();
    await app.waitForStep(5);
    const models = server.asked.get(MODEL);
    server.root = second;

    const other = new AppPage(await context.newPage());
    await other.open("", server.url);
    for (const each of [page, other.page]) {
      await expect(notice(each)).toContainText("A new version is ready.", KEEPING);
      expect(await buildOf(each)).toBe(first);
    }
    await app.waitForStep((await app.step()) + 5);
    await page.keyboard.press("c");
    await expect(page.locator("gv-code-dialog")).toContainText("import torch");
    await page.keyboard.press("Escape");
    await notice(other.page).getByRole("button", { name: "Later" }).click();
    await expect(notice(other.page)).toHaveCount(0);
    await other.trainAtLeast(1);
    expect(other.troubles).toEqual([]);

    // The run is saved first, so the browser has nothing to ask.
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    const step = await app.step();
    await notice(page).getByRole("button", { name: "Reload" }).click();
    await expect.poll(() => buildOf(page).catch(() => first)).not.toBe(first);
    expect(asked).toEqual([]);
    await page.locator("#go-on").click();
    await app.waitForStep(step);
    await expect(notice(page)).toHaveCount(0);
    expect(server.asked.get(MODEL), "the data is the same").toBe(models);
  });

  test("a network that the new build has replaced is said to be of another version", async ({
    app,
    context,
  }) => {
    test.setTimeout(120_000);
    await visit(app, server.url);
    const { page } = app;
    await app.open("?view=explore&model=seed", server.url);
    await expect(page.locator("#sample")).toBeVisible();
    server.root = second;
    const other = new AppPage(await context.newPage());
    await other.open("", server.url);
    await expect(notice(page)).toContainText("A new version is ready.", KEEPING);
    await page.locator("#model").selectOption("dcgan");
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("different versions; reload the page");
    const first = await buildOf(page);
    await notice(page).getByRole("button", { name: "Reload" }).click();
    await expect.poll(() => buildOf(page).catch(() => first)).not.toBe(first);
    await expect(page.locator("#sample")).toBeVisible();
    await page.locator("#model").selectOption("dcgan");
    await expect(page).toHaveURL(/model=dcgan/);
    await expect(alert).toHaveCount(0);
  });

  test.describe("that cannot be kept", () => {
    test.use({ expectedTroubles: /404|service_worker|ServiceWorker|integrity/ });

    test("a build does not leave the page on the one before", async ({ app }) => {
      test.setTimeout(120_000);
      await visit(app, server.url);
      const first = await buildOf(app.page);
      const broken = await makeSecondBuild();
      await appendFile(join(broken, "icon-192.png"), "damage");
      server.root = broken;
      await expect(async () => {
        await app.page.reload();
        await app.page.waitForTimeout(3000);
        expect(await buildOf(app.page)).not.toBe(first);
      }).toPass({ timeout: 90_000 });
      await app.trainAtLeast(1);
      await rm(broken, { recursive: true });
    });
  });

  test.describe("among others", () => {
    // The browser looks for the icon of a page that is a script.
    test.use({ expectedTroubles: /404/ });

    test("other caches of the origin stay, and of the site's own those of active builds", async ({
      app,
    }) => {
      const others = ["another app", "ganvas /some/ code 1", "ganvas /some/where/else/ code 1"];
      const own = ["ganvas /some/where/ code 1", "ganvas /some/where/ code 2"];
      await app.page.goto(`${server.url}icon.svg`);
      await app.page.evaluate(
        (names) => Promise.all(names.map((name) => caches.open(name))),
        [...others, ...own],
      );
      await visit(app, server.url);
      await expect.poll(() => cacheNames(app.page)).not.toContain(own[0]);
      server.root = second;
      await app.page.goto("about:blank");
      await app.open("", server.url);
      await expect(notice(app.page)).toContainText("A new version is ready.", KEEPING);
      await expect.poll(() => cacheNames(app.page)).not.toContain(own[1]);
      const names = await cacheNames(app.page);
      expect(names).toEqual(expect.arrayContaining(others));
      expect(names.filter((name) => name.startsWith("ganvas /some/where/ code"))).toHaveLength(2);
    });
  });
});

test.describe("without it", () => {
  // Chunks that the first visit has not loaded are gone with their build.
  test.use({ expectedTroubles: /404/ });

  test("the browser's own copy is of one build, too", async ({ app }) => {
    await app.open("", server.url);
    const first = await buildOf(app.page);
    await app.trainAtLeast(1);
    server.root = second;
    // Whether it is asked depends on what is saved; app.open accepts it as well.
    app.page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
    for (const isReload of [false, true]) {
      if (isReload) await app.page.reload();
      else await app.page.goto("about:blank").then(() => app.open("", server.url));
      expect((await buildOf(app.page)) === first).toBe(!isReload);
      await app.trainAtLeast(1);
    }
  });
});
