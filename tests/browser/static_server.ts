// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A minimal host: serves web/dist under a subfolder, with a content type for each file and no other
// headers, at the speed of a home connection. Counts the bytes sent.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));
/** 8 MB/s, or 64 Mbit/s. */
const PIECE_BYTES = 65536;
const PIECE_MS = 8;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export class StaticServer {
  readonly sent = new Map<string, number>();
  readonly #path: string;
  readonly #server: Server;

  private constructor(path: string) {
    this.#path = path;
    const counted = (name: string, bytes: number): void => {
      this.sent.set(name, (this.sent.get(name) ?? 0) + bytes);
    };
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost").pathname;
      const inside = url.startsWith(path) ? normalize(url.slice(path.length)) : "..";
      const file = join(DIST, inside === "." || inside === "" ? "index.html" : inside);
      const send = ({ size }: { size: number }): void => {
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { "content-type": type, "content-length": size });
        const paced = async function* (source: AsyncIterable<Buffer>) {
          for await (const piece of source) {
            counted(inside, piece.length);
            yield piece;
            await setTimeout(PIECE_MS);
          }
        };
        // A client that has enough closes the connection, which is not an error.
        const body = createReadStream(file, { highWaterMark: PIECE_BYTES });
        pipeline(body, paced, response).catch(() => {});
      };
      const missing = (): void => void response.writeHead(404).end();
      if (inside.startsWith("..")) missing();
      else stat(file).then(send, missing);
    });
  }

  /** @param path path of the page, e.g. "/some/where/" */
  static async start(path: string): Promise<StaticServer> {
    const server = new StaticServer(path);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
