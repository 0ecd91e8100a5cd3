#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What a second import() of a module does whose first import() found no file, once the file is there.
#
# One would guess: it fetches the file. Seen in Firefox ESR 153: it fails at once without a request, also for a file that
# a reachable module imports, where another address of the outer module does not help. Chromium 156 fetches again.
#
# Fails when that changes. Needs node and npm, and Debian's chromium and firefox-esr.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 puppeteer-core@24.43.1

cat >try.mjs <<'SCRIPT'
import { createServer } from "node:http";
import { launch } from "puppeteer-core";

const files = {
  "/": "<title>import</title>",
  "/alone.js": "export default 1;",
  "/outer.js": `import "./inner.js"; export default 1;`,
  "/inner.js": "export default 1;",
};
const missing = new Set();
const requests = [];
const server = createServer(({ url }, response) => {
  const [path] = url.split("?");
  requests.push(path);
  if (missing.has(path) || !(path in files)) return void response.writeHead(404).end();
  const type = path.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(files[path]);
});
await new Promise((started) => server.listen(0, "127.0.0.1", started));
const root = `http://127.0.0.1:${server.address().port}/`;

async function trial(page, file, imported) {
  const attempt = async (address) => {
    requests.length = 0;
    const load = (url) => import(url).then(() => "loaded", () => "failed");
    const outcome = await page.evaluate(`(${load})(${JSON.stringify(root + address)})`);
    return `${outcome}, ${requests.includes(file) ? "asked for" : "not asked for"} ${file}`;
  };
  missing.add(file);
  await attempt(imported);
  missing.delete(file);
  return [await attempt(imported), await attempt(`${imported}?again`)];
}

async function trials(browser, executablePath, args) {
  const opened = await launch({ browser, executablePath, args, headless: true });
  const page = await opened.newPage();
  await page.goto(root);
  const own = await trial(page, "/alone.js", "alone.js");
  const nested = await trial(page, "/inner.js", "outer.js");
  console.log(await opened.version());
  console.log(`  again, the file itself was missing:   ${own[0]}; at another address: ${own[1]}`);
  console.log(`  again, a file inside it was missing:  ${nested[0]}; at another address: ${nested[1]}`);
  await opened.close();
  return [...own, ...nested].map((outcome) => outcome.split(",")[0]).join(" ");
}

const chromium = await trials("chrome", "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]);
const firefox = await trials("firefox", "/usr/bin/firefox-esr", []);
server.close();
const asSeen =
  chromium === "loaded loaded loaded loaded" && firefox === "failed loaded failed failed";
process.exit(asSeen ? 0 : 1);
SCRIPT
node try.mjs
