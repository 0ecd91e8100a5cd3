#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What a page wrote is still there after its browser was killed: in localStorage, and then in IndexedDB.
#
# One would guess: what was written first survives if what was written after it does, the more so as setItem() is synchronous,
# so a note in localStorage that IndexedDB has something is the safe side. Seen in Chromium 156: when the browser is killed a
# second later, the record in IndexedDB is there and the earlier item in localStorage is not; Chromium writes it some seconds
# later. When it is killed after ten seconds, both are there.
#
# Fails when that changes. Needs node and npm, and Debian's chromium.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 puppeteer-core@24.43.1

cat >try.mjs <<'SCRIPT'
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";
import { launch } from "puppeteer-core";

const server = createServer((_, response) => response.setHeader("content-type", "text/html").end("<title>x</title>"));
await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${server.address().port}/`;

async function open(userDataDir) {
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await launch({ executablePath: "/usr/bin/chromium", userDataDir, args, headless: true });
  const page = await browser.newPage();
  await page.goto(address);
  return { browser, page };
}

const answer = "const answer = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });";

async function trial(seconds) {
  const profile = `${process.cwd()}/profile-${seconds}`;
  const first = await open(profile);
  await first.page.evaluate(`(async () => {
    ${answer}
    localStorage.setItem("note", "there is a record");
    const opening = indexedDB.open("records");
    opening.onupgradeneeded = () => opening.result.createObjectStore("records");
    const all = (await answer(opening)).transaction("records", "readwrite");
    all.objectStore("records").put("record", 1);
    await new Promise((resolve) => { all.oncomplete = resolve; });
  })()`);
  await setTimeout(1000 * seconds);
  const browser = first.browser.process();
  browser.kill("SIGKILL");
  await once(browser, "exit");
  const second = await open(profile);
  const found = await second.page.evaluate(`(async () => {
    ${answer}
    const db = await answer(indexedDB.open("records"));
    const record = await answer(db.transaction("records").objectStore("records").get(1));
    return [localStorage.getItem("note"), record];
  })()`);
  console.log(`${await second.browser.version()}, killed after ${seconds} s: localStorage ${found[0]}, IndexedDB ${found[1]}`);
  await second.browser.close();
  return found.map((value) => value !== null && value !== undefined).join();
}

const [early, late] = [await trial(1), await trial(10)];
server.close();
process.exit(early === "false,true" && late === "true,true" ? 0 : 1);
SCRIPT
node try.mjs
