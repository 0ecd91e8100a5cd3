// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Command lines of all scripts: --help, and for invalid ones exit code 2 and one line on stderr before anything else happens.

import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runScript } from "./run_script.mjs";

const wrong = [
  ["build-wasm.sh", ["--nope"], "--nope"],
  ["build-wasm.sh", ["extra"], "extra"],
  ["build-wasm.sh", ["--serve", "--port"], "--port"],
  ["build-wasm.sh", ["--port", "http"], "http"],
  ["build-wasm.sh", ["--port", "0"], "0"],
  ["build-wasm.sh", ["--port=65536"], "65536"],
  ["build-wasm.sh", ["--serve", "--host"], "--host"],
  ["build-wasm.sh", ["--serve", "--host", "192.0.2.1"], "192.0.2.1"],
  ["build-wasm.sh", ["--host=school.example"], "school.example"],
  ["toolchain/serve_page.sh", [], "PORT"],
  ["toolchain/page_addresses.mjs", ["http"], "PORT"],
  ["tests/run.sh", ["--nope"], "--nope"],
  ["tests/run.sh", ["no-such-suite"], "no-such-suite"],
  ["toolchain/provision.sh", ["--nope"], "--nope"],
  ["toolchain/run", [], "COMMAND"],
  ["toolchain/run", ["--nope"], "--nope"],
  ["toolchain/enter_root.sh", ["/"], "COMMAND"],
  ["toolchain/free_port.mjs", ["http"], "PORT"],
  ["tests/suites.sh", [], "suite"],
  ["tests/suites.sh", ["no-such-suite"], "no-such-suite"],
  ["tests/count.mjs", ["nunit", "file"], "KIND"],
  ["assets/mnist/fetch.sh", ["--nope"], "--nope"],
  ["assets/models/make.sh", ["--nope"], "--nope"],
  ["assets/models/make.sh", ["no-such-model"], "no-such-model"],
];

const scriptsWithHelp = [
  "build-wasm.sh",
  "tests/run.sh",
  "toolchain/provision.sh",
  "toolchain/run",
  "assets/mnist/fetch.sh",
  "assets/models/make.sh",
];

for (const [script, args, named] of wrong) {
  test(`${script} ${args.join(" ")} is rejected with exit code 2`, async () => {
    const { code, stdout, stderr } = await runScript(script, args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: [^\n]+\n$/);
    assert.ok(stderr.includes(named), `the message names the problem: ${stderr}`);
  });
}

for (const script of scriptsWithHelp) {
  test(`${script} --help prints its usage`, async () => {
    const { code, stdout, stderr } = await runScript(script, ["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /^usage: /);
    assert.equal(stderr, "");
  });
}

test("a suite that runs with the host's Node.js is refused when that is too old", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-old-node-"));
  context.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "node"), "#!/bin/sh\necho v18.20.4\n");
  await chmod(join(folder, "node"), 0o755);
  const environment = { PATH: `${folder}:${process.env.PATH}` };
  const { code, stderr } = await runScript("tests/suites.sh", ["setup"], environment);
  assert.equal(code, 1);
  assert.equal(stderr, "error: the suite setup needs Node.js 20.19 or later, and this host has 18.20.4\n");
});
