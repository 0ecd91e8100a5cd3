// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// node tests/bench/reading.mjs FOLDER: reads the sets that fetch_pictures.sh has put there in a page (web/dist-package in
// Chromium) and with the command, compares every byte, and says how long each took.

import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
const SETS = [
  { name: "emoji", side: 64 },
  { name: "emoji", side: 32 },
  { name: "fashion-mnist", side: 28 },
];

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: reading.mjs FOLDER");
const scratch = await mkdtemp(join(tmpdir(), "ganvas-reading-"));
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url ?? "/");
  const file = path.startsWith("/data/") ? join(folder, path.slice("/data/".length)) : join(REPOSITORY, "web/dist-package", path);
  if (file.endsWith(".js")) response.setHeader("content-type", "text/javascript");
  createReadStream(file)
    .on("error", () => response.writeHead(404).end())
    .pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/index.js`);

for (const { name, side } of SETS) {
  const data = join(folder, name);
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${name}/${relative(data, join(entry.parentPath, entry.name))}`);
  const told = await page.evaluate(
    async ({ paths, side }) => {
      const { readPictures } = await import("/index.js");
      const files = [];
      for (const path of paths) {
        const address = path.split("/").map(encodeURIComponent).join("/");
        files.push({ path, blob: await (await fetch(`/data/${address}`)).blob() });
      }
      const start = performance.now();
      const { set, leftOut } = await readPictures(files, { side });
      const seconds = (performance.now() - start) / 1000;
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", set.pixels));
      const { id, classNames } = set;
      const left = leftOut.map(({ reason, count }) => `${count} ${reason}`);
      return { seconds, id, classNames, left, digest: [...digest] };
    },
    { paths, side },
  );
  const out = join(scratch, "set.npy");
  const command = ["build/release/bin/ganvas", "pictures", "--data", data, "--side", `${side}`];
  const start = performance.now();
  const { stdout } = await promisify(execFile)("toolchain/run", [...command, "--out", out], {
    cwd: REPOSITORY,
  });
  const seconds = (performance.now() - start) / 1000;
  const file = await readFile(out);
  const pixels = file.subarray(10 + file.readUInt16LE(8));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels));
  const same = Buffer.from(told.digest).equals(digest) ? "the same bytes" : "OTHER BYTES";
  console.log(`${stdout.split("\n")[0]}: ${same}, id ${told.id}, left out: ${told.left.join(", ")}`);
  console.log(`  page ${told.seconds.toFixed(1)} s, command ${seconds.toFixed(1)} s`);
}
await browser.close();
server.close();
await rm(scratch, { recursive: true });
