#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# How often a module worker's entry runs when a chunk that it imports dynamically imports it.
#
# One would guess: once, as the modules of a page do. Seen in WebKitGTK 2.50.6 (Debian 12): twice.
#
# Fails when that changes. Needs node, and Debian's webkit2gtk-driver and xvfb.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >try.mjs <<'SCRIPT'
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { setTimeout } from "node:timers/promises";

const files = {
  "/": `<script>
    window.runs = 0;
    new Worker("entry.js", { type: "module" }).onmessage = () => { runs += 1; };
  </script>`,
  "/entry.js": `export const shared = 1; postMessage("runs"); import("./chunk.js");`,
  "/chunk.js": `import { shared } from "./entry.js"; export default shared;`,
};
const server = createServer(({ url }, response) => {
  const type = url.endsWith(".js") ? "text/javascript" : "text/html";
  response.writeHead(url in files ? 200 : 404, { "content-type": type }).end(files[url]);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const driverPort = server.address().port + 1;
const driver = spawn("xvfb-run", ["--auto-servernum", "WebKitWebDriver", `--port=${driverPort}`], {
  detached: true,
  stdio: "ignore",
});
const send = async (method, path, body) => {
  const url = `http://127.0.0.1:${driverPort}${path}`;
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  return (await response.json()).value;
};
let runs;
try {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await send("GET", "/status").catch(() => null)) break;
    await setTimeout(100);
  }
  const { sessionId, capabilities } = await send("POST", "/session", { capabilities: {} });
  console.log(`${capabilities.browserName} ${capabilities.browserVersion}`);
  const session = `/session/${sessionId}`;
  await send("POST", `${session}/url`, { url: `http://127.0.0.1:${server.address().port}/` });
  await setTimeout(2000);
  runs = await send("POST", `${session}/execute/sync`, { script: "return runs", args: [] });
  await send("DELETE", session);
} finally {
  process.kill(-driver.pid);
  server.close();
}
console.log(`the entry ran ${runs} times`);
process.exitCode = runs === 2 ? 0 : 1;
SCRIPT
node try.mjs
