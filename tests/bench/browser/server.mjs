// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Serves the built page, the WebAssembly modules of its peers, and the digits from one
// cross-origin isolated origin, so that all of them can use threads.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

/** @param {string} path */
const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

export const DIST = folder("dist/");

/** Folders by the first part of the path; everything else is the page. */
const FOLDERS = new Map([
  ["mnist", folder("../../../assets/mnist/")],
  ["tensorflow", folder("node_modules/@tensorflow/tfjs-backend-wasm/dist/")],
]);

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** @param {string} address */
function fileAt(address) {
  const path = normalize(decodeURIComponent(new URL(address, "http://localhost").pathname));
  const [, first = "", rest = ""] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const mapped = FOLDERS.get(first);
  return mapped === undefined ? join(DIST, path === "/" ? "index.html" : path) : join(mapped, rest);
}

/** @returns {Promise<{ url: string, stop: () => void }>} */
export async function serve() {
  const server = createServer((request, response) => {
    const file = fileAt(request.url ?? "/");
    stat(file).then(
      ({ size }) => {
        response.writeHead(200, {
          "content-type": TYPES[extname(file)] ?? "application/octet-stream",
          "content-length": size,
          "cache-control": "no-store",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-embedder-policy": "require-corp",
        });
        // Clients may close the connection early; that is not an error.
        pipeline(createReadStream(file), response).catch(() => {});
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
