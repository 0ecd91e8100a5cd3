// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Each file of the site: how it is made to fail, what the page says then, and what is there once it came
// after all. parts.spec.ts goes through them.

import { type AppPage, contrast, expect } from "./app_page";
import { png } from "./picture_files";

export type Failure = "404" | "cut" | "page" | "stall";
const ALL: readonly Failure[] = ["404", "cut", "page", "stall"];
export interface Row {
  readonly search?: string;
  readonly failures: readonly Failure[];
  readonly words: string;
  /** Where other words are shown when it stalls. */
  readonly stalled?: string;
  /** What the user does that needs the file. */
  readonly needs?: (app: AppPage) => Promise<unknown>;
  /** What the user does once the file is there, if not "Try again" beside the words. */
  readonly again?: (app: AppPage) => Promise<unknown>;
  /** What the user then sees. */
  readonly shows: (app: AppPage) => Promise<unknown>;
}

const PART = "This part of the page could not be loaded.";
const PROGRAM = "The program could not be loaded.";
const STALLED = "No data has arrived for ten seconds.";
const INTERRUPTED = "Training was interrupted.";
const DIGITS = "The handwritten digits could not be loaded.";
const NETWORK = "The pretrained network could not be loaded.";
const JUDGE = "The judge could not be loaded.";

const sees = (selector: string) => (app: AppPage) =>
  expect(app.page.locator(selector).first()).toBeVisible();
const press = (selector: string) => (app: AppPage) => app.page.locator(selector).click();
const trains = (app: AppPage) => app.waitForStep(1);
export const samples = (app: AppPage) =>
  expect.poll(async () => contrast(await app.pixels())).toBeGreaterThan(30);
const train = (app: AppPage) => app.train();
const RUN = "?view=train&examples=1000";
const play = (app: AppPage) => app.play.click();
/** A run that a link opens does not play by itself. */
const plays = async (app: AppPage) => {
  await play(app);
  await trains(app);
};
const link = (app: AppPage) => app.page.locator("#startup a").first().click();
const exchange = {
  search: "?view=explore",
  words: "The file could not be made.",
  needs: (app: AppPage) => app.page.locator("#download").selectOption("generator"),
  shows: (app: AppPage) =>
    expect(app.page.getByRole("status").first()).toHaveText("The file is saved."),
};
const chooseOne = (app: AppPage) =>
  app.page.locator("gv-pictures-dialog #files").setInputFiles({
    name: "a.png",
    mimeType: "image/png",
    buffer: png(16, 16, () => [200, 40, 90, 255]),
  });
const reading = {
  words: "could not be read.",
  needs: async (app: AppPage) => {
    await press("gv-welcome-panel #pictures")(app);
    await chooseOne(app);
  },
  again: chooseOne,
  shows: sees("gv-set-sheet #summary"),
};
const judge = {
  search: RUN,
  needs: press("#judge"),
  words: JUDGE,
  stalled: STALLED,
  shows: sees("gv-quality-view gv-curve-chart"),
};
/** Saves in a format. */
const film = (format: string): Row => ({
  search: "?examples=1000&grid=4",
  failures: ["404"],
  words: PART,
  needs: async (app) => {
    await app.trainAtLeast(5);
    await press("#film-save")(app);
    await press(`gv-film-dialog input[value=${format}]`)(app);
    await press("gv-film-dialog #save")(app);
  },
  shows: (app) => expect(app.page.getByRole("status").first()).toHaveText(/is saved\.$/),
});

/** By the name of the file, without what the build adds to it. */
export const ROWS: Readonly<Record<string, Row>> = {
  "index.js": { failures: ALL, words: "has not started", again: link, shows: samples },
  "shared.js": {
    failures: ["404", "stall"],
    words: "has not started",
    again: link,
    shows: samples,
  },
  "zh-Hans.js": {
    search: "?lang=zh",
    failures: ["404", "stall"],
    words: "中文文本未能加载",
    shows: (app) => expect(app.page.locator("#train")).toHaveText("从零训练一个"),
  },
  "shared_later.js": { failures: ["404"], words: PART, needs: train, shows: trains },
  "train_panel.js": { failures: ["404", "stall"], words: PART, needs: train, shows: trains },
  "training.js": { failures: ["cut"], words: PART, needs: train, shows: trains },
  "training_digits.js": { failures: ["page"], words: PART, needs: train, shows: trains },
  "hyper_parameters.js": {
    search: `${RUN}&g.lr=0.002`,
    failures: ["404"],
    words: PART,
    shows: async (app) => {
      await expect(app.play).toBeEnabled();
      expect(app.page.url()).toContain("g.lr=0.002");
      await press("#settings")(app);
      await expect(app.page.locator("gv-settings-dialog")).toContainText("The preset has");
    },
  },
  "picture_sets.js": {
    search: `${RUN}&pictures=0123456789abcdef`,
    failures: ["404"],
    words: PART,
    shows: sees("#elsewhere"),
  },
  "points_stage.js": {
    search: "?view=train&preset=toy2d",
    failures: ["404"],
    words: PART,
    shows: sees("gv-points-stage #samples, gv-points-stage canvas"),
  },
  "explore_view.js": {
    search: "?view=explore",
    failures: ALL,
    words: PART,
    shows: sees("gv-explore #sample"),
  },
  "learn_view.js": {
    search: "?view=learn",
    failures: ["cut"],
    words: PART,
    shows: sees("gv-learn h1"),
  },
  "texts_zh_hans.js": {
    search: "?view=learn&lang=zh",
    failures: ["404"],
    words: "页面的这一部分未能加载。",
    shows: (app) => expect(app.page.locator("gv-learn h1").first()).toHaveText("图片变成数字"),
  },
  "settings_dialog.js": {
    search: RUN,
    failures: ["page", "stall"],
    words: PART,
    needs: press("#settings"),
    shows: sees("gv-settings-dialog dialog"),
  },
  "code_dialog.js": {
    search: RUN,
    failures: ["404"],
    words: PART,
    needs: press("#code"),
    shows: sees("gv-code-dialog dialog"),
  },
  "keys_dialog.js": {
    failures: ["404"],
    words: PART,
    needs: async (app) => {
      await samples(app);
      await app.page.keyboard.press("?");
    },
    shows: sees("gv-keys-dialog dialog"),
  },
  "share_dialog.js": {
    failures: ["404"],
    words: PART,
    needs: press("#share"),
    shows: sees("gv-share-dialog dialog"),
  },
  "benchmark_dialog.js": {
    failures: ["404"],
    words: PART,
    needs: press("#engine"),
    shows: sees("gv-benchmark-dialog dialog"),
  },
  "saved_run.js": {
    search: RUN,
    failures: ["404"],
    words: PART,
    shows: (app) => expect(app.page.locator("gv-saved-run")).toHaveCount(1),
  },
  "runs_dialog.js": {
    search: RUN,
    failures: ["404"],
    words: PART,
    needs: press("#runs"),
    shows: sees("gv-runs-dialog dialog"),
  },
  "pictures_dialog.js": {
    failures: ["404"],
    words: PART,
    needs: press("gv-welcome-panel #pictures"),
    shows: sees("gv-pictures-dialog #target"),
  },
  "loupe.js": {
    failures: ["404"],
    words: PART,
    needs: (app) => app.page.locator("#samples").hover(),
    shows: async (app) => {
      // Without samples there is nothing to enlarge, and the pointer does not move again.
      await samples(app);
      await app.page.locator("#samples").hover();
      await sees("gv-loupe")(app);
    },
  },
  "nearest_picture.js": {
    search: "?examples=1000",
    failures: ["404"],
    words: "The nearest real picture could not be found",
    needs: async (app) => {
      await app.trainAtLeast(1);
      await app.page.locator("#samples").hover();
    },
    again: (app) => app.page.locator("#samples").hover({ position: { x: 20, y: 20 } }),
    shows: (app) => expect(app.page.locator("gv-loupe")).toContainText("Nearest real digit"),
  },
  "film_dialog.js": {
    search: "?examples=1000",
    failures: ["404"],
    words: PART,
    needs: async (app) => {
      await app.trainAtLeast(5);
      await press("#film-save")(app);
    },
    shows: sees("gv-film-dialog dialog"),
  },
  "film_video.js": { ...film("webm"), failures: ["404", "stall"] },
  "film_gif.js": film("gif"),
  "film_picture.js": film("png"),
  "point_pad.js": {
    search: "?view=train&preset=toy2d",
    failures: ["404"],
    words: PART,
    needs: press("#draw"),
    shows: sees("gv-point-pad dialog"),
  },
  "quality_view.js": { ...judge, failures: ["404"], words: PART },
  "main.js": { failures: ["404", "stall"], words: PROGRAM, stalled: STALLED, shows: samples },
  "worker.js": { failures: ["404", "stall"], words: PROGRAM, stalled: STALLED, shows: samples },
  "ganvas.js": { failures: ["cut", "stall"], words: PROGRAM, stalled: STALLED, shows: samples },
  "ganvas.wasm.gz": { failures: ALL, words: PROGRAM, stalled: STALLED, shows: samples },
  "mnist.js": {
    search: RUN,
    failures: ["404", "stall"],
    words: DIGITS,
    // A worker whose import stalls ends, since it cannot ask again.
    stalled: INTERRUPTED,
    shows: plays,
  },
  "player.js": {
    search: RUN,
    failures: ["404"],
    words: "Training stopped.",
    needs: play,
    again: play,
    shows: trains,
  },
  "conditional.safetensors.gz": {
    failures: ALL,
    words: NETWORK,
    stalled: STALLED,
    shows: samples,
  },
  "train-images.gz": {
    search: RUN,
    failures: ALL,
    words: DIGITS,
    stalled: STALLED,
    shows: plays,
  },
  "train-labels.gz": { search: RUN, failures: ["404"], words: DIGITS, shows: plays },
  "dcgan.safetensors.gz": {
    search: "?view=explore&model=dcgan",
    failures: ["404", "stall"],
    words: NETWORK,
    stalled: STALLED,
    shows: sees("gv-explore #sample"),
  },
  "seed.safetensors.gz": {
    search: "?view=explore&model=seed",
    failures: ["cut"],
    words: NETWORK,
    shows: sees("gv-explore #sample"),
  },
  "discriminator.safetensors.gz": {
    search: "?view=explore&tool=draw",
    failures: ["404", "stall"],
    words: "The discriminator could not be loaded.",
    stalled: STALLED,
    shows: sees("gv-score-view"),
  },
  "t10k-images.gz": {
    search: "?view=explore&tool=draw",
    failures: ["404", "stall"],
    words: DIGITS,
    stalled: STALLED,
    shows: sees("gv-draw-tool .examples gv-picture"),
  },
  "t10k-labels.gz": {
    search: "?view=explore&tool=draw",
    failures: ["cut"],
    words: DIGITS,
    shows: sees("gv-draw-tool .examples gv-picture"),
  },
  "exchange.js": { ...exchange, failures: ["404"] },
  "ganvas-exchange.js": { ...exchange, failures: ["404"] },
  "ganvas-exchange.wasm.gz": { ...exchange, failures: ALL },
  "pictures_main.js": { ...reading, failures: ["404"] },
  "ganvas-pictures.js": { ...reading, failures: ["404"] },
  "ganvas-pictures.wasm.gz": { ...reading, failures: ["404", "cut", "page"] },
  "judge_main.js": { ...judge, failures: ["404"] },
  "ganvas-judge.js": { ...judge, failures: ["404"] },
  "ganvas-judge.wasm.gz": { ...judge, failures: ["page", "stall"] },
  "judge.safetensors": { ...judge, failures: ["404"] },
};

/** Files that nothing here asks for, and why. */
export const OTHERS: Readonly<Record<string, string>> = {
  "element.js": "for the pages of others, which see it fail",
  "ganvas_app.js": "as element.js",
  "ganvas_samples.js": "as element.js",
  "keep_site.js": "without it, the site works as long as there is a network",
  "service_worker.js": "as keep_site.js",
  "latent_walk.js": "without it, the samples stand still",
  "rehearsal.js": "without it, Train takes a moment longer",
  "inflate.js": "only where a browser cannot undo gzip",
  "sha256_library.js": "only over plain http",
  "thread.js": "another engine takes its place: see the test of one thread",
};
