// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker dies while something else than training needs it: the plane, the film and Explore are there again
// with the next worker. failures.spec.ts has what becomes of the run.

import { type AppPage, expect, pixelsOf, test } from "./app_page";

test.use({ expectedTroubles: /out of memory/ });

/** Says that the worker is gone, and opens another. */
async function tryAgain(app: AppPage): Promise<void> {
  const alert = app.page.getByRole("alert").first();
  await expect(alert).toContainText("out of memory");
  await alert.getByRole("button", { name: "Try again" }).click();
}

/** Steps of the film's snapshots. */
function filmed(app: AppPage): Promise<number[]> {
  return app.page.locator("gv-film-strip").evaluate((strip) => {
    const { film } = (strip as unknown as { training: { film: Film } }).training;
    return Array.from({ length: film.length }, (_, at) => film.at(at).step);
  });
}

interface Film {
  readonly length: number;
  at(index: number): { readonly step: number };
}

test("a run on points goes on with its film, and its plane is drawn again", async ({ app }) => {
  const { page } = app;
  await app.open("?view=train&preset=toy2d&speed=max");
  await app.play.click();
  await expect(page.locator("#runs")).toHaveAttribute("title", /saved up to step/);
  const before = await filmed(app);
  await app.loseWorker();
  const notice = page.locator("#revived");
  await expect(notice).toContainText("The run went on from its last save, at step");
  const saved = Number(
    /step ([\d,]+)/.exec((await notice.textContent()) ?? "")?.[1]?.replaceAll(",", ""),
  );
  const kept = before.filter((step) => step <= saved);
  expect(kept.length).toBeGreaterThan(5);
  expect((await filmed(app)).slice(0, kept.length)).toEqual(kept);
  await app.waitForStep(saved + 100);
  const plane = page.locator("gv-points-stage canvas").first();
  const drawn = await pixelsOf(plane, 100);
  await expect.poll(() => pixelsOf(plane, 100)).not.toEqual(drawn);
});

test("a judge that is lost says so, and another one judges the same run", async ({ app }) => {
  const { page } = app;
  await app.open("?view=train&preset=seed&examples=1000&speed=max");
  await app.play.click();
  await page.locator("gv-curves-view #judge").click();
  const quality = page.locator("gv-quality-view");
  const judged = async (): Promise<number> => {
    const said = await quality.getByText("At step").textContent();
    return Number(/At step ([\d,]+)/.exec(said ?? "")?.[1]?.replaceAll(",", ""));
  };
  await expect.poll(judged).toBeGreaterThan(0);
  // The latest worker is the judge's.
  await app.loseWorker();
  await expect(quality).toContainText("The judge could not be loaded.");
  const step = await app.step();
  await quality.getByRole("button", { name: "Try again" }).click();
  await expect.poll(judged).toBeGreaterThanOrEqual(step);
});

test("a tool of Explore shows the same sample again", async ({ app }) => {
  const { page } = app;
  await app.open("?view=explore&tool=digit&z=9&digit=3");
  const sample = (): Promise<number[]> =>
    page
      .locator("#sample")
      .evaluate((picture) =>
        Array.from((picture as unknown as { image: Float32Array | null }).image ?? []),
      );
  await expect.poll(async () => (await sample()).length).toBe(784);
  const three = await sample();
  await app.loseWorker();
  await expect(page.getByRole("alert").first()).toContainText("The program was interrupted.");
  await tryAgain(app);
  await expect.poll(sample).toEqual(three);
  await page.locator("#digit [data-digit='7']").click();
  await expect.poll(sample).not.toEqual(three);
});

test("a lesson goes on from its step, and an experiment begins anew with the guess", async ({
  app,
}) => {
  // Of an experiment, all of its 8,000 steps.
  test.setTimeout(240_000);
  const { page } = app;
  await app.open("?view=learn&station=8");
  const trained = page.locator("#trained");
  await expect(trained).toContainText("1,001");
  await page.locator("[data-more='500']").click();
  await expect(trained).toContainText("1,501");
  const gradients = await page.locator("#gradients").textContent();
  await app.loseWorker();
  await tryAgain(app);
  await expect(trained).toContainText("1,501");
  await expect(page.locator("#gradients")).toHaveText(gradients ?? "");

  await page.locator("[data-chapter='collapse']").click();
  await page.locator("[data-guess='0']").click();
  await expect(page.locator("#progress")).toHaveText(/^step [1-9]/);
  await app.loseWorker();
  await tryAgain(app);
  await expect(page.locator("#progress")).toHaveText(/^step [1-9]/);
  await expect(page.locator("#verdict")).toBeVisible({ timeout: 150_000 });
  await app.loseWorker();
  await expect.poll(() => app.trainingWorkers.length).toBe(0);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page.locator("#verdict")).toBeVisible();
  await page.locator("#again").click();
  await expect(page.locator("#progress")).toHaveText(/^step [1-9]/);
});
