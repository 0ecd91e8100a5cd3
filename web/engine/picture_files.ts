// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files that were chosen, or those in the ZIP that was: their names and contents.

import { GanvasError } from "./errors";
import { isGzip } from "./gzip";
import { inflate } from "./inflate";
import type { PictureFile, Pixels } from "./pictures";
import { tooLarge, Undecoded } from "./undecoded";
import { readZipDirectory, readZipEntry } from "./zip";

type Bytes = Uint8Array<ArrayBuffer>;

/** Known in workers only, which TypeScript's DOM does not list. */
declare const FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };

const ZIP_MAGIC = [0x50, 0x4b, 3, 4];

const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, index) => bytes[index] === byte);

/** @throws Undecoded */
function readBlob(blob: Blob): Bytes {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob));
  } catch (thrown) {
    throw new Undecoded("unreadable", `cannot be read: ${String(thrown)}`, { cause: thrown });
  }
}

export interface ChosenFiles {
  /** What to call all of it. */
  readonly name: string;
  /** "zip" for the files in one. "file" for one that is no picture by itself. */
  readonly kind: "files" | "zip" | "file";
  readonly names: readonly string[];
  /**
   * The contents of a file, at once, with gzip undone; or the pixels that the page has drawn.
   * @throws Undecoded, GanvasError
   */
  read(place: number, maxSize: number): Bytes | Pixels;
}

const PICTURE_NAME = /\.(png|jpe?g|jpe|jfif|gif|webp|svg|bmp|avif|heic)$/i;

/** @throws GanvasError not_found for no files, io_failure, and as readZipDirectory */
export function openFiles(files: readonly PictureFile[]): ChosenFiles {
  const [only] = files;
  if (only === undefined) throw new GanvasError("not_found", "There are no files.");
  if (files.length > 1 || !("blob" in only)) return listOf(files, "files");
  const start = readOrThrow(only.path, only.blob.slice(0, ZIP_MAGIC.length));
  if (startsWith(start, ZIP_MAGIC)) return zipOf(only.path, only.blob);
  const isArrays = !only.path.includes("/") && !PICTURE_NAME.test(only.path);
  return listOf(files, isArrays ? "file" : "files");
}

function readOrThrow(path: string, blob: Blob): Bytes {
  try {
    return readBlob(blob);
  } catch (thrown) {
    throw new GanvasError("io_failure", `'${path}' ${String(thrown)}`, { cause: thrown });
  }
}

function listOf(files: readonly PictureFile[], kind: "files" | "file"): ChosenFiles {
  const folder = files[0]?.path.split("/")[0] ?? "";
  const common = files.every(({ path }) => path.startsWith(`${folder}/`));
  return {
    name: common || files.length === 1 ? folder : `${folder}, ...`,
    kind,
    // What was drawn is a picture, whatever it is called.
    names: files.map((file) => ("blob" in file ? file.path : `${file.path}.png`)),
    read(place, maxSize) {
      const file = files[place];
      if (file === undefined) throw new RangeError("no such file");
      if (!("blob" in file)) return file;
      if (file.blob.size > maxSize) throw tooLarge(maxSize);
      return unpacked(readBlob(file.blob), maxSize);
    },
  };
}

function zipOf(name: string, blob: Blob): ChosenFiles {
  const entries = readZipDirectory(blob, name, readBlob);
  return {
    name,
    kind: "zip",
    names: entries.map((entry) => entry.name),
    read(place, maxSize) {
      const entry = entries[place];
      if (entry === undefined) throw new RangeError("no such file");
      return unpacked(readZipEntry(blob, entry, maxSize, readBlob), maxSize);
    },
  };
}

/** Gzip is known by its first bytes, whatever the file is called. */
function unpacked(bytes: Bytes, maxSize: number): Bytes {
  return isGzip(bytes) ? inflate([bytes], "gzip", maxSize) : bytes;
}
