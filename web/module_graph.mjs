// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Questions about imports that decide which chunk a module goes into, in the page and in the package.

import { relative } from "node:path";

/** Whether an entry imports the module statically, directly or through others. */
export function isOpening(id, find, seen = new Set()) {
  if (seen.has(id)) return false;
  seen.add(id);
  const module = find(id);
  if (module === null) return false;
  return module.isEntry || module.importers.some((importer) => isOpening(importer, find, seen));
}

/**
 * Whether a worker's entry imports the module but is not the module itself. WebKit runs an entry a
 * second time when a chunk imports it, so what chunks can need stands apart from entries.
 */
export function isBehindEntry(id, find) {
  return !find(id)?.isEntry && isOpening(id, find);
}

const CLIENT =
  /^(web\/(engine(?!\/inflate|\/sha256_library)|calls|worker|client)|node_modules\/wasm-feature-detect)\//;

/** Whether the package's client.js has the module; `root` is the repository's folder. */
export function isOfClient(id, root) {
  return CLIENT.test(relative(root, id));
}
