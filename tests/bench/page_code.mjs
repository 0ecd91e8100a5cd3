// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's TypeScript code in Node, loaded by Vite. Run ./build-wasm.sh first.

import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const root = new URL("../../", import.meta.url);
/** URL of the folder with MNIST and the models. */
export const assets = new URL("assets/", root).href;

const server = await createServer({
  root: fileURLToPath(new URL("web/", root)),
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
});

/** Imports a module by its path in web/. */
export const load = (/** @type {string} */ path) => server.ssrLoadModule(path);
/** Lets the process end. */
export const close = () => server.close();
