// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A minimal host: serves web/dist, or another folder, under a subfolder, with a content type for each file
// and no other headers unless asked for, at the speed of a home connection. Counts requests and bytes.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The built page. */
export const DIST = fileURLToPath(new URL("../../web/dist/", import.meta.url));
/** 8 MB/s, or 64 Mbit/s. */
const PIECE_BYTES = 65536;
export const PIECE_MS = 8;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

export class StaticServer {
  /** Bytes sent of each file. */
  readonly sent = new Map<string, number>();
  /** Requests for each file. */
  readonly asked = new Map<string, number>();
  /** The folder that it serves, which can change while it runs. */
  root = DIST;
  /** Time for each 64 kB of a file, which can change as well. */
  pieceMs = PIECE_MS;
  readonly #path: string;
  readonly #headers: OutgoingHttpHeaders;
  readonly #server: Server;
  #port = 0;

  private constructor(path: string, headers: OutgoingHttpHeaders) {
    this.#path = path;
    this.#headers = headers;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  /** @param path path of the page, e.g. "/some/where/" */
  static async start(path: string, headers: OutgoingHttpHeaders = {}): Promise<StaticServer> {
    const server = new StaticServer(path, headers);
    await server.listen();
    return server;
  }

  /** Starts again after `stop`, at the same address. */
  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(this.#port, "127.0.0.1", done));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}${this.#path}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://localhost").pathname;
    const inside = url.startsWith(this.#path) ? normalize(url.slice(this.#path.length)) : "..";
    const name = inside === "." || inside === "" ? "index.html" : inside;
    count(this.asked, name, 1);
    const file = join(this.root, name);
    const send = ({ size }: { size: number }): void => {
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "content-length": size,
        ...this.#headers,
      });
      const { sent } = this;
      const pause = (): Promise<void> => setTimeout(this.pieceMs);
      const paced = async function* (source: AsyncIterable<Buffer>) {
        for await (const piece of source) {
          count(sent, name, piece.length);
          yield piece;
          await pause();
        }
      };
      // A client that has enough closes the connection, which is not an error.
      const body = createReadStream(file, { highWaterMark: PIECE_BYTES });
      pipeline(body, paced, response).catch(() => {});
    };
    const missing = (): void => void response.writeHead(404).end();
    if (inside.startsWith("..")) missing();
    else stat(file).then(send, missing);
  }
}

function count(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
