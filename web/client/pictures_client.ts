// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Anybody's pictures as a fitted set, read in a worker of its own, which ends with the reading. The
// bytes are those that the `ganvas` command makes of the same files, where decoders agree:
// docs/pictures.md has the table.

import { remote, WorkerChannel, type WorkerLike } from "../calls/channel";
import { ROOT } from "../calls/messages";
import { baseAddress } from "../engine/addresses";
import { aborted, GanvasError } from "../engine/errors";
import { release } from "../engine/module_files";
import type { PictureFile, Pixels, Reading, ReadingOptions } from "../engine/pictures";
import type { ReaderCalls, ReaderLoader } from "../worker/pictures_server";
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
 * too_large, too_many_files, too_many_classes, out_of_memory, aborted, worker_lost, and as
 * `connectGanvas` for the engine's files
 */
export async function readPictures(
  files: readonly PictureFile[],
  options: PictureReadingOptions = {},
): Promise<Reading> {
  const { onProgress, signal, createWorker, ...wanted } = options;
  if (signal?.aborted) throw aborted();
  const open = createWorker ?? (() => picturesWorker(wanted.baseUrl));
  const channel = new WorkerChannel("pictures'", open, () => {});
  const abort = (): void => channel.end(aborted());
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const loader = remote<ReaderLoader>(channel, ROOT, {});
    const greeting = { release, baseAddress: baseAddress() };
    // With progress, though it reports none: arrays are read without a break, which may take long.
    const watched = { ...wanted, ...greeting, onProgress: () => {} };
    const reader = remote<ReaderCalls>(channel, await loader.open(files, watched), {});
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
    signal?.removeEventListener("abort", abort);
    channel.end(new GanvasError("worker_lost", "The worker that read pictures has ended."));
  }
}
