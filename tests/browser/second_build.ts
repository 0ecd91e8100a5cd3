// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The built page once more, as a later build: every hashed name and the engine's stamp differ, so that a
// mixture of the two cannot run, and the network dcgan is another, seed's. Everything else is the same.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { DIST } from "./static_server";

const WRITER = fileURLToPath(new URL("../../web/write_service_worker.mjs", import.meta.url));

/** Returns a temporary folder, for the caller to remove. */
export async function makeSecondBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-build-"));
  await cp(DIST, folder, { recursive: true });
  const names = (await readdir(folder, { recursive: true })).filter((name) => EDITED.test(name));
  const texts = new Map<string, string>();
  for (const name of names) texts.set(name, await readText(join(folder, name)));
  const models = (name: string): string => join(folder, `assets/models/${name}.safetensors.gz`);
  const [before, after] = [await sumOf(models("dcgan")), await sumOf(models("seed"))];
  await cp(models("seed"), models("dcgan"));
  const turn = later(texts);
  const edit = (text: string): string => turn(text).replaceAll(before, after);
  for (const [name, text] of texts) {
    const edited = edit(text);
    if (edited !== text) await writeText(join(folder, name), edited);
    await rename(join(folder, name), join(folder, edit(name)));
  }
  execFileSync(process.execPath, [WRITER, folder]);
  return folder;
}

/** Files that are named by their content, or name others. */
const EDITED = /^((assets\/)?[^/]+\.(js|css|html)|assets\/[^/]+\.(gz|safetensors))$/;

/** Turns around the hash in every name, and the engine's stamp. */
function later(texts: ReadonlyMap<string, string>): (text: string) => string {
  const turned = new Set<string>();
  for (const [name, text] of texts) {
    for (const found of [/-([\w-]{8})\.\w+$/.exec(name), /ganvas\.build(\w{8})/.exec(text)]) {
      if (found?.[1] !== undefined) turned.add(found[1]);
    }
  }
  const pattern = new RegExp([...turned].join("|"), "g");
  return (text) => text.replace(pattern, (hash) => [...hash].reverse().join(""));
}

/** Of the page's sums: SHA-256 without gzip. */
async function sumOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(gunzipSync(await readFile(file)))
    .digest("hex");
}

const ENCODING = "latin1";

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString(ENCODING);
}

async function writeText(file: string, text: string): Promise<void> {
  const bytes = Buffer.from(text, ENCODING);
  await writeFile(file, file.endsWith(".gz") ? gzipSync(bytes) : bytes);
}
