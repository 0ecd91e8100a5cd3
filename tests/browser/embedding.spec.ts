// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements in somebody's page.

import type { Locator } from "@playwright/test";
import { contrast, expect, pixelsOf, test } from "./app_page";
import { COLLECT_ERRORS, errorCodes, openWith } from "./course_page";

const RUN = `view="train" examples="500" assets="/assets/"`;

/** What the tests use of `<ganvas-app>`. */
interface AppElement extends HTMLElement {
  seed: string | number | null;
  play(): Promise<void>;
  pause(): Promise<void>;
  reset(): Promise<void>;
  step(): Promise<void>;
}

/** Of the event "ganvas-step". */
interface Step {
  readonly step: number;
  readonly lossD: number;
  readonly lossG: number;
}

/** Takes steps by the element's method; returns the losses after each, from its events. */
async function losses(app: Locator, steps: number): Promise<number[][]> {
  return app.evaluate(async (element, count) => {
    const seen: number[][] = [];
    const one = element as AppElement;
    for (let step = 1; step <= count; step += 1) {
      const told = new Promise<void>((resolve) => {
        const listen = (event: Event): void => {
          const { detail } = event as CustomEvent<Step>;
          if (detail.step !== step) return;
          seen.push([detail.lossD, detail.lossG]);
          one.removeEventListener("ganvas-step", listen);
          resolve();
        };
        one.addEventListener("ganvas-step", listen);
      });
      await one.step();
      await told;
    }
    return seen;
  }, steps);
}

test("two elements on a page have runs of their own", async ({ app }) => {
  const { page } = app;
  const twoRuns = `<ganvas-app id="one" preset="quick" seed="7" ${RUN}></ganvas-app>
    <ganvas-app id="two" preset="toy2d" seed="3" theme="dark" ${RUN}></ganvas-app>
    <ganvas-app id="three" preset="quick" seed="7" ${RUN}></ganvas-app>`;
  await openWith(page, twoRuns);
  const [one, two, three] = ["#one", "#two", "#three"].map((id) => page.locator(id)) as [
    Locator,
    Locator,
    Locator,
  ];
  for (const each of [one, two, three]) await expect(each.locator("#play")).toBeEnabled();
  const first = await losses(one, 3);
  expect(await losses(three, 3)).toEqual(first);
  await expect(two.locator("#steps")).toHaveText("0");
  expect(await losses(two, 2)).not.toEqual(first.slice(0, 2));
  await expect(one.locator("#steps")).toHaveText("3");
  const background = (each: Locator) =>
    each.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(await background(two)).not.toBe(await background(one));
  expect(await background(three)).toBe(await background(one));
  // The views, too.
  await two.locator("#view-learn").click();
  await expect(two.locator("gv-learn")).toBeVisible();
  await expect(one.locator("gv-learn")).toHaveCount(0);
});

test("an element changes nothing of the page around it", async ({ app }) => {
  const { page } = app;
  await openWith(page, `<p id="text">Text</p><ganvas-app seed="7" ${RUN}></ganvas-app>`);
  const state = () =>
    page.evaluate(() => ({
      url: location.href,
      title: document.title,
      entries: history.length,
      kept: localStorage.length,
      root: document.documentElement.getAttributeNames(),
      body: document.body.getAttributeNames(),
      style: getComputedStyle(document.querySelector("#text") as Element).cssText,
    }));
  const before = await state();
  const element = page.locator("ganvas-app");
  await expect(element.locator("#play")).toBeEnabled();
  await losses(element, 1);
  await element.locator("#theme").click();
  await element.locator("#reset").click();
  for (const view of ["explore", "learn", "train"]) await element.locator(`#view-${view}`).click();
  await element.evaluate((one) => {
    (one as AppElement).seed = 8;
  });
  await expect(element.locator("#settings")).toContainText("seed 8");
  expect(await state()).toEqual(before);
  await expect(element.locator("#share")).toHaveCount(0);
  // Leaving needs no confirmation.
  page.on("dialog", (dialog) => {
    throw new Error(dialog.message());
  });
  await losses(element, 1);
  await page.goto("about:blank");
});

test("keys act only while the focus is inside, each on its element", async ({ app }) => {
  const { page } = app;
  const twoRuns = `<button id="outside">Outside</button>
    <ganvas-app id="one" ${RUN}></ganvas-app><ganvas-app id="two" ${RUN}></ganvas-app>`;
  await openWith(page, twoRuns);
  const steps = (id: string) => page.locator(`${id} #steps`);
  for (const id of ["#one", "#two"]) await expect(page.locator(`${id} #play`)).toBeEnabled();
  await page.locator("#outside").focus();
  await page.keyboard.press("s");
  await page
    .locator("#two figcaption")
    .first()
    .click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("s");
  await expect(steps("#two")).toHaveText("1");
  await expect(steps("#one")).toHaveText("0");
  await page.locator("#one #step").focus();
  await page.keyboard.press("s");
  await page.keyboard.press("s");
  await expect(steps("#one")).toHaveText("2");
  await expect(steps("#two")).toHaveText("1");
});

test("a narrow element on a wide page has the layout of a phone", async ({ app }) => {
  const { page } = app;
  const sideBySide = `<div id="row"><ganvas-app id="narrow" ${RUN}></ganvas-app>
    <ganvas-app id="wide" ${RUN}></ganvas-app></div>`;
  await page.setViewportSize({ width: 1600, height: 900 });
  await openWith(page, sideBySide, "#row { display: grid; grid-template-columns: 400px 1fr }");
  const places = async (id: string) => {
    await expect(page.locator(`${id} gv-train-panel`)).toBeVisible();
    const stage = await page.locator(`${id} gv-stage`).boundingBox();
    const panel = await page.locator(`${id} gv-train-panel`).boundingBox();
    if (stage === null || panel === null) throw new Error(`${id} shows no run`);
    return { stage, panel };
  };
  // The diagram above them comes with the run, and moves both.
  await expect(async () => {
    const narrow = await places("#narrow");
    expect(narrow.panel.y).toBeGreaterThan(narrow.stage.y + narrow.stage.height - 1);
    expect(narrow.stage.x + narrow.stage.width).toBeLessThanOrEqual(400);
    const wide = await places("#wide");
    expect(wide.panel.x).toBeGreaterThan(wide.stage.x + wide.stage.width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1600);
  }).toPass({ timeout: 20_000 });
});

test("samples are drawn when they come into view, the same ones for a seed", async ({ app }) => {
  const { page } = app;
  const models: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".safetensors.gz")) models.push(request.url());
  });
  const samples = (id: string, model: string) =>
    `<ganvas-samples id="${id}" model="${model}" rows="2" seed="7" assets="/assets/"></ganvas-samples>`;
  await openWith(
    page,
    `<div class="screen"></div>${samples("a", "dcgan")}${samples("b", "/assets/models/dcgan.safetensors.gz")}`,
    ".screen { height: 3000px } ganvas-samples { width: 400px }",
  );
  await page.waitForFunction(() => customElements.get("ganvas-samples") !== undefined);
  await page.waitForTimeout(500);
  expect(models).toEqual([]);
  await page.locator("#b").scrollIntoViewIfNeeded();
  const picture = async (id: string) => {
    const canvas = page.locator(`${id} gv-image-grid canvas`);
    await expect.poll(async () => contrast(await pixelsOf(canvas, 64))).toBeGreaterThan(30);
    return pixelsOf(canvas, 64);
  };
  const first = await picture("#a");
  expect(await picture("#b")).toEqual(first);
  await page.locator("#b").evaluate((element) => element.setAttribute("seed", "8"));
  await expect.poll(() => picture("#b")).not.toEqual(first);
});

test.describe("a model that cannot be loaded", () => {
  test.use({ expectedTroubles: /404/ });

  test("is reported in its place and by an event", async ({ app }) => {
    const { page } = app;
    await page.route("**/nowhere.safetensors", (route) => route.fulfill({ status: 404 }));
    await openWith(
      page,
      `${COLLECT_ERRORS}
      <ganvas-samples id="gone" model="/nowhere.safetensors"></ganvas-samples>
      <ganvas-samples id="text" model="/element.js"></ganvas-samples>
      <ganvas-samples id="rows" rows="many" assets="/assets/"></ganvas-samples>`,
    );
    await expect(page.locator("#gone")).toContainText("could not be downloaded");
    await expect(page.locator("#text")).toContainText("damaged or incomplete");
    await expect(page.locator("#rows")).toContainText('rows="many" is not a whole number');
    const codes = async () => (await errorCodes(page)).toSorted();
    await expect.poll(codes).toEqual(["bad_magic", "fetch_failed", "invalid_argument"]);
  });
});

test("invalid attributes are reported like those of a link", async ({ app }) => {
  await openWith(app.page, `<ganvas-app seed="x" colour="red" assets="/assets/"></ganvas-app>`);
  await expect(app.page.locator("#problems")).toContainText("seed=x");
  await expect(app.page.locator("#problems")).toContainText("colour=red");
});

test("an element that is removed ends its workers, and one that moves goes on", async ({ app }) => {
  const { page } = app;
  await openWith(
    page,
    `<div id="here"><ganvas-app ${RUN}></ganvas-app></div><div id="there"></div>`,
  );
  await expect(page.locator("#play")).toBeEnabled();
  await losses(page.locator("ganvas-app"), 2);
  await page.evaluate(() =>
    document.querySelector("#there")?.append(document.querySelector("ganvas-app") as Element),
  );
  await expect(page.locator("#there #steps")).toHaveText("2");
  expect(page.workers().length).toBeGreaterThan(0);
  await page.evaluate(() => document.querySelector("ganvas-app")?.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test("a changed seed opens a new run, also with a call or a move in the same task", async ({
  app,
}) => {
  const { page } = app;
  await openWith(
    page,
    `<div id="here"><ganvas-app seed="7" ${RUN}></ganvas-app></div><div id="there"></div>`,
  );
  const element = page.locator("ganvas-app");
  await expect(element.locator("#play")).toBeEnabled();
  await element.evaluate(async (one) => {
    (one as AppElement).seed = 8;
    await (one as AppElement).play();
  });
  await expect(element.locator("#settings")).toContainText("seed 8");
  await app.waitForStep(1);
  await element.evaluate((one) => {
    (one as AppElement).seed = 9;
    document.querySelector("#there")?.append(one);
  });
  await expect(page.locator("#there #settings")).toContainText("seed 9");
});

for (const then of ["pause", "reset"] as const) {
  test(`a run that is still loading does not play after ${then}()`, async ({ app }) => {
    const { page } = app;
    const views = ["", 'view="train"'];
    await openWith(
      page,
      views
        .map((view) => `<ganvas-app ${view} examples="500" assets="/assets/"></ganvas-app>`)
        .join(""),
    );
    await page.waitForFunction(() => customElements.get("ganvas-app") !== undefined);
    const elements = await page.locator("ganvas-app").all();
    for (const element of elements) {
      await element.evaluate(async (one, method) => {
        const each = one as AppElement;
        await Promise.all([each.play(), each[method]()]);
      }, then);
      await expect(element.locator("#play")).toBeEnabled();
    }
    await page.waitForTimeout(500);
    for (const element of elements) await expect(element.locator("#steps")).toHaveText("0");
    // The last one that is called counts.
    const [first] = elements;
    await first?.evaluate(async (one, method) => {
      const each = one as AppElement;
      await Promise.all([each[method](), each.play()]);
    }, then);
    await expect(first?.locator("#steps") as Locator).not.toHaveText("0");
  });
}

test.describe("an engine that is not there", () => {
  test.use({ expectedTroubles: /404|MIME type/ });

  test("is reported once by each element, as a file that did not come", async ({ app }) => {
    const { page } = app;
    await openWith(
      page,
      `${COLLECT_ERRORS}
      <ganvas-app engine="nowhere/" assets="/assets/"></ganvas-app>
      <ganvas-samples engine="nowhere/" assets="/assets/"></ganvas-samples>`,
    );
    await expect.poll(async () => (await errorCodes(page)).length).toBeGreaterThan(1);
    await page.waitForTimeout(300);
    expect(await errorCodes(page)).toEqual(["fetch_failed", "fetch_failed"]);
    await expect(page.locator("ganvas-samples")).toContainText("could not be downloaded");
  });
});

test("only the main button opens a link within an element", async ({ app }) => {
  const { page } = app;
  await openWith(page, `<ganvas-app ${RUN}></ganvas-app>`);
  const element = page.locator("ganvas-app");
  await expect(element.locator("#play")).toBeEnabled();
  await losses(element, 2);
  const tab = element.locator("#view-learn");
  for (const button of ["right", "middle"] as const) await tab.click({ button });
  await expect(element.locator("#steps")).toHaveText("2");
  await expect(element.locator("gv-learn")).toHaveCount(0);
});

test("samples whose seed changes while they are in no document are drawn again", async ({
  app,
}) => {
  const { page } = app;
  await openWith(
    page,
    `<ganvas-samples model="dcgan" rows="2" assets="/assets/"></ganvas-samples>`,
  );
  const canvas = page.locator("ganvas-samples gv-image-grid canvas");
  await expect.poll(async () => contrast(await pixelsOf(canvas, 64))).toBeGreaterThan(30);
  const before = await pixelsOf(canvas, 64);
  await page.locator("ganvas-samples").evaluate(async (element) => {
    element.remove();
    element.setAttribute("seed", "8");
    await new Promise((resolve) => setTimeout(resolve));
    document.body.append(element);
  });
  await expect.poll(() => pixelsOf(canvas, 64)).not.toEqual(before);
});
