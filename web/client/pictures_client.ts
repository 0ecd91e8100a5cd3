// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's pictures as a fitted set, read in a worker of its own, which ends with the reading. The
// bytes are those that the `ganvas` command makes of the same files, where decoders agree:
// docs/pictures.md has the table.

import { remote, WorkerChannel, type WorkerLike } from "../calls/channel";
import { ROOT } from "../calls/messages";
import { loadInWorker } from "../calls/second_start";
import { baseAddress } from "../engine/addresses";
import { GanvasError } from "../engine/errors";
import { release } from "../engine/module_files";
import type { PictureFile, Pixels, Reading, ReadingOptions } from "../engine/pictures";
import type { ReaderCalls, ReaderLoader, ReaderOpener } from "../worker/pictures_server";
import { drawSvg } from "./draw_svg";
import { picturesWorker } from "./pictures_worker";

export interface PictureReadingOptions extends ReadingOptions {
  /** Files that have been read, of so many. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Ends the reading; it rejects with aborted. */
  readonly signal?: AbortSignal;
  /** The folder of the engine's files, as for `connectGanvas`. */
  readonly baseUrl?: string;
  /** Default: this package's own. */
  readonly createWorker?: () => WorkerLike;
}

/**
 * Reads a folder, a ZIP, or files of many pictures. What cannot be used is left out, with the reason.
 * @throws GanvasError not_found if nothing there is a picture, none_usable if all of them are left out,
 * io_failure, bad_magic, truncated, malformed, shape_mismatch, out_of_range, encrypted, several_sets,
 * too_large, too_many_files, too_many_classes, out_of_memory, invalid_argument (the side), aborted,
 * worker_lost, and as `connectGanvas` for the engine's files
 */
export async function readPictures(
  files: readonly PictureFile[],
  options: PictureReadingOptions = {},
): Promise<Reading> {
  const { onProgress, signal, createWorker, baseUrl, ...wanted } = options;
  const create = createWorker ?? (() => picturesWorker(baseUrl));
  const open = (): WorkerChannel => new WorkerChannel("pictures'", create, () => {}, signal);
  const [channel, opener] = await loadInWorker(open, (opened, heard) =>
    remote<ReaderLoader>(opened, ROOT, {}).load({
      ...(baseUrl !== undefined && { baseUrl }),
      release,
      baseAddress: baseAddress(),
      onProgress: heard,
    }),
  );
  try {
    const number = await remote<ReaderOpener>(channel, opener, {}).open(files, wanted);
    const reader = remote<ReaderCalls>(channel, number, {});
    let drawn: Pixels | null | undefined;
    for (;;) {
      const state = await reader.advance({
        ...(drawn !== undefined && { drawn }),
        onProgress: ({ done, all }) => onProgress?.(done, all),
      });
      if (state.type === "read") return state.reading;
      drawn = await drawSvg(state.svg, wanted.side);
    }
  } finally {
    channel.end(new GanvasError("worker_lost", "The worker that read pictures has ended."));
  }
}
