#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Which directive of a Content-Security-Policy governs what a module worker imports from another origin.
#
# One would guess: script-src, since what is imported is a script; or one directive for all of a worker's imports.
# Seen in Chromium 156 (Debian 12), driven by playwright-core 1.62.0: a worker's static imports are checked against
# worker-src, its dynamic imports against script-src. Of the two policies below, each allows just one of the two forms.
#
# Fails when that changes. Needs node, npm and Debian's chromium ($CHROMIUM for another path).

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --before=2026-11-28 --no-audit --no-fund playwright-core@1.62.0 >/dev/null

cat >try.mjs <<'JS'
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const listen = (handler) =>
  new Promise((done) => {
    const server = createServer(handler).listen(0, "127.0.0.1", () => done(server));
  });
const origin = (server) => `http://127.0.0.1:${server.address().port}`;

// The other origin: one module that posts a message when it runs, open to all by CORS.
const other = await listen((_, response) => {
  response.setHeader("Content-Type", "text/javascript");
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.end("postMessage('runs');");
});
let policy = "";
const page = await listen((request, response) => {
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("Content-Type", request.url.endsWith(".js") ? "text/javascript" : "text/html");
  response.end(request.url.endsWith(".js") ? "" : "<!doctype html><title>page</title>");
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox"],
});
const tab = await browser.newPage();
const module = `${origin(other)}/module.js`;
const tryForm = async (directives, source) => {
  policy = `default-src 'none'; ${directives}`;
  await tab.goto(origin(page));
  return tab.evaluate(
    (text) =>
      new Promise((done) => {
        const blob = new Blob([text], { type: "text/javascript" });
        const worker = new Worker(URL.createObjectURL(blob), { type: "module" });
        worker.onmessage = ({ data }) => done(data);
        worker.onerror = () => done("refused");
        setTimeout(() => done("refused"), 3000);
      }),
    source,
  );
};

const forms = {
  static: `import "${module}";`,
  dynamic: `import("${module}").catch(() => postMessage("refused"));`,
};
const policies = {
  "in script-src only": `script-src 'self' ${origin(other)}; worker-src blob:`,
  "in worker-src only": `script-src 'self'; worker-src blob: ${origin(other)}`,
};
const expected = {
  "in script-src only": { static: "refused", dynamic: "runs" },
  "in worker-src only": { static: "runs", dynamic: "refused" },
};
console.log(`Chromium ${browser.version()}`);
let changed = false;
for (const [name, directives] of Object.entries(policies)) {
  for (const [form, source] of Object.entries(forms)) {
    const seen = await tryForm(directives, source);
    console.log(`the other origin ${name}: ${form} import ${seen}`);
    changed ||= seen !== expected[name][form];
  }
}
await browser.close();
other.close();
page.close();
if (changed) {
  console.log("this has changed");
  process.exitCode = 1;
}
JS
node try.mjs
