// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pages with the package's elements, and the examples of docs/embedding.md, which the tests run as they stand.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { onPage } from "./pages.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The examples of a section of docs/embedding.md, in order. */
export async function examples(section) {
  const text = await readFile(`${repository}docs/embedding.md`, "utf8");
  const body = text.split(/^## /m).find((part) => part.startsWith(`${section}\n`));
  return [...body.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code);
}

/** Notes each frame's events: the number of steps by the element's place among its kind, what is ready, what failed. */
function record() {
  globalThis.seen = { steps: {}, ready: [], failed: [] };
  addEventListener("ganvas-step", ({ target, detail }) => {
    const id = target.id || target.localName;
    globalThis.seen.steps[id] = detail.step;
  });
  addEventListener("ganvas-ready", ({ target, detail }) =>
    globalThis.seen.ready.push({ element: target.localName, build: detail.build, threads: detail.threads }),
  );
  addEventListener("ganvas-error", ({ detail }) => globalThis.seen.failed.push(detail.message));
}

/**
 * Opens a page with elements. When `look` has ended, the page has the title and the address that it had, and printed no
 * error. `look` may return what the page was like before the elements came, if that is not how it opened. A picture of the
 * page is in build/test-logs.
 */
export function onElementPage(context, name, address, look) {
  const titled = `document.title`;
  return onPage(
    address,
    async (page, lines, errors) => {
      const opened = { title: await page.evaluate(titled), url: page.url(), errors: 0 };
      const before = (await look(page, lines, errors)) ?? opened;
      await page.screenshot({ path: `${repository}build/test-logs/${name}.png`, fullPage: true });
      const { ready, failed } = await page.evaluate("globalThis.seen");
      context.diagnostic(`${name}: ${JSON.stringify(ready)}`);
      assert.deepEqual(failed, []);
      assert.deepEqual(errors.slice(before.errors), []);
      assert.equal(await page.evaluate(titled), before.title);
      assert.equal(page.url(), before.url);
    },
    record,
  );
}

/** Waits until the elements with these ids or names have taken this many steps. */
export async function trained(frame, count, ...ids) {
  const condition = ({ count, ids }) => ids.every((id) => globalThis.seen.steps[id] >= count);
  await frame.waitForFunction(condition, { count, ids }, { timeout: 60_000 });
}

/** A page whose app is ready to train, by a bundler's `element.js`. */
export const ELEMENT_FILES = {
  "element.html": `<!doctype html><meta charset="utf-8"><title>consumer</title><link rel="icon" href="data:,">
    <script type="module" src="./element.js"></script>`,
  "element.js": `
    import "ganvas/element";
    const app = document.createElement("ganvas-app");
    Object.assign(app, { preset: "toy2d", seed: 1, view: "train", threads: crossOriginIsolated ? 2 : 1 });
    app.addEventListener("ganvas-ready", () => app.play(), { once: true });
    document.body.append(app);`,
};

/** The page of ELEMENT_FILES trains. */
export function assertElementTrains(context, name, address) {
  return onElementPage(context, name, address, (page) => trained(page, 5, "ganvas-app"));
}
