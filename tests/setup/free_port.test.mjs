// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// toolchain/free_port.mjs skips ports that are in use at any local address.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { runScript } from "./run_script.mjs";

async function listen(port, host) {
  const server = createServer();
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

async function freePortFrom(port) {
  const { code, stdout } = await runScript("toolchain/free_port.mjs", [String(port)]);
  assert.equal(code, 0);
  return Number(stdout);
}

for (const host of ["127.0.0.1", "0.0.0.0"]) {
  test(`skips a port in use at ${host}`, async (context) => {
    const server = await listen(0, host);
    context.after(() => server.close());
    const { port } = server.address();
    const free = await freePortFrom(port);
    assert.ok(free > port, `${free} after ${port}, which is in use`);
    (await listen(free, host)).close();
  });
}

test("returns the given port if it is free", async () => {
  const server = await listen(0, "127.0.0.1");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.equal(await freePortFrom(port), port);
});

test("prints plain digits where colours are forced", async () => {
  const { stdout } = await runScript("toolchain/free_port.mjs", ["20000"], { FORCE_COLOR: "1" });
  assert.match(stdout, /^\d+\n$/);
});
