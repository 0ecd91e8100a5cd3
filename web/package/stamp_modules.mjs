// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// stamp_modules.mjs FOLDER: turns the compiled modules of FOLDER into the engine's files in web/engine/modules/. One glue
// file serves all tiers of a kind, since only the WebAssembly differs. Glue becomes plain JavaScript that bundlers and
// Node take as it is, WebAssembly is gzipped, and every file carries the id of this build, which the loader compares.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipAsync } from "@gfx/zopfli";
import { minify, rolldownVersion } from "vite";

const web = new URL("../", import.meta.url);
const target = new URL("engine/modules/", web);

/** Glue file -> modules that it serves. */
const SERVES = {
  ganvas: ["ganvas-relaxed", "ganvas-simd", "ganvas-scalar"],
  "ganvas-mt": ["ganvas-relaxed-mt", "ganvas-simd-mt"],
  "ganvas-exchange": ["ganvas-exchange"],
  "ganvas-pictures": ["ganvas-pictures"],
  "ganvas-judge": ["ganvas-judge-relaxed", "ganvas-judge-simd", "ganvas-judge-scalar"],
};

const CREATE_REQUIRE =
  /const\{createRequire\}=await import\("module"\);let dirname=import\.meta\.url;if\(dirname\.startsWith\("data:"\)\)\{dirname="\/"\}var require=createRequire\(dirname\)/;

/** What Emscripten 3.1.69 writes, and what takes its place. Each pattern has to occur, or the build fails. */
const REWRITES = [
  // The loader fetches the WebAssembly and starts the threads, so the glue needs no address and reads no file.
  [/var _scriptName ?= ?import\.meta\.url;/, ""],
  [
    /var arguments_=.*?(?=var (?:out|defaultPrint)=)/s,
    "var quit_=(status,toThrow)=>{throw toThrow};",
  ],
  [/var dataURIPrefix=.*?(?=function getWasmImports)/s, ""],
  [
    /function receiveInstantiationResult.*?\.catch\(readyPromiseReject\);return\{\}/s,
    'return Module["instantiateWasm"](info,receiveInstance)',
  ],
];
const THREAD_REWRITES = [
  // Node's modules without import(), which bundlers for browsers would try to resolve.
  [CREATE_REQUIRE, "var builtin=process.getBuiltinModule"],
  [/\brequire\(/g, "builtin("],
  [/\(await import\('worker_threads'\)\)/, 'process.getBuiltinModule("worker_threads")'],
  [/global\.Worker=worker_threads\.Worker;/, ""],
  [/if\(ENVIRONMENT_IS_NODE\)\{defaultPrint=[^}]*\}/, ""],
  [/if\(ENVIRONMENT_IS_NODE\)\{fs\.writeSync\([^}]*\}/, ""],
  [
    /var workerOptions=\{[^}]*\};worker=new Worker\(new URL\("[^"]*",import\.meta\.url\),workerOptions\)/,
    'worker=Module["newThread"]()',
  ],
  // Emscripten throws a thread's error once more, which ends the worker that could still train on one thread.
  [/worker\.onerror=e=>\{.*?throw e\}/, 'worker.onerror=e=>Module["threadFailed"](e)'],
];
const SINGLE_REWRITES = [[CREATE_REQUIRE, ""]];

function rewrite(name, text) {
  const rewrites = [...REWRITES, ...(name.endsWith("-mt") ? THREAD_REWRITES : SINGLE_REWRITES)];
  return rewrites.reduce((code, [pattern, replacement]) => {
    if (code.search(pattern) < 0) throw new Error(`${name}.js has no ${pattern}`);
    return code.replace(pattern, replacement);
  }, text);
}

async function readGlue(folder, name, modules) {
  const [glue, ...others] = await Promise.all(
    modules.map(async (module) => rewrite(name, await readFile(`${folder}/${module}.js`, "utf8"))),
  );
  if (others.some((other) => other !== glue)) {
    throw new Error(`${modules.join(", ")} need glue of their own`);
  }
  return glue;
}

/** Appends a custom section to a module. Name and content are shorter than 64 bytes, so every length is one byte. */
function withSection(wasm, name, content) {
  const payload = Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from(content),
  ]);
  return Buffer.concat([wasm, Buffer.from([0, payload.length]), payload]);
}

/** Zopfli's gzip files are 4 % smaller than zlib's. */
const gzipped = (bytes) => gzipAsync(bytes, { numiterations: 5, blocksplittingmax: 30 });

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: stamp_modules.mjs FOLDER");
const glue = new Map();
const wasm = new Map();
for (const [name, modules] of Object.entries(SERVES)) {
  glue.set(name, await readGlue(folder, name, modules));
  for (const module of modules) wasm.set(module, await readFile(`${folder}/${module}.wasm`));
}
const weights = await readFile(new URL("../assets/models/judge.safetensors", web));
const hash = createHash("sha256");
const script = await readFile(new URL(import.meta.url));
const { version } = createRequire(import.meta.url)("@gfx/zopfli/package.json");
const tools = `minified by Rolldown ${rolldownVersion}, compressed by Zopfli ${version}`;
for (const part of [...glue.values(), ...wasm.values(), weights, script, tools]) hash.update(part);
const build = hash.digest("hex").slice(0, 8);
const judgeSum = createHash("sha256").update(weights).digest("hex");
const names = `export const build = "${build}";
// SHA-256 of judge.safetensors.
export const judgeSum = "${judgeSum}";
// What file names end with; the package adds its own.
export const suffix = "";
`;
const files = [
  ...[...glue.keys()].map((name) => `${name}.js`),
  ...[...wasm.keys()].map((name) => `${name}.wasm.gz`),
  "judge.safetensors",
];
// Compressing takes half a minute, so nothing is written anew when all of it is there; build.js is written last.
const previous = await readFile(new URL("build.js", target), "utf8").catch(() => "");
if (previous === names && files.every((name) => existsSync(new URL(name, target)))) process.exit(0);

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const write = (name, content) => writeFile(new URL(name, target), content);
for (const [name, text] of glue) {
  const { code, errors } = await minify(
    `${name}.js`,
    `${text}\nexport const build = "${build}";\n`,
    { module: true },
  );
  if (errors.length > 0) throw new Error(`${name}.js: ${errors[0]?.message}`);
  await write(`${name}.js`, code);
}
for (const [name, bytes] of wasm) {
  await write(`${name}.wasm.gz`, await gzipped(withSection(bytes, "ganvas.build", build)));
}
await write("judge.safetensors", weights);
await write("build.js", names);
console.log(`engine build ${build} in ${fileURLToPath(target)}`);
