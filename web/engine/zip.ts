// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files in a ZIP, from its central directory (APPNOTE.TXT 6.3.10), with ZIP64. Libraries will not do:
// fflate compares no checksum and does not tell what is encrypted, and zip.js takes 10 ms for each file.

import { crc32 } from "./crc32";
import { GanvasError } from "./errors";
import { inflate } from "./inflate";
import { tooLarge, Undecoded } from "./undecoded";

type Bytes = Uint8Array<ArrayBuffer>;
/** Reads a file, or a slice of it, at once. */
export type ReadBlob = (blob: Blob) => Bytes;

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc: number;
  readonly method: number;
  readonly encrypted: boolean;
  /** Of its local header. */
  readonly offset: number;
}

const MAX_FILES = 200_000;
const MAX_UNZIPPED = 8 * 2 ** 30;
const MAX_DIRECTORY = 2 ** 28;
const END = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const END64_LOCATOR = 0x07064b50;
const END64_LOCATOR_SIZE = 20;
const END64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
/** In the place of a number that stands in ZIP64's field. */
const IN_ZIP64 = 0xffffffff;
const ZIP64_FIELD = 1;
const STORED = 0;
const DEFLATED = 8;

const viewOf = (bytes: Bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The entries that are files.
 * @throws GanvasError malformed for what is no ZIP, too_many_files for more than 200,000, too_large for
 * more than 8 GB in them
 */
export function readZipDirectory(blob: Blob, name: string, read: ReadBlob): ZipEntry[] {
  try {
    const entries = parseDirectory(readDirectory(blob, read), name);
    return entries.filter((entry) => entry.name !== "" && !entry.name.endsWith("/"));
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new GanvasError("malformed", `'${name}' is a damaged ZIP`, { cause: thrown });
  }
}

/** @throws RangeError where there is none */
function readDirectory(blob: Blob, read: ReadBlob): Bytes {
  const start = Math.max(0, blob.size - END_SIZE - MAX_COMMENT - END64_LOCATOR_SIZE);
  const tail = viewOf(read(blob.slice(start)));
  let end = tail.byteLength - END_SIZE;
  while (end >= 0 && tail.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw new RangeError("no end");
  let size = tail.getUint32(end + 12, true);
  let offset = tail.getUint32(end + 16, true);
  // ZIP64 has a second end, and before the first one a record of where it is.
  const locator = end - END64_LOCATOR_SIZE;
  let endsAt = start + end;
  if (locator >= 0 && tail.getUint32(locator, true) === END64_LOCATOR) {
    endsAt = Number(tail.getBigUint64(locator + 8, true));
    const end64 = viewOf(read(blob.slice(endsAt, endsAt + 56)));
    if (end64.getUint32(0, true) !== END64) throw new RangeError("no ZIP64 end");
    size = Number(end64.getBigUint64(40, true));
    offset = Number(end64.getBigUint64(48, true));
  }
  if (offset + size > endsAt || size > MAX_DIRECTORY) throw new RangeError("no directory");
  return read(blob.slice(offset, offset + size));
}

function parseDirectory(directory: Bytes, archive: string): ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  let unzipped = 0;
  for (let at = 0; at < view.byteLength; ) {
    if (view.getUint32(at, true) !== ENTRY) throw new RangeError("no entry");
    const nameSize = view.getUint16(at + 28, true);
    const extraSize = view.getUint16(at + 30, true);
    const nameStart = at + ENTRY_SIZE;
    const name = nameOf(directory.subarray(nameStart, nameStart + nameSize));
    const extra = new DataView(
      directory.buffer,
      directory.byteOffset + nameStart + nameSize,
      extraSize,
    );
    const [size, compressedSize, offset] = withZip64(extra, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    entries.push({
      name: name.replaceAll("\\", "/"),
      size,
      compressedSize,
      crc: view.getUint32(at + 16, true),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      offset,
    });
    unzipped += size;
    if (entries.length > MAX_FILES) {
      throw new GanvasError("too_many_files", `'${archive}' holds more than ${MAX_FILES} files`);
    }
    if (unzipped > MAX_UNZIPPED) {
      throw new GanvasError("too_large", `'${archive}' unzips to more than 8 GB`);
    }
    at = nameStart + nameSize + extraSize + view.getUint16(at + 32, true);
  }
  return entries;
}

/**
 * Names without the flag of UTF-8 mostly are UTF-8 as well. What is not is that of a Windows of some
 * country, most often China's: read so, different names stay different.
 */
function nameOf(bytes: Bytes): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** Size, compressed size and offset, with those that stand in ZIP64's field, in this order. */
function withZip64(extra: DataView, numbers: [number, number, number]): [number, number, number] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== ZIP64_FIELD) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  at += 4;
  const whole = numbers.map((number) => {
    if (number !== IN_ZIP64) return number;
    at += 8;
    return Number(extra.getBigUint64(at - 8, true));
  });
  return whole as [number, number, number];
}

/**
 * The contents of an entry, compared with its checksum. Its size is checked before it is inflated.
 * @throws Undecoded
 */
export function readZipEntry(blob: Blob, entry: ZipEntry, maxSize: number, read: ReadBlob): Bytes {
  if (entry.encrypted) throw new Undecoded("encrypted", "encrypted in the ZIP");
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    const line = "compressed in the ZIP by another method than Deflate";
    throw new Undecoded("unreadable", line);
  }
  // Deflate makes what it cannot compress a little larger.
  const isTooLarge = entry.size > maxSize || entry.compressedSize > maxSize + maxSize / 256 + 64;
  if (isTooLarge) throw tooLarge(maxSize);
  const damaged = (cause?: unknown) => new Undecoded("damaged", "damaged in the ZIP", { cause });
  const header = viewOf(read(blob.slice(entry.offset, entry.offset + LOCAL_SIZE)));
  if (header.byteLength < LOCAL_SIZE || header.getUint32(0, true) !== LOCAL) throw damaged();
  const start = entry.offset + LOCAL_SIZE + header.getUint16(26, true) + header.getUint16(28, true);
  const stored = read(blob.slice(start, start + entry.compressedSize));
  let bytes = stored;
  try {
    if (entry.method === DEFLATED) bytes = inflate([stored], "deflate-raw", entry.size);
  } catch (thrown) {
    throw damaged(thrown);
  }
  if (bytes.length !== entry.size || crc32(bytes) !== entry.crc) throw damaged();
  return bytes;
}
