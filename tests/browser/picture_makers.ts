// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Files of pictures for tests, of every kind that a format has. Their samples are noise.

import { crc32, deflateSync } from "node:zlib";

export interface PngKind {
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGBA */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced?: boolean;
  /** Whether it has a tRNS chunk. */
  readonly clear?: boolean;
  /** In the palette, if it is not full. */
  readonly colours?: number;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
/** First column, first row, and their steps, of the seven passes of Adam7; one pass for all without. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE = [[0, 0, 1, 1]] as const;

/** Numbers below 2^32 that a seed determines. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
}

/** A PNG of noise (PNG specification, third edition), with all kinds of filters. */
export function png(width: number, height: number, kind: PngKind, seed = 1): Buffer {
  const { colour, depth, interlaced = false, clear = false } = kind;
  const random = noise(seed);
  const channels = CHANNELS[colour];
  const samples = Array.from({ length: width * height * channels }, () => random() % 2 ** depth);
  const rows: Buffer[] = [];
  for (const [x0, y0, dx, dy] of interlaced ? ADAM7 : WHOLE) {
    let previous: Buffer = Buffer.alloc(0);
    for (let y = y0; y < height; y += dy) {
      const row: number[] = [];
      for (let x = x0; x < width; x += dx) {
        const at = (y * width + x) * channels;
        row.push(...samples.slice(at, at + channels));
      }
      if (row.length === 0) continue;
      const packed = pack(row, depth);
      const filter = rows.length % 5;
      const step = Math.max(1, (channels * depth) >> 3);
      rows.push(Buffer.from([filter]), filtered(packed, previous, filter, step));
      previous = packed;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced ? 1 : 0], 8);
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => random() & 255));
  const { colours = 2 ** depth } = kind;
  const transparent =
    colour === 3
      ? bytes(colours - 1)
      : Buffer.from(samples.slice(0, channels).flatMap((sample) => [sample >> 8, sample & 255]));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    ...(colour === 3 ? [chunk("PLTE", bytes(3 * colours))] : []),
    ...(clear ? [chunk("tRNS", transparent)] : []),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function pack(row: readonly number[], depth: number): Buffer {
  if (depth === 16) return Buffer.from(row.flatMap((sample) => [sample >> 8, sample & 255]));
  const packed = Buffer.alloc(Math.ceil((row.length * depth) / 8));
  for (const [i, sample] of row.entries()) {
    const bit = i * depth;
    const byte = packed[bit >> 3] ?? 0;
    packed[bit >> 3] = byte | (sample << (8 - depth - (bit & 7)));
  }
  return packed;
}

function filtered(row: Buffer, above: Buffer, filter: number, step: number): Buffer {
  return row.map((value, i) => {
    const [left = 0, up = 0, corner = 0] = [row[i - step], above[i], above[i - step]];
    const paeth = left + up - corner;
    const distances = [left, up, corner].map((other) => Math.abs(paeth - other));
    const nearest = [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
    const predicted = [0, left, up, (left + up) >> 1, nearest][filter] ?? 0;
    return (value - predicted) & 255;
  }) as Buffer;
}

export function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(content.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: Buffer): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  for (const [axis, extent] of shape.entries()) header.writeUInt32BE(extent, 4 + 4 * axis);
  return Buffer.concat([header, values]);
}

/** A NumPy file of bytes. */
export function npy(shape: readonly number[], values: Buffer): Buffer {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }\n`;
  const start = Buffer.from("934e554d50590100", "hex");
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  return Buffer.concat([start, length, Buffer.from(header, "latin1"), values]);
}

export function bytesOfNoise(count: number, seed: number): Buffer {
  const random = noise(seed);
  return Buffer.from(Array.from({ length: count }, () => random() & 255));
}
