// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a page with the package's code, and what the command, make of the same picture files.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";
import type { Reading, ReadingOptions } from "../../web/engine/pictures";
import { ganvas } from "./command";
import { StaticServer } from "./static_server";

const PACKAGE = fileURLToPath(new URL("../../web/dist-package/", import.meta.url));

export type Files = Readonly<Record<string, Uint8Array>>;
type Read = Omit<Reading, "set"> & {
  readonly set: Omit<Reading["set"], "pixels" | "labels"> & {
    readonly pixels: Buffer;
    readonly labels: readonly number[];
  };
};

/** A page that has the package's code, and nothing else. */
export const test = base.extend<{ site: Page }>({
  site: async ({ page }, use) => {
    const server = await StaticServer.start("/package/");
    server.root = PACKAGE;
    await page.goto(`${server.url}index.js`);
    await use(page);
    await server.stop();
  },
});

/** What the page reads, or the code of its error. */
export async function read(page: Page, files: Files, options: ReadingOptions = {}): Promise<Read> {
  const given = Object.entries(files).map(([path, bytes]) => ({
    path,
    base64: Buffer.from(bytes).toString("base64"),
  }));
  const { set, ...rest } = await page.evaluate(
    async ({ given, options }) => {
      const { readPictures } = await import(
        /* @vite-ignore */ `${location.origin}/package/index.js`
      );
      const blobs = given.map(({ path, base64 }) => ({
        path,
        blob: new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]),
      }));
      const { set, ...rest } = (await readPictures(blobs, options)) as Reading;
      let text = "";
      for (const byte of set.pixels) text += String.fromCharCode(byte);
      return { ...rest, set: { ...set, pixels: btoa(text), labels: Array.from(set.labels) } };
    },
    { given, options },
  );
  return { ...rest, set: { ...set, pixels: Buffer.from(set.pixels, "base64") } };
}

export async function write(folder: string, files: Files): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** What the command makes of a folder or a file: its line, and the bytes of all pictures. */
export async function byCommand(data: string, ...args: string[]) {
  const out = `${data}.out.npy`;
  const told = await ganvas("pictures", "--data", data, "--out", out, ...args);
  const file = await readFile(out);
  return { told, pixels: file.subarray(10 + file.readUInt16LE(8)) };
}

export function lineOf({ set }: Read): string {
  const count = set.pixels.length / (set.channels * set.side ** 2);
  const colour = set.channels === 3 ? "in colour" : "grey";
  const classes =
    set.classes === 0
      ? "without classes"
      : `in ${set.classes} classes${set.classNames.length > 0 ? `: ${set.classNames.join(", ")}` : ""}`;
  const size = `${set.side} x ${set.side}`;
  const pictures = count === 1 ? "picture" : "pictures";
  return `${count.toLocaleString("en-US")} ${pictures} of ${size} pixels, ${colour}, ${classes}`;
}

/** Reads files in both, the folder "set" in the page. */
export async function compare(
  page: Page,
  folder: string,
  files: Files,
  options: ReadingOptions = {},
) {
  await write(join(folder, "set"), files);
  const args = [
    ...(options.side ? ["--side", String(options.side)] : []),
    ...(options.pad ? ["--pad"] : []),
    ...(options.invert ? ["--invert"] : []),
    ...(options.transpose ? ["--transpose"] : []),
    ...(options.ground ? ["--ground", Buffer.from(options.ground).toString("hex")] : []),
    ...(options.colour === undefined ? [] : [options.colour ? "--colour" : "--grey"]),
  ];
  const wanted = await byCommand(join(folder, "set"), ...args);
  const inSet = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`set/${path}`, bytes]),
  );
  const given = await read(page, inSet, options);
  expect(lineOf(given)).toBe(wanted.told.split("\n")[0]);
  expect(given.set.pixels.equals(wanted.pixels)).toBe(true);
  return given;
}
