// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A DecompressionStream for browsers without one. fflate inflates; the checksum and the length at the
// file's end, which it does not look at, are compared here.

import { Gunzip } from "fflate";

type Bytes = Uint8Array<ArrayBuffer>;

/** CRC-32 and length, 4 bytes each. */
const TRAILER_BYTES = 8;

/** Fails where DecompressionStream does: on damage, a cut-off end, and on whatever follows the end. */
export function inflater(): ReadableWritablePair<Bytes, BufferSource> {
  const gunzip = new Gunzip();
  let crc = 0;
  let length = 0;
  let trailer: Bytes = new Uint8Array(0);
  return new TransformStream<Bytes, Bytes>({
    start(controller) {
      gunzip.ondata = (chunk) => {
        crc = crc32(chunk, crc);
        length += chunk.length;
        controller.enqueue(chunk as Bytes);
      };
      gunzip.onmember = () => {
        throw new TypeError("A second gzip member follows the first.");
      };
    },
    transform(chunk) {
      gunzip.push(chunk);
      trailer = lastBytes(trailer, chunk);
    },
    flush() {
      gunzip.push(new Uint8Array(0), true);
      const view = new DataView(trailer.buffer);
      if (view.getUint32(0, true) !== crc || view.getUint32(4, true) !== length >>> 0) {
        throw new TypeError("The checksum or the length is another.");
      }
    },
  }) as ReadableWritablePair<Bytes, BufferSource>;
}

/** The last bytes of the file so far. */
function lastBytes(before: Bytes, chunk: Bytes): Bytes {
  const end = chunk.subarray(-TRAILER_BYTES);
  const result = new Uint8Array(TRAILER_BYTES);
  result.set(before.subarray(before.length - (TRAILER_BYTES - end.length)));
  result.set(end, TRAILER_BYTES - end.length);
  return result;
}

/** Of the polynomial of gzip (RFC 1952, section 8). */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Continues the checksum `crc` of what came before. */
function crc32(bytes: Uint8Array, crc: number): number {
  let value = ~crc;
  for (const byte of bytes) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0);
  return ~value >>> 0;
}
