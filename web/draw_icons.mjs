// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Draws public/icon.svg as the PNG files of an installed app, in the host's Chromium.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const folder = new URL("public/", import.meta.url);
const svg = await readFile(new URL("icon.svg", folder), "utf8");
const picture = `data:image/svg+xml,${encodeURIComponent(svg)}`;
const [ground] = /#[0-9a-f]{6}/.exec(svg) ?? [];

/** Systems cut a full icon to their own shape, at most to a circle of 80 % of its side, which needs a margin. */
const ICONS = [
  { name: "icon-192.png", side: 192, full: false },
  { name: "icon-512.png", side: 512, full: false },
  { name: "icon-maskable-512.png", side: 512, full: true },
  { name: "apple-touch-icon.png", side: 180, full: true },
];

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { name, side, full } of ICONS) {
  const inner = full ? 0.85 * side : side;
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<body style="margin: ${(side - inner) / 2}px; ${full ? `background: ${ground}` : ""}">
    <img src="${picture}" style="display: block; width: ${inner}px">`);
  await page.screenshot({ path: fileURLToPath(new URL(name, folder)), omitBackground: true });
}
await browser.close();
