#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Which least and greatest value uPlot passes to the range function of an axis whose data are a single point.
#
# One would guess: the point's own, twice. Seen in uPlot 1.6.32: 0 and twice the point, for 24,000 the range 0 to 48,000.
# A function that returns what it was given then draws a run's first point in the middle of an empty chart. For two points
# it gets theirs.
#
# Fails when that changes. Needs node and npm, and Debian's chromium.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 uplot@1.6.32 puppeteer-core@24.43.1

cat >try.mjs <<'SCRIPT'
import { launch } from "puppeteer-core";

const args = ["--no-sandbox", "--disable-gpu"];
const browser = await launch({ executablePath: "/usr/bin/chromium", args, headless: true });
const page = await browser.newPage();
await page.setContent("<div></div>");
await page.addScriptTag({ path: "node_modules/uplot/dist/uPlot.iife.js" });
const rangeOf = (steps) =>
  page.evaluate(
    (xs) =>
      new Promise((resolve) => {
        const range = (_, least, most) => {
          resolve([least, most]);
          return [least, most];
        };
        const options = { width: 600, height: 300, scales: { x: { time: false, range } }, series: [{}, {}] };
        new uPlot(options, [xs, xs], document.querySelector("div"));
      }),
    steps,
  );
const seen = [await rangeOf([24000]), await rangeOf([24000, 24100])];
console.log(`uPlot asks with ${seen[0].join(" and ")} for one point, ${seen[1].join(" and ")} for two`);
await browser.close();
process.exit(JSON.stringify(seen) === "[[0,48000],[24000,24100]]" ? 0 : 1);
SCRIPT
node try.mjs
