// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements in pages that are made as docs/embedding.md says.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { ISOLATION, PAGE, project, run, startServer, writeFiles } from "./consumer.mjs";
import { examples, onElementPage, trained } from "./elements.mjs";
import { closeBrowser, freePort, onPage, serve } from "./pages.mjs";

after(closeBrowser);

/** A folder with both packages unpacked beside the page. */
async function plainSite(context, page) {
  const folder = await project(context, { data: true });
  for (const name of ["ganvas", "ganvas-data"]) {
    await cp(join(folder, "node_modules", name), join(folder, "site", name), { recursive: true });
  }
  await writeFiles(folder, { "site/index.html": page });
  return join(folder, "site");
}

test("plain HTML: two elements on a page, on a plain host and on one that isolates it", async (context) => {
  const [page] = await examples("Plain HTML");
  const folder = await plainSite(context, page);
  for (const headers of [{}, ISOLATION]) {
    const origin = await serve(context, folder, headers);
    const name = `plain-html${headers === ISOLATION ? "-isolated" : ""}`;
    await onElementPage(context, name, `${origin}/`, async (page) => {
      await trained(page, 5, "ganvas-app");
      await page.locator("ganvas-samples").scrollIntoViewIfNeeded();
      await page.locator("ganvas-samples gv-image-grid").waitFor();
    });
  }
});

test("without its data an element says which file is missing", async (context) => {
  const folder = await plainSite(
    context,
    `<!doctype html><link rel="icon" href="data:,"><script type="module" src="ganvas/element.js"></script>
    <ganvas-app preset="quick" assets="nowhere"></ganvas-app><ganvas-samples assets="nowhere"></ganvas-samples>`,
  );
  await onPage(`${await serve(context, folder)}/`, async (page) => {
    for (const name of ["ganvas-app", "ganvas-samples"]) {
      const notice = page.locator(`${name} [role=alert]`).first();
      await notice.scrollIntoViewIfNeeded();
      assert.match(await notice.textContent(), /nowhere\/.*: the server answered 404/);
    }
  });
});

test("React 19 through Vite: properties, events, unmounting; development and build", async (context) => {
  const [run_] = await examples("React 19");
  const folder = await project(context, {
    dependencies: { react: "19.3.1", "react-dom": "19.3.1", vite: "8.3.8" },
    data: true,
    files: {
      "index.html": PAGE.replace("app.js", "app.jsx"),
      "run.jsx": run_,
      "app.jsx": `
        import { StrictMode, useState } from "react";
        import { createRoot } from "react-dom/client";
        import { Run } from "./run.jsx";
        function Page() {
          const [seed, setSeed] = useState(1);
          globalThis.setSeed = setSeed;
          return seed !== null && <Run seed={seed} />;
        }
        const root = document.body.appendChild(document.createElement("div"));
        createRoot(root).render(<StrictMode><Page /></StrictMode>);`,
    },
  });
  for (const name of ["mnist", "models"]) {
    await cp(join(folder, "node_modules/ganvas-data", name), join(folder, "public", name), { recursive: true });
  }
  const vite = "node_modules/.bin/vite";
  const port = await freePort();
  await startServer(context, folder, `http://localhost:${port}/`, vite, "--port", port, "--strictPort");
  await assertReacts(context, "react-development", `http://localhost:${port}/`);
  await run(folder, vite, "build");
  await assertReacts(context, "react-build", `${await serve(context, join(folder, "dist"))}/`);
});

function assertReacts(context, name, address) {
  return onElementPage(context, name, address, async (page, lines) => {
    const app = page.locator("ganvas-app");
    const setSeed = (seed) => page.evaluate((value) => globalThis.setSeed(value), seed);
    const play = () => app.evaluate((element) => element.play());
    await app.waitFor();
    await play();
    await trained(page, 3, "ganvas-app");
    assert.equal(await app.evaluate((element) => element.seed), "1");
    assert.ok(
      lines.some((line) => /^\d+$/.test(line)),
      `the handler printed ${lines}`,
    );

    await setSeed(2);
    // React renders in a task of its own.
    await page.waitForFunction(() => document.querySelector("ganvas-app").seed === "2");
    await page.evaluate(() => (globalThis.seen.steps = {}));
    await play();
    await trained(page, 2, "ganvas-app");

    await setSeed(null);
    await page.waitForFunction(() => document.querySelector("ganvas-app") === null);
    await until(() => page.workers().length === 0);
    await page.evaluate(() => (globalThis.seen.steps = {}));
    await setSeed(3);
    await app.waitFor();
    await play();
    await trained(page, 2, "ganvas-app");
  });
}

async function until(condition) {
  for (let waited = 0; waited < 100 && !condition(); waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(condition(), String(condition));
}
