// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A consumer of the package: a project in a temporary folder that installs what `npm pack` makes of web/dist-package. Its
// page trains and judges, and says on what.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const web = fileURLToPath(new URL("../../web/", import.meta.url));

/** What makes a page cross-origin isolated, so that threads can start. */
export const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** Runs a command, and rejects with all that it printed if it fails. */
export async function run(folder, command, ...args) {
  try {
    const { stdout } = await promisify(execFile)(command, args, { cwd: folder, maxBuffer: 1 << 26 });
    return stdout;
  } catch (failure) {
    throw new Error(`${command} ${args.join(" ")}\n${failure.stdout}\n${failure.stderr}`);
  }
}

// What the dependencies need in turn is as of this day, so that a test does not fail for a newer package.
const PACKAGES_AS_OF = "2026-11-28";
const INSTALL = ["install", "--no-audit", "--no-fund", "--no-progress", "--prefer-offline", `--before=${PACKAGES_AS_OF}`];

const packed = new Map();

/** The tarball of "dist-package" or "dist-package-data", packed once, its files, and how many bytes it unpacks to. */
export function tarball(name) {
  if (!packed.has(name)) packed.set(name, pack(join(web, name)));
  return packed.get(name);
}

async function pack(source) {
  await access(join(source, "package.json")).catch(() => {
    throw new Error(`${source} is missing: ./build-wasm.sh builds it`);
  });
  const folder = await mkdtemp(join(tmpdir(), "ganvas-pack-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const listed = JSON.parse(await run(source, "npm", "pack", "--json", "--pack-destination", folder));
  const [{ filename, files, unpackedSize }] = Object.values(listed);
  return { file: join(folder, filename), files, unpackedSize };
}

/**
 * A project with these files that has installed the package and its other dependencies.
 * @returns the project's folder
 */
export async function project(context, { dependencies = {}, data = false, files = {} }) {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-consumer-"));
  context.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const manifest = {
    name: "consumer",
    private: true,
    type: "module",
    dependencies: {
      ...dependencies,
      ganvas: `file:${(await tarball("dist-package")).file}`,
      ...(data && { "ganvas-data": `file:${(await tarball("dist-package-data")).file}` }),
    },
  };
  await writeFiles(folder, { "package.json": JSON.stringify(manifest), ...files });
  await run(folder, "npm", ...INSTALL);
  return folder;
}

export async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** The script of engine/ that has this name before the release's. */
export async function engineScript(packageFolder, start) {
  const names = await readdir(join(packageFolder, "engine"));
  const found = names.filter((name) => /^(.*)-[0-9a-f]{8}\.js$/.exec(name)?.[1] === start);
  assert.equal(found.length, 1, `engine/ has ${names.join(", ")}`);
  return join(packageFolder, "engine", found[0]);
}

export async function edit(file, change) {
  await writeFile(file, change(await readFile(file, "utf8")));
}

/** Starts a server and waits until it answers. @returns what stops it, at the end of the test at the latest */
export async function startServer(context, folder, origin, command, ...args) {
  const options = { cwd: folder, stdio: ["ignore", "pipe", "pipe"], detached: true };
  const child = spawn(command, args, options);
  servers.add(child);
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (log += text));
  const stop = () => end(child);
  context.after(stop);
  for (let waited = 0; waited < 120 && child.exitCode === null; waited += 1) {
    const answered = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (answered) return stop;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${command} ${args.join(" ")} does not serve ${origin}:\n${log}`);
}

const servers = new Set();
// A signal does not end process groups of their own.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.once("exit", () => {
  for (const child of servers) {
    try {
      if (isRunning(child)) process.kill(-child.pid);
    } catch {} // it has just ended
  }
});

const isRunning = ({ exitCode, signalCode }) => exitCode === null && signalCode === null;

/** Ends a server and what it started. */
async function end(child) {
  if (!isRunning(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGTERM");
  await ended;
}

export const PAGE = `<!doctype html><meta charset="utf-8"><title>consumer</title><link rel="icon" href="data:,">
<script type="module" src="./app.js"></script>`;

/** Trains and judges, with the options in the page's address. */
export const TRAIN = `
async function train() {
  const options = JSON.parse(new URLSearchParams(location.search).get("options") ?? "{}");
  const ganvas = await connectGanvas({ tier: "simd", ...options });
  const session = await ganvas.createSession({ preset: "toy2d", seed: 1 });
  await session.setPoints(await ganvas.drawPoints("ring", { count: 512, seed: 1 }));
  const { lossD } = await session.train(20);
  const judge = await connectJudge({ tier: "simd", baseUrl: options.baseUrl });
  const { classes } = await judge.opinions(new Float32Array(784));
  return { ...ganvas.info, lossD, isolated: crossOriginIsolated, judged: classes.length };
}
async function report() {
  globalThis.result = await train().catch(({ code, message }) => ({ failed: code + ": " + message }));
}`;

export const app = (from = "ganvas") => `
import { connectGanvas, connectJudge } from "${from}";
${TRAIN}
report();
`;

export const NODE_APP = `
import { loadGanvas } from "ganvas";
const ganvas = await loadGanvas({ tier: "simd", threads: Number(process.argv[2]) });
const session = ganvas.createSession({ preset: "toy2d", seed: 1 });
session.setPoints(ganvas.drawPoints("ring", { count: 512, seed: 1 }));
const { lossD } = session.train(20);
console.log(JSON.stringify({ ...ganvas.info, lossD }));
process.exit(0);
`;

/** The loss of preset toy2d after these 20 steps: training has the same bits everywhere. */
const LOSS = 0.6580116911791265;

/** Checks what a page of `app` or NODE_APP found, and prints it. */
export function assertTrained(context, result, threads) {
  context.diagnostic(JSON.stringify(result));
  assert.equal(result.failed, undefined);
  assert.equal(result.build, threads > 1 ? "simd-mt" : "simd");
  assert.equal(result.threads, threads);
  assert.equal(result.lossD, LOSS);
}
