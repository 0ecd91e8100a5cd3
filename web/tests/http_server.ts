// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A small local server for streaming tests: serves bytes slowly enough to be aborted half-way and
// counts the bytes sent.

import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Served {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** Close the connection after this many bytes. */
  readonly breakAfter?: number;
}

export class TestServer {
  readonly sent = new Map<string, number>();
  readonly #files = new Map<string, Served[]>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<TestServer> {
    const server = new TestServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  /** Serves the bytes and returns their URL; of several, each answers one request, and the last all that follow. */
  serve(name: string, ...served: Served[]): string {
    this.#files.set(`/${name}`, served);
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/${name}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const files = this.#files.get(path) ?? [];
    const file = files.length > 1 ? files.shift() : files[0];
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const { status = 200, headers = {}, bytes, breakAfter = bytes.length } = file;
    response.writeHead(status, { "content-length": bytes.length, ...headers });
    const PIECE = 65536;
    for (let at = 0; at < breakAfter && !response.destroyed; at += PIECE) {
      const piece = bytes.subarray(at, Math.min(at + PIECE, breakAfter));
      this.sent.set(path, at + piece.length);
      // Waiting for the socket lets a client that has enough disconnect.
      if (!response.write(piece)) {
        const gone = new AbortController();
        const wait = { signal: gone.signal };
        await Promise.race([once(response, "drain", wait), once(response, "close", wait)]);
        gone.abort();
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (breakAfter < bytes.length) response.destroy();
    else response.end();
  }
}
