// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The film as a file: which formats each browser offers, and what a player or a reader finds in them,
// apart from the page.

import { readFile } from "node:fs/promises";
import { inflateSync } from "node:zlib";
import type { Browser, Download } from "@playwright/test";
import { type AppPage, expect, test, violations } from "./app_page";
import { FIND } from "./engine_page";
import { decodeAlone, FLAT_FILM, packetsOf, replaceFilm, TIMES } from "./film_files";
import { Firefox } from "./firefox_driver";
import { WebKit } from "./webkit_driver";

/** How far a grey may be off after encoding and decoding. */
const TOLERANCE = 2;
const VIDEOS = {
  mp4: { type: "video/mp4", codec: /^avc1\.42[0-9a-f]{4}$/i },
  webm: { type: "video/webm", codec: /^vp09\.00\./ },
} as const;
type Video = keyof typeof VIDEOS;
/** What a file says of BT.709 in limited range: a box of MP4, and an element of Matroska. */
const COLOR = {
  mp4: Buffer.concat([Buffer.from("colrnclx"), Buffer.from([0, 1, 0, 1, 0, 1, 0])]),
  webm: Buffer.from("55b18101" + "55ba8101" + "55bb8101" + "55b98101", "hex"),
};

async function save(app: AppPage, format: string): Promise<Download> {
  await app.page.locator("#film-save").click();
  await app.page.locator(`gv-film-dialog input[value=${format}]`).check();
  const downloading = app.page.waitForEvent("download");
  await app.page.locator("gv-film-dialog #save").click();
  const download = await downloading;
  await expect(app.page.locator("gv-film-dialog")).toHaveCount(0);
  return download;
}

/** A player shows every frame of FLAT_FILM at its time, with its greys, from the file alone. */
async function expectFlatFilm(browser: Browser, bytes: Uint8Array, video: Video): Promise<void> {
  const { type, codec } = VIDEOS[video];
  expect(Buffer.from(bytes).indexOf(COLOR[video]), "the colours are stated").toBeGreaterThan(0);
  const read = await packetsOf(bytes);
  expect(read.codec).toMatch(codec);
  expect(read.packets.length).toBe(TIMES.length);
  for (const [at, { timestamp }] of read.packets.entries()) {
    expect(timestamp).toBeCloseTo(TIMES[at] ?? 0, 2);
  }
  const [width, height] = read.size;
  expect([width % 2, height]).toEqual([0, width]);
  const { frames, seconds } = await decodeAlone(browser, bytes, type);
  expect(seconds).toBeCloseTo(TIMES.length * 0.09, 1);
  for (const [frame, greys] of FLAT_FILM.entries()) {
    for (const [sample, grey] of greys.entries()) {
      for (const channel of frames[frame]?.[sample] ?? [Number.NaN]) {
        const place = `frame ${frame}, sample ${sample}: ${channel}, not ${grey}`;
        expect(Math.abs(channel - grey), place).toBeLessThanOrEqual(TOLERANCE);
      }
    }
  }
}

for (const video of ["mp4", "webm"] as const) {
  test(`a player shows the greys of Chromium’s ${video}, each frame at its time`, async ({
    app,
    browser,
  }) => {
    await app.open("?examples=1000&grid=4");
    await app.trainAtLeast(5);
    await app.page.locator("gv-film-strip").evaluate(replaceFilm, FLAT_FILM);
    const download = await save(app, video);
    expect(download.suggestedFilename()).toBe(`ganvas-quick-seed1.${video}`);
    await expectFlatFilm(browser, await readFile(await download.path()), video);
  });
}

test("a video of points has their colours", async ({ app, browser }) => {
  await app.open("?preset=toy2d&view=train");
  await app.play.click();
  await app.waitForStep(20);
  await app.pause();
  const download = await save(app, "mp4");
  const bytes = await readFile(await download.path());
  const colors = await app.page.locator("gv-film-strip").evaluate((strip) => {
    const style = getComputedStyle(strip);
    return ["--surface", "--real", "--generated"].map((name) => style.getPropertyValue(name));
  });
  const shares = await sharesOf(browser, bytes, colors);
  expect(shares[0]).toBeGreaterThan(0.8);
  expect(shares[1]).toBeGreaterThan(0.005);
  expect(shares[2]).toBeGreaterThan(0.001);
});

/** Shares of a video's first frame that have each colour. */
async function sharesOf(
  browser: Browser,
  bytes: Uint8Array,
  colors: readonly string[],
): Promise<readonly number[]> {
  const page = await browser.newPage();
  const source = `data:video/mp4;base64,${Buffer.from(bytes).toString("base64")}`;
  const shares = await page.evaluate(
    async ({ source, colors }) => {
      const video = document.createElement("video");
      const sought = new Promise((resolve) => video.addEventListener("seeked", resolve));
      // A video tells that it has sought before the frame is where a canvas takes it from.
      const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      document.body.append(video);
      video.src = source;
      video.currentTime = 0.04;
      await Promise.all([sought, shown]);
      const context = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext("2d");
      if (context === null) throw new Error("There is no canvas.");
      const wanted = colors.map((color) => {
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
      });
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, video.videoWidth, video.videoHeight);
      return wanted.map((color) => {
        let count = 0;
        for (let at = 0; at < data.length; at += 4) {
          const near = [0, 1, 2].every((i) => Math.abs((data[at + i] ?? 0) - (color[i] ?? 0)) < 12);
          if (near) count += 1;
        }
        return (4 * count) / data.length;
      });
    },
    { source, colors },
  );
  await page.close();
  return shares;
}

test("a picture of an earlier step has its pixels, and its run in the metadata", async ({
  app,
}) => {
  await app.open("?examples=1000&grid=4&seed=7");
  await app.trainAtLeast(5);
  await app.page.locator("#noise").click();
  await app.page.locator("gv-film-strip").evaluate(replaceFilm, FLAT_FILM);
  await app.page.locator("#strip").focus();
  await app.page.keyboard.press("Home");
  await app.page.keyboard.press("ArrowRight");
  await expect(app.page.locator("figcaption")).toContainText("at step 1");
  const download = await save(app, "png");
  expect(download.suggestedFilename()).toBe("ganvas-quick-seed7-step1.png");
  const { texts, width, pixel } = readPng(await readFile(await download.path()));
  expect(texts).toEqual({
    Software: expect.stringMatching(/^Ganvas \d+\.\d+\.\d+$/),
    Preset: "quick",
    Seed: "7",
    Step: "1",
    "Noise seed": expect.stringMatching(/^\d+$/),
    Link: app.page.url(),
  });
  expect(texts["Noise seed"]).not.toBe("1");
  for (const [sample, grey] of (FLAT_FILM[1] ?? []).entries()) {
    const [x, y] = [sample % 4, Math.floor(sample / 4)].map((at) =>
      Math.floor((at + 0.5) * (width / 4)),
    );
    expect(pixel(x ?? 0, y ?? 0)).toEqual([grey, grey, grey]);
  }
});

interface Png {
  readonly texts: Readonly<Record<string, string>>;
  readonly width: number;
  readonly pixel: (x: number, y: number) => readonly number[];
}

/** A PNG of palette indices, one byte each, whose rows are not filtered. */
function readPng(bytes: Buffer): Png {
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const texts: Record<string, string> = {};
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString("latin1", at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === "tEXt") {
      const [keyword = "", text = ""] = content.toString("latin1").split("\0");
      texts[keyword] = text;
    } else chunks.set(name, content);
    at += 12 + length;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  expect([...header.subarray(8)]).toEqual([8, 3, 0, 0, 0]);
  const width = header.readUInt32BE(0);
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const pixel = (x: number, y: number): number[] => {
    expect(rows[y * (width + 1)]).toBe(0);
    const entry = rows[y * (width + 1) + 1 + x] ?? 0;
    return [...(chunks.get("PLTE")?.subarray(3 * entry, 3 * entry + 3) ?? [])];
  };
  return { texts, width, pixel };
}

/** An encoder that takes no more frames once the page says so. */
function stallWhenAsked(): void {
  const { encode, flush } = VideoEncoder.prototype;
  const stalls = (): boolean => "stalls" in window;
  Object.assign(VideoEncoder.prototype, {
    encode(this: VideoEncoder, ...args: Parameters<typeof encode>) {
      if (!stalls()) encode.apply(this, args);
    },
    flush(this: VideoEncoder) {
      return stalls() ? new Promise(() => {}) : flush.apply(this);
    },
  });
}

test("the dialog is used by keys, its long work can be cancelled, and it has no faults", async ({
  app,
}) => {
  await app.page.addInitScript(stallWhenAsked);
  await app.open("?examples=1000&grid=4");
  await app.trainAtLeast(5);
  await app.page.locator("gv-film-strip").evaluate(replaceFilm, FLAT_FILM);
  await app.page.locator("#film-save").focus();
  await app.page.keyboard.press("Enter");
  const dialog = app.page.locator("gv-film-dialog");
  await expect(dialog.locator("input[value=mp4]")).toBeFocused();
  expect(await violations(app.page)).toEqual([]);
  await app.page.keyboard.press("ArrowDown");
  await expect(dialog.locator("input[value=webm]")).toBeChecked();
  await app.page.evaluate(() => Object.assign(window, { stalls: true }));
  await app.page.keyboard.press("Tab");
  await app.page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toContainText("Drawing the pictures");
  await dialog.locator("#cancel").click();
  await expect(dialog.locator("#save")).toBeEnabled();
  await expect(dialog.getByRole("status")).toBeEmpty();
  await app.page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(app.page.locator("#film-save")).toBeFocused();
});

test("video encoders that stall at the first frame are not waited for", async ({ app }) => {
  await app.page.addInitScript(stallWhenAsked);
  await app.page.addInitScript(() => Object.assign(window, { stalls: true }));
  await app.open("?examples=1000&grid=4");
  await app.trainAtLeast(5);
  await app.page.clock.install();
  await app.page.locator("#film-save").click();
  const dialog = app.page.locator("gv-film-dialog");
  for (const codec of ["H.264", "VP9", "VP8"]) {
    await expect(dialog.getByRole("status"), codec).toContainText("Checking which formats");
    await app.page.clock.runFor(10_000);
  }
  await expect(dialog.locator("input[value=gif]")).toBeFocused();
  await expect(dialog.locator("input")).toHaveCount(2);
});

test("without a video encoder that works, the film is a GIF", async ({ app }) => {
  await app.page.addInitScript(() => {
    // It takes every setting, and then fails, as encoders of missing hardware do.
    const encode = (): never => {
      throw new DOMException("There is no encoder.", "EncodingError");
    };
    Object.assign(VideoEncoder.prototype, { encode });
  });
  await app.open("?examples=1000&grid=4");
  await app.trainAtLeast(40);
  await app.page.locator("#film-save").click();
  const formats = app.page.locator("gv-film-dialog input");
  await expect(formats).toHaveCount(2);
  await expect(formats.first()).toHaveValue("gif");
  await expect(formats.first()).toBeChecked();
});

/** Runs in the page: keeps what it saves. */
function keepSaved(): void {
  const native = URL.createObjectURL;
  URL.createObjectURL = (saved) => {
    Object.assign(window, { saved });
    return native(saved);
  };
}

/** Runs in the page: base 64 of what it saved last. */
async function readSaved(): Promise<string> {
  const { saved } = window as unknown as { readonly saved: Blob };
  const bytes = new Uint8Array(await saved.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

test("Firefox's videos have their greys, too", async ({ baseURL, browser }) => {
  test.setTimeout(180_000);
  const firefox = await Firefox.start();
  try {
    await firefox.page.goto(`${baseURL}?examples=1000&grid=4`);
    await firefox.press("#train");
    await expect.poll(() => firefox.step(), { timeout: 40_000 }).toBeGreaterThan(5);
    await firefox.press("#play");
    await expect.poll(() => firefox.text("#play")).toBe("Play");
    const strip = await firefox.page.$(">>> gv-film-strip");
    await strip?.evaluate(replaceFilm, FLAT_FILM);
    await firefox.page.evaluate(keepSaved);
    for (const video of ["mp4", "webm"] as const) {
      await firefox.press("#film-save");
      await expect.poll(() => firefox.text(`input[value=${video}]`)).not.toBeNull();
      await firefox.press(`input[value=${video}]`);
      await firefox.press("#save");
      await expect.poll(() => firefox.text("gv-film-dialog"), { timeout: 60_000 }).toBeNull();
      const base64 = await firefox.page.evaluate(readSaved);
      await expectFlatFilm(browser, Buffer.from(base64, "base64"), video);
    }
    expect(firefox.troubles).toEqual([]);
  } finally {
    await firefox.stop();
  }
});

test("WebKit's videos have their greys, too", async ({ baseURL, browser }) => {
  test.setTimeout(180_000);
  const webkit = await WebKit.start();
  const is = (selector: string, found: boolean): Promise<void> =>
    expect
      .poll(async () => (await webkit.text(selector)) !== null, { timeout: 40_000 })
      .toBe(found);
  try {
    await webkit.open(`${baseURL}?examples=1000&grid=4&lang=en&view=train`);
    await webkit.press("#play");
    await is("#film-save:enabled", true);
    await webkit.press("#play");
    await expect.poll(() => webkit.text("#play")).toBe("Play");
    const replace = `(${replaceFilm})(find(document, "gv-film-strip"), arguments[0])`;
    await webkit.run(`${FIND}; ${replace}; (${keepSaved})(); return true`, FLAT_FILM);
    await webkit.press("#film-save");
    await is("input[value=gif]", true);
    await webkit.press("input[value=mp4]");
    await webkit.press("#save");
    await is("gv-film-dialog", false);
    await webkit.run(`(${readSaved})().then((base64) => { window.base64 = base64; }); return true`);
    await expect.poll(() => webkit.run("return window.base64 ?? null")).not.toBeNull();
    const base64 = await webkit.run<string>("return window.base64");
    await expectFlatFilm(browser, Buffer.from(base64, "base64"), "mp4");
  } finally {
    await webkit.stop();
  }
});
