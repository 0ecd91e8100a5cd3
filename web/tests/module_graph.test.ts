// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which modules go into the package's client.js.

import { expect, it } from "vitest";
import { isOfClient } from "../module_graph.mjs";

const ROOT = "/home/a/web/client/ganvas/";

it.each([
  "web/engine/index.ts",
  "web/calls/messages.ts",
  "node_modules/wasm-feature-detect/dist/esm/index.js",
])("%s is of the client, whatever folder the repository is in", (name) => {
  expect(isOfClient(ROOT + name, ROOT)).toBe(true);
});

it.each(["web/ui/app/frame.ts", "web/engine/inflate.ts", "node_modules/lit/index.js"])(
  "%s is not of the client, even in a folder that is named like its own",
  (name) => {
    expect(isOfClient(ROOT + name, ROOT)).toBe(false);
  },
);
