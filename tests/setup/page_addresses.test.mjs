// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// toolchain/page_addresses.mjs prints links that open from where the page is served to.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { runScript } from "./run_script.mjs";

async function linksTo(address, port = 8080, environment = {}) {
  const args = address === null ? [String(port)] : [String(port), address];
  const { code, stdout, stderr } = await runScript("toolchain/page_addresses.mjs", args, environment);
  assert.equal(code, 0, stderr);
  return stdout.trim().split("\n");
}

test("without an address, the page is this machine's alone", async () => {
  assert.deepEqual(await linksTo(null), ["http://localhost:8080/"]);
});

test("one address gives one link", async () => {
  assert.deepEqual(await linksTo("127.0.0.2"), ["http://127.0.0.2:8080/"]);
});

test("every link for 0.0.0.0 opens a server that listens there", async (context) => {
  const server = createServer((_, response) => response.end("here"));
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  context.after(() => server.close());
  const links = await linksTo("0.0.0.0", server.address().port);
  assert.ok(links.length >= 1);
  for (const link of links) assert.equal(await (await fetch(link)).text(), "here", link);
});

test("an IPv6 address is in brackets", async () => {
  // Not every machine has one.
  const module = `import os from "node:os"; import { syncBuiltinESMExports } from "node:module";
    os.networkInterfaces = () => ({ made: [{ address: "2001:db8::1", internal: false }] });
    syncBuiltinESMExports();`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}` };
  assert.deepEqual(await linksTo("2001:db8::1", 8080, environment), ["http://[2001:db8::1]:8080/"]);
});

test("an address of another machine is refused with those that there are", async () => {
  const { code, stderr } = await runScript("toolchain/page_addresses.mjs", ["8080", "192.0.2.1"]);
  assert.equal(code, 2);
  assert.match(stderr, /^error: this machine has no address '192\.0\.2\.1'; it has 127\.0\.0\.1/);
});
