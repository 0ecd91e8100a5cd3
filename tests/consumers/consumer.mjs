// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A consumer of the package: a project in a temporary folder that installs what `npm pack` makes of web/dist-package, and
// a page in Chromium that trains with it.

import { execFile, spawn } from "node:child_process";
import { createReadStream, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const packageFolder = join(repository, "web/dist-package");

/** What makes a page cross-origin isolated, so that threads can start. */
export const ISOLATION = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
/** What a CDN sends. */
export const CDN = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
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

let packed = null;

/** The package's tarball, packed once. */
export function tarball() {
  packed ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), "ganvas-pack-"));
    const [{ filename }] = JSON.parse(
      await run(packageFolder, "npm", "pack", "--json", "--pack-destination", folder),
    );
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    return join(folder, filename);
  })();
  return packed;
}

/**
 * A project with these files that has installed the package and its other dependencies.
 * @returns the project's folder
 */
export async function project(context, { dependencies = {}, files = {} }) {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-consumer-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const manifest = {
    private: true,
    type: "module",
    dependencies: { ...dependencies, ganvas: `file:${await tarball()}` },
  };
  await writeFiles(folder, { "package.json": JSON.stringify(manifest), ...files });
  await run(folder, "npm", "install", "--no-audit", "--no-fund", "--no-progress", "--prefer-offline");
  return folder;
}

export async function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** Serves a folder. @returns its origin */
export async function serve(context, folder, headers = {}) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    stat(file).then(
      ({ size }) => {
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { ...headers, "content-type": type, "content-length": size });
        createReadStream(file).pipe(response);
      },
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a development server and waits until it answers. */
export async function startServer(context, folder, origin, command, ...args) {
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (log += text));
  context.after(() => child.kill());
  for (let waited = 0; waited < 120; waited += 1) {
    if (child.exitCode !== null) break;
    const answered = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${command} ${args.join(" ")} does not serve ${origin}:\n${log}`);
}

let browser = null;

/** Opens a page, waits for `globalThis.result`, and returns it. */
export async function resultOf(address) {
  browser ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const context = await (await browser).newContext();
  const page = await context.newPage();
  const lines = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", (error) => lines.push(String(error)));
  try {
    await page.goto(address);
    const result = await page.waitForFunction("globalThis.result", null, { timeout: 60_000 });
    return await result.jsonValue();
  } catch (failure) {
    throw new Error(`${address}: ${failure.message}\n${lines.join("\n")}`);
  } finally {
    await context.close();
  }
}

export async function closeBrowser() {
  if (browser !== null) await (await browser).close();
}

export const PAGE = `<!doctype html><meta charset="utf-8"><title>consumer</title>
<script type="module" src="./app.js"></script>`;

/** Trains and judges; its result says on what. `options` is JavaScript for `connectGanvas`. */
export const app = (options = "{}", from = "ganvas") => `
import { connectGanvas, connectJudge } from "${from}";
const threads = new URLSearchParams(location.search).get("threads");
async function main() {
  const options = { tier: "simd", threads: threads === null ? "auto" : Number(threads), ...${options} };
  const ganvas = await connectGanvas(options);
  const session = await ganvas.createSession({ preset: "toy2d", seed: 1 });
  await session.setPoints(await ganvas.drawPoints("ring", { count: 512, seed: 1 }));
  const { lossD } = await session.train(20);
  const judge = await connectJudge({ tier: "simd", baseUrl: options.baseUrl });
  const { classes } = await judge.opinions(new Float32Array(784));
  return { ...ganvas.info, lossD, isolated: crossOriginIsolated, judged: classes.length };
}
main().then(
  (result) => { globalThis.result = result; },
  (error) => { globalThis.result = { failed: error.code + ": " + error.message }; },
);
`;

/** The loss that the app has to report, trained by the package in Node on one thread. */
export const NODE_APP = `
import { loadGanvas } from "ganvas";
const ganvas = await loadGanvas({ tier: "simd", threads: Number(process.argv[2] ?? 1) });
const session = ganvas.createSession({ preset: "toy2d", seed: 1 });
session.setPoints(ganvas.drawPoints("ring", { count: 512, seed: 1 }));
const { lossD } = session.train(20);
console.log(JSON.stringify({ ...ganvas.info, lossD }));
process.exit(0);
`;
