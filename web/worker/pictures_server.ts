// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the worker that reads pictures answers. Every public method here is a call (see calls/messages.ts).

import { CallServer, type ServerPort } from "../calls/server";
import { PictureReader, startPicturesModule } from "../engine/picture_reader";
import type { PictureFile, ReadingOptions } from "../engine/pictures";
import type { PicturesModule } from "../engine/pictures_files";
import type { LoadProgress } from "../engine/types";
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
   * @returns the number of what opens files
   * @throws GanvasError as `startPicturesModule`
   */
  async load(
    options: Greeting & {
      readonly baseUrl?: string;
      readonly onProgress: (progress: LoadProgress) => void;
    },
  ): Promise<number> {
    greet(options);
    const module = await startPicturesModule(options.baseUrl, options.onProgress);
    return this.#server.expose(new ReaderOpener(this.#server, module));
  }
}

/** A call of its own, since arrays are read without a break, and nobody may take that for the worker's end. */
export class ReaderOpener {
  readonly #server: CallServer;
  readonly #module: PicturesModule;

  constructor(server: CallServer, module: PicturesModule) {
    this.#server = server;
    this.#module = module;
  }

  /**
   * @returns the reader's number
   * @throws GanvasError as `PictureReader.open`
   */
  open(files: readonly PictureFile[], options: ReadingOptions): number {
    return this.#server.expose(PictureReader.open(this.#module, files, options));
  }
}
