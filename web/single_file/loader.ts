// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The only script that the HTML holds as text: takes the files out of the document, and starts the page's script, which
// is one of them. The content policy names the hashes of both.

import { openGunzip } from "../engine/gunzip";
import type { Files } from "./files";
import { toBytes } from "./seven_bits.mjs";

declare global {
  var ganvasFiles: Files;
}

type Bytes = Uint8Array<ArrayBuffer>;

async function readFile(block: HTMLScriptElement): Promise<Bytes> {
  const packing = block.dataset["packing"]?.split(" ") ?? [];
  const kept = toBytes(block.text);
  block.remove();
  if (!packing.includes("gzip")) return kept;
  const file = new Blob([kept]).stream().pipeThrough(await openGunzip());
  const bytes = new Uint8Array(await new Response(file).arrayBuffer());
  return packing.includes("separate") ? joined(bytes) : bytes;
}

/** Undoes `separated` of build.mjs. */
function joined(bytes: Bytes): Bytes {
  const half = Math.ceil(bytes.length / 2);
  return bytes.map((_, at) => bytes[(at % 2) * half + (at >> 1)] ?? 0);
}

async function open(): Promise<void> {
  const blocks = [...document.querySelectorAll<HTMLScriptElement>("script[data-file]")];
  const files = new Map<string, Bytes>();
  for (const block of blocks) files.set(block.dataset["file"] ?? "", await readFile(block));
  globalThis.ganvasFiles = files;
  const page = document.createElement("script");
  page.text = new TextDecoder().decode(files.get("page.js"));
  document.head.append(page);
}

void open();
