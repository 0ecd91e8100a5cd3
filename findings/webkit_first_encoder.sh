#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What a page gets that asks about a video encoder before it has used any other media.
#
# One would guess: an answer. Seen in WebKitGTK 2.50.6 (Debian 12): the page's process ends (GStreamer: "code should not be
# reached" in gst_register_core_elements). After canPlayType(), VideoEncoder answers and encodes.
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

const encode = `
  setTimeout(async () => {
    const chunks = [];
    const settings = { codec: "vp8", width: 64, height: 64 };
    const { supported } = await VideoEncoder.isConfigSupported(settings);
    const encoder = new VideoEncoder({ output: (chunk) => chunks.push(chunk), error() {} });
    encoder.configure(settings);
    const size = { format: "I420", codedWidth: 64, codedHeight: 64, timestamp: 0 };
    const frame = new VideoFrame(new Uint8Array(64 * 64 * 1.5), size);
    encoder.encode(frame);
    await encoder.flush();
    result = supported + ", " + chunks.length + " chunk";
  }, 200);`;
const play = `document.createElement("video").canPlayType("video/webm; codecs=vp8");`;

const server = createServer((_, response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<script>var result = null;</script>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
// VideoEncoder needs a secure page, and WebKit takes only this name for one.
const page = `http://localhost:${server.address().port}/`;
const driverPort = server.address().port + 1;

const send = async (method, path, body) => {
  const url = `http://127.0.0.1:${driverPort}${path}`;
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(value.error);
  return value;
};

/** What a script's asynchronous part leaves in `result`, in a browser of its own; or that the page ended. */
async function resultOf(script) {
  const driver = spawn("xvfb-run", ["--auto-servernum", "WebKitWebDriver", `--port=${driverPort}`], {
    detached: true,
    stdio: "ignore",
  });
  try {
    for (let tries = 0; tries < 100; tries += 1) {
      if (await send("GET", "/status").catch(() => null)) break;
      await setTimeout(100);
    }
    const { sessionId, capabilities } = await send("POST", "/session", { capabilities: {} });
    const session = `/session/${sessionId}`;
    const run = (script) => send("POST", `${session}/execute/sync`, { script, args: [] });
    await send("POST", `${session}/url`, { url: page });
    await run(`${script}; return true`);
    let result = null;
    for (let tries = 0; tries < 50 && result === null; tries += 1) {
      await setTimeout(100);
      result = await run("return result").catch(() => "the page has ended");
    }
    return `${capabilities.browserName} ${capabilities.browserVersion}: ${result}`;
  } finally {
    process.kill(-driver.pid);
    await setTimeout(1000);
  }
}

const alone = await resultOf(encode);
console.log(`an encoder first:  ${alone}`);
const after = await resultOf(play + encode);
console.log(`after canPlayType: ${after}`);
server.close();
process.exitCode = alone.endsWith("ended") && after.endsWith("true, 1 chunk") ? 0 : 1;
SCRIPT
node try.mjs
