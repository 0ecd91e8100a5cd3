// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reads a set of pictures in a worker. The core says which files are taken and fits them; this hands it
// their contents. SVG needs a document, so it goes out to be drawn.

import { GanvasError } from "./errors";
import type { PictureReader as CoreReader } from "./generated/ganvas_pictures_module";
import { startModule } from "./loader";
import { unwrap } from "./module";
import { decodePictures, kindOf } from "./picture_decoding";
import { type ChosenFiles, openFiles } from "./picture_files";
import {
  type LeftOutReason,
  PICTURE_SIDES,
  type PictureFile,
  type Pixels,
  type Reading,
  type ReadingOptions,
} from "./pictures";
import { type PicturesModule, picturesFiles } from "./pictures_files";
import type { LoadProgress } from "./types";
import { Undecoded } from "./undecoded";

const MAX_FILE_SIZE = 2 ** 26;
/** Between two reports. */
const REPORT_MS = 200;
const WHITE = [255, 255, 255] as const;

export interface ReadingProgress {
  readonly done: number;
  readonly all: number;
}

/** How far reading has come: to an SVG, which the caller draws, or to the end. */
export type ReadingState =
  | { readonly type: "drawing"; readonly svg: Uint8Array<ArrayBuffer> }
  | { readonly type: "read"; readonly reading: Reading };

/**
 * @param baseUrl the folder of the engine's files; default: beside this code
 * @param onProgress called for each part that arrives
 * @throws GanvasError as `startModule`
 */
export function startPicturesModule(
  baseUrl: string | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<PicturesModule> {
  return startModule(picturesFiles(baseUrl), 1, onProgress);
}

/** One set, from its files to its pixels. */
export class PictureReader {
  readonly #files: ChosenFiles;
  readonly #core: CoreReader;
  #done = 0;

  private constructor(files: ChosenFiles, core: CoreReader) {
    this.#files = files;
    this.#core = core;
  }

  /**
   * Reads what is an array.
   * @param module see `startPicturesModule`
   * @throws GanvasError invalid_argument for another side, not_found, io_failure, bad_magic, truncated,
   * malformed, shape_mismatch, out_of_range, encrypted, several_sets, too_large, too_many_files,
   * too_many_classes, out_of_memory
   */
  static open(
    module: PicturesModule,
    files: readonly PictureFile[],
    wanted: ReadingOptions,
  ): PictureReader {
    const { side, colour, pad = false, invert = false, transpose = false } = wanted;
    if (side !== undefined && !PICTURE_SIDES.includes(side)) {
      const line = `side is one of ${PICTURE_SIDES.join(", ")}, not ${side}.`;
      throw new GanvasError("invalid_argument", line);
    }
    const chosen = openFiles(files);
    const options = {
      ...(side !== undefined && { side }),
      ...(colour !== undefined && { colour }),
      pad,
      invert,
      transpose,
      ground: wanted.ground ?? WHITE,
    };
    const read = (place: number, maxSize: number) => contents(chosen, place, maxSize);
    const core = unwrap(module.createReader(chosen.name, chosen.names, read, options));
    unwrap(begin(core, chosen));
    return new PictureReader(chosen, core);
  }

  /**
   * Decodes files up to the next SVG, or to the end.
   * @param drawn the SVG that was asked for, or null if it cannot be drawn
   * @throws GanvasError none_usable if no picture can be used, too_large, out_of_memory
   */
  async advance({
    drawn,
    onProgress,
  }: {
    readonly drawn?: Pixels | null;
    readonly onProgress?: (progress: ReadingProgress) => void;
  }): Promise<ReadingState> {
    if (drawn === null) this.#core.leaveOut("damaged");
    if (drawn) this.#add(drawn);
    const all = this.#core.count();
    let reportedAt = Number.NEGATIVE_INFINITY;
    for (let place = this.#core.next(); place >= 0; place = this.#core.next()) {
      if (performance.now() - reportedAt >= REPORT_MS) {
        reportedAt = performance.now();
        onProgress?.({ done: this.#done, all });
      }
      this.#done += 1;
      const svg = await this.#take(place);
      if (svg) return { type: "drawing", svg };
    }
    onProgress?.({ done: all, all });
    return { type: "read", reading: this.#finish() };
  }

  /** Gives a file to the core; an SVG comes back. */
  async #take(place: number): Promise<Uint8Array<ArrayBuffer> | null> {
    let taken = 0;
    try {
      const file = this.#files.read(place, MAX_FILE_SIZE);
      if (!(file instanceof Uint8Array)) {
        this.#add(file);
        return null;
      }
      const kind = kindOf(file);
      if (kind === "svg") return file;
      for await (const pixels of decodePictures(file, kind)) {
        this.#add(pixels);
        taken += 1;
      }
    } catch (thrown) {
      // The whole frames of an animation that ends early are pictures.
      if (taken === 0) this.#core.leaveOut(reasonOf(thrown));
      else if (!(thrown instanceof Undecoded)) throw thrown;
    }
    return null;
  }

  #add({ width, height, rgba }: Pixels): void {
    unwrap(this.#core.add(width, height, rgba));
  }

  #finish(): Reading {
    const reading = unwrap(this.#core.finish());
    this.#core.delete();
    return reading;
  }
}

/** Why a picture is left out. */
function reasonOf(thrown: unknown): LeftOutReason {
  if (thrown instanceof Undecoded) return thrown.reason;
  if (!(thrown instanceof GanvasError) || thrown.code === "out_of_memory") throw thrown;
  return thrown.code === "too_large" ? "too_large" : "damaged";
}

/** Why an array is not read. */
function codeOf(thrown: unknown): string {
  if (thrown instanceof GanvasError) return thrown.code;
  switch (thrown instanceof Undecoded ? thrown.reason : "damaged") {
    case "too_large":
    case "too_many_pixels":
      return "too_large";
    case "encrypted":
      return "encrypted";
    case "unreadable":
      return "io_failure";
    default:
      return "malformed";
  }
}

function begin(core: CoreReader, { kind, name }: ChosenFiles) {
  switch (kind) {
    case "files":
      return core.readTree();
    case "file":
      return core.readFile(0);
    case "zip":
      // A ZIP of .npy files is as a folder of them.
      return !name.toLowerCase().endsWith(".zip") && core.isNpz()
        ? core.readNpz()
        : core.readTree();
  }
}

/** What the core asks for while it reads arrays; an error must not pass through it. */
function contents(files: ChosenFiles, place: number, maxSize: number) {
  try {
    const file = files.read(place, maxSize);
    if (file instanceof Uint8Array) return file;
    return failure("malformed", "a drawing, where an array was expected");
  } catch (thrown) {
    return failure(codeOf(thrown), thrown instanceof Error ? thrown.message : String(thrown));
  }
}

const failure = (code: string, message: string) => ({ error: { code, message } });
