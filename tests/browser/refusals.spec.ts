// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a browser, its settings or a full disk can refuse, each refused once: the page says what is missing,
// in both languages, and there is a way on.

import type { Locator } from "@playwright/test";
import { type AppPage, expect, test } from "./app_page";

test.use({ expectedTroubles: /refused/ });

/** Code that runs before that of the page. */
const inPage = (code: string) => (app: AppPage) => app.page.addInitScript(code);

/** Code that runs before that of the page's workers. */
const inWorkers = (code: string) => (app: AppPage) =>
  app.page.route("**/assets/worker-*.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });

/** Ends the refusal. */
const allow = (app: AppPage) => app.page.unroute("**/assets/worker-*.js");

const reject = (error: string) => `() => Promise.reject(new ${error}("refused"))`;

interface Refusal {
  readonly refuse: (app: AppPage) => Promise<unknown>;
  /** More of the link. */
  readonly search?: string;
  /** What the user does; nothing if the page tells by itself. */
  readonly act?: (app: AppPage) => Promise<void>;
  /** Where it is told. */
  readonly told: (app: AppPage) => Locator;
  readonly words: readonly [english: string, chinese: string];
  /** A way on, in English. */
  readonly goOn: (app: AppPage, told: Locator) => Promise<void>;
}

const alert = (app: AppPage) => app.page.getByRole("alert");
const takeStep = (app: AppPage) => app.page.locator("#step").click();
const openPictures = (app: AppPage) => app.page.locator("gv-train-panel #pictures").click();

async function tryAgain(app: AppPage, told: Locator): Promise<void> {
  await allow(app);
  await told.getByRole("button", { name: "Try again" }).click();
  await trains(app);
}

async function trains(app: AppPage): Promise<void> {
  await takeStep(app);
  await app.waitForStep(1);
}

async function downloads(app: AppPage, told: Locator): Promise<void> {
  const download = app.page.waitForEvent("download");
  await told.getByRole("button", { name: "Download the run" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.safetensors$/);
}

/** As a picture that only the browser decodes. */
async function chooseJpeg(app: AppPage): Promise<void> {
  await openPictures(app);
  const base64 = await app.page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.getContext("2d")?.fillRect(0, 0, 9, 9);
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  const buffer = Buffer.from(base64, "base64");
  const file = { name: "one.jpg", mimeType: "image/jpeg", buffer };
  await app.page.locator("gv-pictures-dialog #files").setInputFiles(file);
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  fetch: {
    refuse: inWorkers(`self.fetch = ${reject("TypeError")};`),
    told: alert,
    words: ["The file could not be downloaded", "无法下载文件"],
    goOn: tryAgain,
  },
  Worker: {
    refuse: inPage(`
      const { Worker } = window;
      window.Worker = function () { throw new DOMException("refused", "SecurityError"); };
      window.allowWorkers = () => { window.Worker = Worker; };
    `),
    told: alert,
    words: ["but it could not be started", "程序已下载，但无法启动"],
    goOn: async (app, told) => {
      await app.page.evaluate("allowWorkers()");
      await tryAgain(app, told);
    },
  },
  IndexedDB: {
    refuse: inPage(`IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "InvalidStateError");
    };`),
    act: takeStep,
    told: (app) => app.page.locator("#unsaved"),
    words: ["This browser keeps nothing for this page", "浏览器不为本页保存数据"],
    goOn: downloads,
  },
  "room on the disk": {
    refuse: inPage(`IDBObjectStore.prototype.put = () => {
      throw new DOMException("refused", "QuotaExceededError");
    };`),
    act: takeStep,
    told: (app) => app.page.locator("#unsaved"),
    words: ["The browser’s storage is full. Delete runs", "浏览器的存储空间已满"],
    goOn: downloads,
  },
  "compiling WebAssembly": {
    refuse: inWorkers(`
      for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"])
        WebAssembly[name] = ${reject("WebAssembly.CompileError")};
    `),
    told: alert,
    words: ["but it could not be started", "程序已下载，但无法启动"],
    goOn: tryAgain,
  },
  SharedArrayBuffer: {
    refuse: async (app) => {
      await inPage("delete window.SharedArrayBuffer;")(app);
      await inWorkers("delete self.SharedArrayBuffer;")(app);
    },
    search: "&threads=2",
    told: alert,
    words: ["This browser could not start several threads.", "此浏览器无法启动多个线程"],
    goOn: trains,
  },
  OffscreenCanvas: {
    refuse: inWorkers("delete self.OffscreenCanvas;"),
    act: chooseJpeg,
    told: (app) => app.page.locator("gv-pictures-dialog").getByRole("alert"),
    words: [
      "None of its pictures can be used. 1 of a kind that is not read here: one.jpg",
      "其中的图片都不能用。1 个属于这里不能读取的格式：one.jpg",
    ],
    goOn: (app) => expect(app.page.locator("#choose-files")).toBeVisible(),
  },
  clipboard: {
    refuse: inPage(`Clipboard.prototype.read = ${reject("DOMException")};`),
    act: async (app) => {
      await openPictures(app);
      await app.page.locator("gv-pictures-dialog #paste").click();
    },
    told: (app) => app.page.locator("gv-pictures-dialog").getByRole("alert"),
    words: [
      "does not let this page read the clipboard. Press Ctrl+V",
      "浏览器不允许本页面读取剪贴板",
    ],
    goOn: (app) => expect(app.page.locator("#choose-files")).toBeVisible(),
  },
};

for (const [what, { refuse, search = "", act, told, words, goOn }] of Object.entries(REFUSALS)) {
  test(`a browser that refuses ${what} is told of, and there is a way on`, async ({ app }) => {
    await refuse(app);
    for (const [index, language] of (["zh", "en"] as const).entries()) {
      await app.open(`?view=train&examples=1000&preset=seed&lang=${language}${search}`);
      await act?.(app);
      await expect(told(app)).toContainText(words[1 - index] ?? "");
    }
    await goOn(app, told(app));
  });
}
