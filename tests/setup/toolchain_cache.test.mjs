// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The toolchain cache when it is incomplete, damaged or requested twice at the same time, without disk space or network.
// Uses the real provision.sh with hard-linked copies of the real root. Only mmdebstrap is replaced, by a script that "makes"
// such a copy, and in some tests df or unshare.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { repository, runScript } from "./run_script.mjs";

const provision = "toolchain/provision.sh";

function toolchainFolder(repositoryCopy = repository) {
  const script = 'set -euo pipefail; source "$1/toolchain/common.sh"; toolchain_folder';
  return execFileSync("bash", ["-c", script, "bash", repositoryCopy], { encoding: "utf8" }).trim();
}

const real = toolchainFolder();
const skipReason = !existsSync(join(real, "stamp"))
  ? "this host uses its own toolchain, so there is no root to copy"
  : process.getuid() !== 0 && "hard links to the root's files need root";

async function command(folder, name, text) {
  const path = join(folder, name);
  await writeFile(path, `#!/usr/bin/env bash\n${text}\n`);
  await chmod(path, 0o755);
}

const makeRoot = `
echo call >>"$FAKE_CALLS"
cp -al "$FAKE_ROOT/." "\${!#}"
sleep "\${FAKE_SECONDS:-0}"`;

/** An empty cache next to the real one, and an environment in which provision.sh uses it. */
async function emptyCache(context) {
  const cache = await mkdtemp(join(dirname(real), "test-"));
  context.after(() => rm(cache, { recursive: true }));
  const commands = join(cache, "bin");
  await mkdir(commands);
  await command(commands, "mmdebstrap", makeRoot);
  const calls = join(cache, "calls");
  await writeFile(calls, "");
  return {
    folder: join(cache, basename(real)),
    cache,
    replace: (name, text) => command(commands, name, text),
    timesMade: async () => (await readFile(calls, "utf8")).split("\n").length - 1,
    environment: {
      GANVAS_TOOLCHAIN: "root",
      GANVAS_CACHE: cache,
      FAKE_CALLS: calls,
      FAKE_ROOT: join(real, "root"),
      PATH: `${commands}:${process.env.PATH}`,
    },
  };
}

/** A cache with a complete root. */
async function completeCache(context) {
  const fixture = await emptyCache(context);
  execFileSync("cp", ["-al", real, fixture.folder]);
  return fixture;
}

async function assertRemade({ environment, folder, timesMade }, reason) {
  const check = await runScript(provision, ["--check"], environment);
  assert.equal(check.code, 1);
  assert.match(check.stdout, reason);
  const made = await runScript(provision, [], environment);
  assert.equal(made.code, 0, made.stderr);
  assert.equal(await timesMade(), 1);
  const after = await runScript(provision, ["--check"], environment);
  assert.equal(after.code, 0, after.stdout);
  assert.match(await readFile(join(folder, "stamp"), "utf8"), /^ {2}emscripten \d/m);
}

test("uses a complete cache", { skip: skipReason }, async (context) => {
  const fixture = await completeCache(context);
  const { code } = await runScript(provision, [], fixture.environment);
  assert.equal(code, 0);
  assert.equal(await fixture.timesMade(), 0);
  const run = await runScript("toolchain/run", ["sh", "-c", "emcc --version; exit 7"], fixture.environment);
  assert.equal(run.code, 7);
  assert.match(run.stdout, /^emcc .* \d+\.\d+\.\d+/);
});

test("remakes a cache whose creation was interrupted", { skip: skipReason }, async (context) => {
  const fixture = await completeCache(context);
  await rm(join(fixture.folder, "stamp"));
  await assertRemade(fixture, /no stamp/);
});

test("remakes a cache with missing files", { skip: skipReason }, async (context) => {
  const fixture = await completeCache(context);
  await rm(join(fixture.folder, "root/usr/include/eigen3"), { recursive: true });
  await assertRemade(fixture, /\d+ of its \d+ files are missing/);
});

test("remakes a cache whose compiler does not start", { skip: skipReason }, async (context) => {
  const fixture = await completeCache(context);
  const emcc = join(fixture.folder, "root/usr/bin/emcc");
  await rm(emcc);
  await writeFile(emcc, "damaged");
  await assertRemade(fixture, /compilers do not start/);
});

test("a killed run does not leave a cache that looks complete", { skip: skipReason }, async (context) => {
  const fixture = await emptyCache(context);
  const child = spawn(join(repository, provision), [], {
    env: { ...process.env, ...fixture.environment, FAKE_SECONDS: "60" },
    detached: true,
    stdio: "ignore",
  });
  while ((await fixture.timesMade()) === 0) {
    assert.equal(child.exitCode, null, "it ended before it made the root");
    await sleep(50);
  }
  process.kill(-child.pid, "SIGKILL");
  await once(child, "exit");
  assert.ok(!existsSync(fixture.folder));
  assert.ok(existsSync(`${fixture.folder}.partial`));

  const again = await runScript(provision, [], fixture.environment);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /left by a run that was stopped/);
  const left = (await readdir(fixture.cache)).filter((name) => name.startsWith("toolchain-"));
  assert.deepEqual(left, [basename(fixture.folder)]);
});

test("when two runs start together, one makes the root and the other waits", { skip: skipReason }, async (context) => {
  const fixture = await emptyCache(context);
  const environment = { ...fixture.environment, FAKE_SECONDS: "1" };
  const runs = await Promise.all([1, 2].map(() => runScript(provision, [], environment)));
  assert.deepEqual(
    runs.map(({ code }) => code),
    [0, 0],
  );
  assert.equal(await fixture.timesMade(), 1);
  assert.equal(runs.filter(({ stderr }) => stderr.includes("waiting for it")).length, 1);
});

const failures = [
  ["no disk space", "df", "echo Avail; echo 120M", /needs \d+ MB in .* only 120 MB are free/],
  ["no network", "mmdebstrap", 'echo "E: Could not resolve the mirror" >&2; exit 1', /archive cannot be reached/],
  ["a failing mmdebstrap", "mmdebstrap", 'echo "E: no such suite" >&2; exit 1', /no such suite\n.*could not be made/s],
  ["no permission to mount", "unshare", "exit 1", /cannot be entered/],
];

for (const [name, replaced, text, message] of failures) {
  test(`${name}: reports it and leaves no cache`, { skip: skipReason }, async (context) => {
    const fixture = await emptyCache(context);
    await fixture.replace(replaced, text);
    const { code, stderr } = await runScript(provision, [], fixture.environment);
    assert.equal(code, 1);
    assert.match(stderr, message);
    assert.ok(!existsSync(fixture.folder));
  });
}

test("the cache key depends on packages and recipe, but not on comments in the package list", async (context) => {
  const copy = await mkdtemp(join(tmpdir(), "ganvas-key-"));
  context.after(() => rm(copy, { recursive: true }));
  await cp(join(repository, "toolchain"), join(copy, "toolchain"), { recursive: true });
  const packages = join(copy, "toolchain/packages.txt");
  const recipe = join(copy, "toolchain/recipe.sh");
  const key = () => basename(toolchainFolder(copy));
  const keys = [basename(real), key()];
  assert.equal(keys[0], keys[1]);
  await writeFile(packages, `${await readFile(packages, "utf8")}# a comment\n`);
  assert.equal(key(), keys[0]);
  await writeFile(packages, `${await readFile(packages, "utf8")}hello\n`);
  keys.push(key());
  await writeFile(recipe, `${await readFile(recipe, "utf8")}# changed\n`);
  keys.push(key());
  assert.equal(new Set(keys).size, 3);
});
