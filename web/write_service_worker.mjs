// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// write_service_worker.mjs [FOLDER]: writes service_worker.js into a built site (web/dist), with the list of its files and
// their digests, and prints what a first visit keeps.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { build } from "rolldown";
import { addLicences, collectPackages } from "./licences.mjs";

const root = process.argv[2] ?? fileURLToPath(new URL("dist", import.meta.url));

const DATA = /^assets\/(mnist|models)\/.*\.gz$/;
/** Digits beyond the first 10,000, and test digits beyond the first 1,000. */
const LARGE = /^assets\/mnist\/(train|t10k)-images-idx3-ubyte\.gz$/;
/** The site itself: what is in the root and its chunks, but neither the elements for other pages, the one-file page nor the licences. */
const CODE = /^(?!element\.js|ganvas\.html|licences\.txt|service_worker\.js)(assets\/)?[^/]+$/;
const HASHED = /-[\w-]{8}\.\w+$/;

const digest = (bytes) => createHash("sha256").update(bytes).digest();
const integrityOf = (bytes) => `sha256-${digest(bytes).toString("base64")}`;

async function describe(url) {
  const bytes = await readFile(join(root, url));
  // Some servers undo the compression on the way.
  const contents = url.endsWith(".gz") ? [bytes, gunzipSync(bytes)] : [bytes];
  return {
    url,
    revision: HASHED.test(url) ? null : digest(bytes).toString("hex").slice(0, 8),
    integrity: contents.map(integrityOf).join(" "),
    bytes: bytes.length,
  };
}

const entries = await readdir(root, { recursive: true, withFileTypes: true });
const names = entries
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
  .sort();
const listed = (wanted) => Promise.all(names.filter(wanted).map(describe));
const code = await listed((name) => CODE.test(name));
const data = await listed((name) => DATA.test(name) && !LARGE.test(name));
const large = await listed((name) => LARGE.test(name));

const sum = (files) => files.reduce((total, { bytes }) => total + bytes, 0);
const define = Object.entries({ CODE: code, DATA: data, LARGE: large }).map(([name, files]) => [
  name,
  JSON.stringify(files.map(({ bytes, ...file }) => file)),
]);
/** Of the worker itself. */
const sources = new URL("service_worker/", import.meta.url);
const own = await Promise.all(
  (await readdir(sources)).sort().map((name) => readFile(new URL(name, sources))),
);
const stamp = digest(JSON.stringify([code, data, large, ...own.map(integrityOf)]));
const packages = new Set();
await build({
  input: fileURLToPath(new URL("service_worker/main.ts", import.meta.url)),
  plugins: [collectPackages(packages)],
  // Workbox's development build explains itself in the console.
  transform: {
    define: {
      ...Object.fromEntries(define),
      BUILD: JSON.stringify(stamp.toString("hex").slice(0, 8)),
      "process.env.NODE_ENV": '"production"',
    },
  },
  output: { file: join(root, "service_worker.js"), format: "iife", minify: true },
  logLevel: "warn",
});
await addLicences(join(root, "licences.txt"), packages);
console.log(
  `service worker: a first visit keeps ${sum(code)} bytes of code and ${sum(data)} of data`,
);
