// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Each file of the site is made to fail once: the page says so in the place where it is needed, and goes on
// once the file is there. A file of the build without a row in part_rows.ts fails the first test.

import { readdirSync } from "node:fs";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Route } from "@playwright/test";
import { type AppPage, expect, test } from "./app_page";
import { type Failure, OTHERS, ROWS, samples } from "./part_rows";
import { StaticServer } from "./static_server";

const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));

// The failures are the tests' own.
test.use({ expectedTroubles: /./ });

/** The page's patience, as in web/engine/parts.ts, and what it is here, to save time. */
const PATIENCE = { page: 10_000, here: 2500 };

/** Of a path, without the build's hash, the tier, and how many digits are inside. */
function nameOf(path: string): string {
  return (path.split("/").at(-1) ?? "")
    .replace(/-[\w-]{8}\.(js|gz|safetensors)$/, ".$1")
    .replace(/^(ganvas(?:-judge)?)-(?:relaxed|simd|scalar)(?:-mt)?\.wasm/, "$1.wasm")
    .replace(/^ganvas-mt\.js$/, "ganvas.js")
    .replace(/^(train|t10k)(?:-\d+)?-(images|labels).*\.gz$/, "$1-$2.gz");
}

test("each file of the build has a row", () => {
  const files = readdirSync(DIST, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|gz|safetensors)$/.test(path))
    .map(nameOf);
  expect(files.length).toBeGreaterThan(40);
  const known = [...Object.keys(ROWS), ...Object.keys(OTHERS)];
  expect([...new Set(files)].sort()).toEqual(known.sort());
});

/** Fails every request for the file until it is told to stop. */
async function failing(app: AppPage, name: string, failure: Failure) {
  const isOne = (url: URL): boolean => nameOf(url.pathname) === name;
  // Playwright stops clicking once the last route is removed while it holds a request.
  let fails = true;
  const fail = async (route: Route): Promise<void> => {
    if (!fails) return route.continue();
    switch (failure) {
      case "404":
        return route.fulfill({ status: 404 });
      case "cut":
        return route.abort("connectionreset");
      case "page":
        return route.fulfill({ contentType: "text/html", body: "<!doctype html><p>No such page" });
      case "stall":
        return; // never answered
    }
  };
  await app.page.route(isOne, fail);
  return (): void => {
    fails = false;
  };
}

/** Until the page has told of the file: what then comes may be slow. */
function shortenPatience({ page, here }: typeof PATIENCE): void {
  const native = window.setTimeout;
  const shortened = (run: () => void, ms?: number): number =>
    native(run, ms === page && sessionStorage.getItem("told") === null ? here : ms);
  window.setTimeout = shortened as typeof window.setTimeout;
}

for (const [name, row] of Object.entries(ROWS)) {
  for (const failure of row.failures) {
    test(`${name}, ${failure}`, async ({ app }) => {
      const { page } = app;
      const stalls = failure === "stall";
      if (stalls) await page.addInitScript(shortenPatience, PATIENCE);
      const mend = await failing(app, name, failure);
      await page.goto(`./${row.search ?? ""}`, { waitUntil: "commit" });
      await row.needs?.(app);
      const words = page.getByText((stalls && row.stalled) || row.words).first();
      await expect(words).toBeVisible();
      await page.evaluate(() => sessionStorage.setItem("told", "yes"));
      mend();
      if (row.again) await row.again(app);
      else if (stalls && row.stalled === undefined) {
        await page.getByRole("button", { name: "Reload the page" }).click();
        await row.needs?.(app);
      } else {
        await page
          .getByRole("button", { name: /Try again|重试/ })
          .first()
          .click();
      }
      await row.shows(app);
      await expect(words).toBeHidden();
    });
  }
}

// Requests of a worker's workers are none of the page's, which tests could answer.
test("without the script of its threads, the program runs on one", async ({ app }, info) => {
  const root = info.outputPath("site");
  await cp(DIST, root, { recursive: true, filter: (path) => !/\/thread-[^/]*$/.test(path) });
  const server = await StaticServer.start("/", {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
  });
  server.root = root;
  try {
    await app.open("?threads=2", server.url);
    await expect(app.page.locator("#engine")).toContainText("1 thread");
    expect([...server.asked.keys()].join()).toContain("/thread-");
    await samples(app);
  } finally {
    await server.stop();
  }
});
