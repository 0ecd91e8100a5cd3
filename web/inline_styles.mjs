// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A plugin for rolldown: style sheets as texts, as in Vite.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export const inlineStyles = {
  name: "ganvas:inline-styles",
  resolveId: (id) =>
    id.endsWith(".css?inline") ? fileURLToPath(import.meta.resolve(id.split("?")[0])) : undefined,
  async load(id) {
    if (!id.endsWith(".css")) return undefined;
    return {
      code: `export default ${JSON.stringify(await readFile(id, "utf8"))};`,
      moduleType: "js",
    };
  },
};
