#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Which of the addresses that a page from file: makes itself its worker can read.
#
# One would guess: all of them, since a worker made of a Blob belongs to its page. Seen in Chromium 156: the worker cannot
# fetch the page's blob: address, which the page itself can fetch; data: it can. Firefox ESR 153 reads both.
#
# Fails when that changes. Needs node and npm, and Debian's chromium and firefox-esr.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 puppeteer-core@24.43.1

cat >page.html <<'PAGE'
<!doctype html>
<title>worker</title>
<script>
  const read = (address) => fetch(address).then(() => "read", () => "refused");
  const script = `onmessage = async ({ data }) => postMessage(await (${read})(data))`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  const inWorker = (address) =>
    new Promise((answer) => {
      worker.onmessage = ({ data }) => answer(data);
      worker.postMessage(address);
    });
  const blob = URL.createObjectURL(new Blob(["text"]));
  const tried = (async () => ({
    "blob: in the page": await read(blob),
    "blob: in its worker": await inWorker(blob),
    "data: in its worker": await inWorker("data:,text"),
  }))();
</script>
PAGE
cat >try.mjs <<'SCRIPT'
import { launch } from "puppeteer-core";

async function trial(browser, executablePath, args) {
  const opened = await launch({ browser, executablePath, args, headless: true });
  const page = await opened.newPage();
  await page.goto(new URL("page.html", import.meta.url).href);
  const found = await page.evaluate("tried");
  console.log(await opened.version(), found);
  await opened.close();
  return Object.values(found).join(" ");
}

const chromium = await trial("chrome", "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]);
const firefox = await trial("firefox", "/usr/bin/firefox-esr", []);
process.exit(chromium === "read refused read" && firefox === "read read read" ? 0 : 1);
SCRIPT
node try.mjs
