// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Addresses that callers give. A relative one is resolved against the page's document, also when a
// worker uses it; in Node against the working folder.

import { GanvasError } from "./errors";
import { inNode } from "./node";

let base: string | null = null;

/** A worker has no document, so its client sends the document's address, once. */
export function setBaseAddress(address: string): void {
  base = address;
}

/** What relative addresses are resolved against. */
export function baseAddress(): string {
  if (base !== null) return base;
  if (typeof document !== "undefined") return document.baseURI;
  if (!inNode) return self.location.href;
  return process.getBuiltinModule("node:url").pathToFileURL(`${process.cwd()}/`).href;
}

/** @throws GanvasError invalid_argument for what is no address */
export function resolveAddress(address: string): string {
  const from = baseAddress();
  try {
    return new URL(address, from).href;
  } catch (cause) {
    const line = `"${address}" is not an address, resolved against "${from}".`;
    throw new GanvasError("invalid_argument", line, { cause });
  }
}
