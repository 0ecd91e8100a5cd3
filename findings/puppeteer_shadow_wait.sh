#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Whether Puppeteer's waitForSelector(">>> button") sees a button that appears in a shadow tree after the call.
#
# One would guess: it does, as `>>>` searches shadow trees. Seen in puppeteer-core 24.43.1, in Chromium and in Firefox: it
# looks once and then only when the document changes, which shadow trees are not part of, so it times out beside the
# button. With `visible: true` it looks at each frame and finds it.
#
# Fails when that changes. Needs node and npm, and Debian's chromium and firefox-esr.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 puppeteer-core@24.43.1

cat >try.mjs <<'SCRIPT'
import { launch } from "puppeteer-core";

async function wait(page, options) {
  await page.setContent("<div></div>");
  await page.evaluate(() => {
    const root = document.querySelector("div").attachShadow({ mode: "open" });
    setTimeout(() => root.append(Object.assign(document.createElement("button"), { textContent: "x" })), 500);
  });
  const waited = await page
    .waitForSelector(">>> button", { timeout: 4000, ...options })
    .then(() => "found", ({ name }) => name);
  const there = (await page.$(">>> button")) !== null;
  return `${waited} (the button is ${there ? "there" : "missing"})`;
}

async function trial(browser, executablePath, args) {
  const opened = await launch({ browser, executablePath, args, headless: true });
  const page = await opened.newPage();
  const seen = [await wait(page, {}), await wait(page, { visible: true })];
  console.log(`${await opened.version()}: ${seen[0]}; with visible: ${seen[1]}`);
  await opened.close();
  return seen.join() === "TimeoutError (the button is there),found (the button is there)";
}

const chromium = await trial("chrome", "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]);
const firefox = await trial("firefox", "/usr/bin/firefox-esr", []);
process.exit(chromium && firefox ? 0 : 1);
SCRIPT
node try.mjs
