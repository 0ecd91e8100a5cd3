// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements in a deck of slides and in a notebook, as docs/embedding.md says: tests/run.sh runs them with --deep.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { project, startServer, writeFiles } from "./consumer.mjs";
import { examples, onElementPage, trained } from "./elements.mjs";
import { CDN, closeBrowser, freePort, serve } from "./pages.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));

after(closeBrowser);

test("reveal.js 6: an element on a slide has its own keys and size, and trains while its slide is shown", async (context) => {
  const folder = await project(context, { dependencies: { "reveal.js": "6.0.2" }, data: true });
  const [slide, scripts] = (await examples("reveal.js"))[0].split("\n\n");
  await writeFiles(folder, {
    "node_modules/index.html": `<!doctype html><meta charset="utf-8"><title>A deck</title>
      <link rel="stylesheet" href="reveal.js/dist/reveal.css"><link rel="stylesheet" href="reveal.js/dist/theme/white.css">
      <div class="reveal"><div class="slides">
        <section><h2>First</h2></section>
        ${slide}
        <section><h2>Last</h2></section>
      </div></div>
      <script src="reveal.js/dist/reveal.js"></script>
      <script>Reveal.initialize({ width: 1280, height: 720, margin: 0, transition: "none" });</script>
      ${scripts}`,
  });
  const origin = await serve(context, join(folder, "node_modules"));
  await onElementPage(context, "reveal", `${origin}/`, async (page) => {
    await page.setViewportSize({ width: 900, height: 600 });
    const slideNow = () => page.evaluate("Reveal.getIndices().h");
    const app = page.locator("ganvas-app");
    const stepNow = () => app.evaluate(({ metrics }) => metrics?.step ?? 0);
    await page.waitForFunction("globalThis.seen.ready.length === 1 && Reveal.isReady()");
    assert.equal(await stepNow(), 0);

    await page.keyboard.press("ArrowRight");
    await trained(page, 5, "ganvas-app");
    assert.ok((await page.evaluate("Reveal.getScale()")) < 0.8);
    await assertFits(page, app);

    // The last sample has to be under the pointer there.
    const box = await app.locator("#samples").boundingBox();
    await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.95);
    assert.equal(await app.locator("gv-loupe").evaluate(({ index }) => index), 99);
    await page.screenshot({ path: join(repository, "build/test-logs/reveal-loupe.png") });

    // Keys of the element, which the deck has, too.
    await app.locator("gv-control-bar button").first().focus();
    for (const key of ["ArrowRight", "ArrowLeft", "n", "?"]) await page.keyboard.press(key);
    const keys = app.locator("gv-keys-dialog dialog");
    await keys.waitFor();
    await page.keyboard.press("Escape");
    await keys.waitFor({ state: "detached" });
    assert.equal(await page.evaluate("Reveal.isOverview()"), false);
    assert.equal(await slideNow(), 1);

    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("ArrowRight");
    assert.equal(await slideNow(), 2);
    // Which it has to be told, and on a slow machine that takes its time.
    let step = await stepNow();
    for (let waited = 0, before = -1; waited < 30 && step !== before; waited += 1) {
      before = step;
      await page.waitForTimeout(1000);
      step = await stepNow();
    }
    await page.waitForTimeout(1000);
    assert.equal(await stepNow(), step, "it is paused on another slide");
    await page.keyboard.press("ArrowLeft");
    await trained(page, step + 3, "ganvas-app");
  });
});

/** Everything of the app is inside it, and it is inside the window. */
async function assertFits(page, app) {
  const { width, height } = page.viewportSize();
  const box = await app.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, JSON.stringify(box));
  const diagram = await app.locator("gv-step-diagram").evaluate((element) => {
    const { width } = element.getBoundingClientRect();
    return { width, drawn: element.renderRoot.querySelector("svg").getBoundingClientRect().width };
  });
  assert.ok(Math.abs(diagram.width - diagram.drawn) < 2, JSON.stringify(diagram));
}

test("JupyterLab: a frame of the site, and an element in an HTML cell", async (context) => {
  const folder = await project(context, { data: true });
  await symlink(join(repository, "web/dist"), join(folder, "node_modules/site"));
  const host = await serve(context, join(folder, "node_modules"), CDN);
  const cells = (await examples("JupyterLab")).map((code) => code.replaceAll("https://example.org", host));
  const notebook = {
    cells: cells.map((source) => ({ cell_type: "code", source, metadata: {}, outputs: [], execution_count: null })),
    metadata: { kernelspec: { name: "python3", display_name: "Python 3" } },
    nbformat: 4,
    nbformat_minor: 4,
  };
  await writeFiles(folder, { "lab/course.ipynb": JSON.stringify(notebook) });
  const lab = await startLab(context, folder);
  await onElementPage(context, "jupyterlab", `${lab}/lab/tree/course.ipynb`, async (page, _, errors) => {
    await page.setViewportSize({ width: 1280, height: 1200 });
    await page.locator(".jp-Notebook .jp-Cell").first().click();
    await page.getByText("Kernel status: Idle").first().waitFor({ state: "attached", timeout: 60_000 });
    // JupyterLab prints errors of its own when it starts.
    const before = { title: await page.title(), url: page.url(), errors: errors.length };
    for (const _ of cells) await page.keyboard.press("Shift+Enter");
    await page.locator(".jp-OutputArea-output iframe").waitFor();
    const frame = page.frames().find((each) => each.url().startsWith(host));
    // As a function: the site forbids eval.
    await frame.waitForFunction(() => globalThis.seen.ready.length > 0, null, { timeout: 60_000 });
    await frame.evaluate(() => document.querySelector("ganvas-app").play());
    await trained(frame, 5, "ganvas-app");
    const samples = page.locator("ganvas-samples");
    await samples.scrollIntoViewIfNeeded();
    await samples.locator("gv-image-grid").waitFor();
    return before;
  });
});

async function startLab(context, folder) {
  const root = execFileSync(join(repository, "tests/consumers/jupyter_root.sh"), { encoding: "utf8" }).trim();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  await startServer(
    context,
    join(folder, "lab"),
    `${origin}/lab`,
    join(repository, "toolchain/enter_root.sh"),
    join(root, ""),
    "env",
    `HOME=${folder}`,
    "jupyter-lab",
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    `--port=${port}`,
    "--ServerApp.ip=127.0.0.1",
  );
  return origin;
}
