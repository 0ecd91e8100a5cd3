// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the worker that reads pictures answers. Every public method here is a call (see calls/messages.ts).

import { CallServer, type ServerPort } from "../calls/server";
import { PictureReader } from "../engine/picture_reader";
import type { PictureFile, ReadingOptions } from "../engine/pictures";
import { type Greeting, greet } from "./greeting";

/** Every call of a set that is being read. */
export type ReaderCalls = PictureReader;

export function servePictures(port: ServerPort): void {
  const server = new CallServer(port);
  server.expose(new ReaderLoader(server));
}

export class ReaderLoader {
  readonly #server: CallServer;

  constructor(server: CallServer) {
    this.#server = server;
  }

  /**
   * @returns the reader's number
   * @throws GanvasError as `PictureReader.open`
   */
  async open(
    files: readonly PictureFile[],
    options: ReadingOptions &
      Greeting & { readonly baseUrl?: string; readonly onProgress?: () => void },
  ): Promise<number> {
    greet(options);
    return this.#server.expose(await PictureReader.open(files, options, options.baseUrl));
  }
}
