// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page on different hosts: isolated with threads, or without special headers, in a subfolder.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AppPage, expect, test } from "./app_page";
import { isControlled, notice, visit } from "./site_copy";
import { PIECE_MS, StaticServer } from "./static_server";

async function firstSteps(app: AppPage): Promise<number[][]> {
  await app.trainAtLeast(1);
  await app.page.locator("#reset").click();
  await expect(app.page.locator("#steps")).toHaveText("0");
  return app.stepByStep(5);
}

/** As on a machine with more processors than the tests' may have. */
async function wantThreads(app: AppPage): Promise<void> {
  await app.page.locator("gv-frame").evaluate((frame) => {
    const { store } = Reflect.get(frame, "controller");
    const { engine } = store.state;
    const fallback = { wanted: `${engine.value.tier}-mt`, reason: "" };
    store.patch({ engine: { ...engine, value: { ...engine.value, fallback } } });
  });
}

test("is cross-origin isolated if the host sends the headers, and has a strict policy", async ({
  app,
}) => {
  const response = await app.page.goto("./");
  const headers = response?.headers() ?? {};
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(headers["cross-origin-embedder-policy"]).toBe("require-corp");
  const policy = headers["content-security-policy"] ?? "";
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toContain("unsafe-inline");
  expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test.describe("a foreign script", () => {
  test.use({ expectedTroubles: /Content Security Policy/ });

  test("is blocked", async ({ app }) => {
    await app.open();
    const ran = await app.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'taken over'";
      document.head.append(script);
      return document.title;
    });
    expect(ran).not.toContain("taken over");
    await expect.poll(() => app.troubles.join()).toContain("Content Security Policy");
  });
});

test("loads everything from its own host", async ({ app, baseURL }) => {
  const requested: string[] = [];
  app.page.on("request", (request) => requested.push(request.url()));
  await app.open();
  await app.trainAtLeast(1);
  expect(requested.length).toBeGreaterThan(5);
  expect(requested.filter((url) => !url.startsWith(baseURL ?? "none"))).toEqual([]);
});

for (const tier of ["relaxed", "simd", "scalar"] as const) {
  test(`runs the ${tier} tier on request`, async ({ app }) => {
    await app.open(`?tier=${tier}&threads=1&examples=1000`);
    await app.trainAtLeast(3);
    expect((await app.numbers()).every(Number.isFinite)).toBe(true);
    await expect(app.page.locator("#engine")).toContainText("1 thread");
  });
}

test("gives the same numbers on two threads as on one", async ({ app }) => {
  await app.open("?tier=simd&threads=1&examples=1000");
  const single = await firstSteps(app);
  await app.open("?tier=simd&threads=2&examples=1000");
  const double = await firstSteps(app);
  await expect(app.page.locator("#engine")).toContainText("2 threads");
  expect(double).toEqual(single);
});

test.describe("on a plain host, in a subfolder", () => {
  let server: StaticServer;

  test.beforeAll(async () => {
    server = await StaticServer.start("/some/where/");
  });

  test.afterAll(() => server.stop());

  test("trains on one thread without cross-origin isolation", async ({ app }) => {
    await app.open("", server.url);
    expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(false);
    await app.trainAtLeast(5);
    await expect(app.page.locator("#engine")).toContainText("1 thread");
    expect((await app.numbers()).every(Number.isFinite)).toBe(true);
  });

  test("aborts the download of the digits once it has enough", async ({ app }) => {
    const images = "assets/mnist/train-images-idx3-ubyte.gz";
    server.sent.clear();
    // Slowly: what is on its way when the page has enough depends on how busy the machine is.
    server.pieceMs = 64;
    await app.open("?examples=15000", server.url);
    await app.trainAtLeast(1);
    server.pieceMs = PIECE_MS;
    const sent = server.sent.get(images) ?? 0;
    console.log(`    15,000 digits: ${sent} of 9,719,438 bytes left the server`);
    expect(sent).toBeGreaterThan(2_400_000);
    expect(sent).toBeLessThan(7_500_000);
  });

  test("opens on one thread where a link asks for several, and says why", async ({ app }) => {
    await app.open(`?threads=2&nonsense=${"x".repeat(10_000)}`, server.url);
    await expect(app.page.locator("#engine")).toContainText("1 thread");
    const problems = app.page.locator("#problems");
    await expect(problems).toContainText("threads=2");
    await expect(problems).toContainText("Several threads need a server that isolates this page");
    // A long value does not fill the screen.
    await expect(problems).toContainText("nonsense=xxx");
    expect((await problems.boundingBox())?.height).toBeLessThan(100);
  });

  test("has a content policy without the host's headers", async ({ app }) => {
    await app.open("", server.url);
    const policy = app.page.locator('meta[http-equiv="Content-Security-Policy"]');
    await expect(policy).toHaveAttribute("content", /script-src 'self' 'wasm-unsafe-eval'/);
  });
});

test.describe("a plain host with the service worker", () => {
  test.use({ serviceWorkers: "allow" });
  let server: StaticServer;

  test.beforeEach(async () => {
    server = await StaticServer.start("/some/where/");
  });

  test.afterEach(() => server.stop());

  test("has threads from the second visit on, without another load", async ({ app }) => {
    let loads = 0;
    app.page.on("request", (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    await app.open("?tier=simd&threads=1&examples=1000", server.url);
    const single = await firstSteps(app);
    expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(false);
    await expect(notice(app.page)).toContainText("works without a network");
    await wantThreads(app);
    await app.page.locator("#engine").click();
    await expect(app.page.locator("#fallback")).toContainText("Reload the page to train");
    await app.page.keyboard.press("Escape");
    expect(loads).toBe(1);

    await app.open("?tier=simd&threads=2&examples=1000", server.url);
    const double = await firstSteps(app);
    await expect(app.page.locator("#engine")).toContainText("2 threads");
    expect(double).toEqual(single);
    expect(loads).toBe(2);
  });

  test("has one thread after a hard reload", async ({ app, context }) => {
    await visit(app, server.url);
    await app.page.reload();
    expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(true);
    const devtools = await context.newCDPSession(app.page);
    const loaded = app.page.waitForEvent("load");
    await devtools.send("Page.reload", { ignoreCache: true });
    await loaded;
    await expect.poll(() => app.page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(await isControlled(app.page)).toBe(false);
    await app.trainAtLeast(1);
    await expect(app.page.locator("#engine")).toContainText("1 thread");
  });

  test("trains in a frame of another site, which keeps no copy", async ({ app }) => {
    const course = await mkdtemp(join(tmpdir(), "course-"));
    await writeFile(
      join(course, "index.html"),
      `<link rel="icon" href="data:,"><title>A course</title><iframe src="${server.url}" width="900" height="700"></iframe>`,
    );
    const around = await StaticServer.start("/");
    around.root = course;
    await app.page.goto(around.url);
    const frame = app.page.frameLocator("iframe");
    await frame.locator("#train").click();
    await expect(frame.locator("#steps")).toContainText(/[1-9]/);
    expect(server.asked.get("service_worker.js")).toBeUndefined();
    await around.stop();
    await rm(course, { recursive: true });
  });
});
