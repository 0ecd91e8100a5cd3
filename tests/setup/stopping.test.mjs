// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Tests that are stopped leave none of their servers behind.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { repository } from "./run_script.mjs";

/** A process that has ended may stay, as a zombie. */
const isRunning = (pid) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

/** The processes that a process has started. */
async function childrenOf(pid) {
  return (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ").map(Number);
}

for (const signal of ["SIGTERM", "SIGINT"]) {
  test(`a consumer test that ${signal} stops ends its server`, async (context) => {
    // Answers in the place of the server.
    const answering = createServer((_, response) => response.end());
    answering.listen(0, "127.0.0.1");
    await once(answering, "listening");
    context.after(() => answering.close());
    const origin = `http://127.0.0.1:${answering.address().port}/`;
    const script = `
      import { startServer } from ${JSON.stringify(join(repository, "tests/consumers/consumer.mjs"))};
      await startServer({ after() {} }, ".", "${origin}", "sleep", "600");
      console.log("started");
      setInterval(() => {}, 1000);`;
    const stopped = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(stopped.stdout, "data");
    const [server] = await childrenOf(stopped.pid);
    assert.ok(isRunning(server));
    context.after(() => isRunning(server) && process.kill(server, "SIGKILL"));
    stopped.kill(signal);
    await once(stopped, "exit");
    for (let waited = 0; isRunning(server) && waited < 50; waited += 1) await sleep(100);
    assert.ok(!isRunning(server), "it still runs");
  });
}
