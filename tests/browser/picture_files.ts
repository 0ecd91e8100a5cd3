// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files of pictures for tests, written after the formats' descriptions.

import { crc32, deflateSync } from "node:zlib";

export type Color = readonly [number, number, number, number];

/** A PNG of 8-bit RGBA. */
export function png(
  width: number,
  height: number,
  colorAt: (x: number, y: number) => Color,
): Buffer {
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => colorAt(x, y)).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from(rows.flat()))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([word(data.length), body, word(crc32(body))]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Grey pictures as IDX. */
export function idx(pictures: readonly Uint8Array[], side: number): Buffer {
  const header = [0x803, pictures.length, side, side].map(word);
  return Buffer.concat([...header, ...pictures]);
}
