// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The bundled MNIST files: official checksums, dimensions and class counts.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { repository, runScript } from "./run_script.mjs";

const folder = join(repository, "assets", "mnist");

const splits = [
  { name: "train", classes: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949] },
  { name: "t10k", classes: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009] },
];

async function officialChecksum(name) {
  const sums = await readFile(join(folder, "SHA256SUMS"), "utf8");
  return new RegExp(`^([0-9a-f]{64})  ${name}$`, "m").exec(sums)?.[1];
}

async function readChecked(name) {
  const bytes = gunzipSync(await readFile(join(folder, `${name}.gz`)));
  assert.equal(createHash("sha256").update(bytes).digest("hex"), await officialChecksum(name));
  return bytes;
}

for (const { name, classes } of splits) {
  const count = classes.reduce((sum, each) => sum + each, 0);

  test(`${name} labels have the official checksum, ${count} labels and the known class counts`, async () => {
    const bytes = await readChecked(`${name}-labels-idx1-ubyte`);
    assert.equal(bytes.readUInt32BE(0), 2049);
    assert.equal(bytes.readUInt32BE(4), count);
    const counted = new Array(10).fill(0);
    for (const label of bytes.subarray(8)) counted[label] += 1;
    assert.deepEqual(counted, classes);
  });

  test(`${name} images have the official checksum and ${count} images of 28 x 28`, async () => {
    const bytes = await readChecked(`${name}-images-idx3-ubyte`);
    assert.deepEqual(
      [0, 4, 8, 12].map((at) => bytes.readUInt32BE(at)),
      [2051, count, 28, 28],
    );
    assert.equal(bytes.length, 16 + count * 28 * 28);
  });
}

test("fetch.sh --check accepts the files and rejects a changed or missing one", async (context) => {
  const unchanged = await runScript("assets/mnist/fetch.sh", ["--check"]);
  assert.equal(unchanged.code, 0);

  const copy = await mkdtemp(join(tmpdir(), "ganvas-mnist-"));
  context.after(() => rm(copy, { recursive: true }));
  await cp(folder, copy, { recursive: true });
  await cp(join(copy, "t10k-labels-idx1-ubyte.gz"), join(copy, "train-labels-idx1-ubyte.gz"));
  const swapped = await runScript(join(copy, "fetch.sh"), ["--check"]);
  assert.equal(swapped.code, 1);
  assert.match(swapped.stderr, /train-labels-idx1-ubyte has the SHA-256 checksum/);

  await writeFile(join(copy, "train-labels-idx1-ubyte.gz"), await readFile(join(folder, "train-labels-idx1-ubyte.gz")));
  await rm(join(copy, "t10k-images-idx3-ubyte.gz"));
  const missing = await runScript(join(copy, "fetch.sh"), ["--check"]);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /t10k-images-idx3-ubyte\.gz is missing/);
});
