#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# Whether IndexedDB stores a Blob in a private session, which is what WebDriver opens.
#
# One would guess: it does, as in the private windows of other engines, or it takes nothing there. Seen in WebKitGTK 2.50.6
# (Debian 12): a typed array is stored; with a Blob the transaction is aborted with an UnknownError.
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

const put = `
  const [kind] = arguments;
  const value = kind === "blob" ? new Blob([new Uint8Array(1000)]) : new Uint8Array(1000);
  return new Promise((resolve) => {
    const open = indexedDB.open(kind, 1);
    open.onupgradeneeded = () => open.result.createObjectStore("values");
    open.onerror = () => resolve(String(open.error));
    open.onsuccess = () => {
      const transaction = open.result.transaction(["values"], "readwrite");
      transaction.objectStore("values").put(value, 1);
      transaction.oncomplete = () => resolve("stored");
      transaction.onabort = () => resolve(String(transaction.error));
    };
  });`;
const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<p>A page</p>");
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
const seen = {};
try {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await send("GET", "/status").catch(() => null)) break;
    await setTimeout(100);
  }
  const { sessionId, capabilities } = await send("POST", "/session", { capabilities: {} });
  console.log(`${capabilities.browserName} ${capabilities.browserVersion}`);
  const session = `/session/${sessionId}`;
  await send("POST", `${session}/url`, { url: `http://127.0.0.1:${server.address().port}/` });
  for (const kind of ["array", "blob"]) {
    seen[kind] = await send("POST", `${session}/execute/sync`, { script: put, args: [kind] });
    console.log(`${kind}: ${seen[kind]}`);
  }
  await send("DELETE", session);
} finally {
  process.kill(-driver.pid);
  server.close();
}
process.exitCode = seen.array === "stored" && /UnknownError.*Blob/.test(seen.blob) ? 0 : 1;
SCRIPT
node try.mjs
