// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG as the pixels that are stored, which no browser gives: canvases multiply alpha in, and apply gamma
// and profiles. fast-png undoes filters and interlacing; chunks are checked here, since it inflates
// without a limit and refuses what libpng passes over.

import { decode } from "fast-png";
import { inflate } from "./inflate";
import type { Pixels } from "./pictures";
import { checkExtents, Undecoded } from "./undecoded";

type Bytes = Uint8Array<ArrayBuffer>;

const SIGNATURE_SIZE = 8;
const IEND = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);
/** Of these, PNG's data may inflate to 64 MB at most, since Deflate makes no more than 1032 of one byte. */
const SMALL = 65_000;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const PALETTE = 3;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

/**
 * Null for what fast-png reads wrongly: less than a byte for each pixel, and interlaced.
 * @throws Undecoded
 */
export function decodePng(file: Bytes): Pixels | null {
  try {
    const { header, transparency, essence, data } = readChunks(file);
    if (header.interlaced && header.depth < 8) return null;
    checkDataSize(header, data);
    const image = decode(essence, { checkCrc: true });
    const samples = unpack(header, image.data as Uint8Array | Uint16Array);
    return toRgba(header, samples, image.palette, transparency);
  } catch (thrown) {
    if (thrown instanceof Undecoded) throw thrown;
    throw new Undecoded("damaged", "damaged PNG", { cause: thrown });
  }
}

/** What pixels are made of: the header, the palette and the data; without it, what is transparent. */
function readChunks(file: Bytes) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const decoder = new TextDecoder("latin1");
  const kept: Bytes[] = [file.subarray(0, SIGNATURE_SIZE)];
  const data: Bytes[] = [];
  let transparency: Bytes | null = null;
  let header: Header | null = null;
  for (let at = SIGNATURE_SIZE; at < file.length; ) {
    const size = view.getUint32(at);
    const type = decoder.decode(file.subarray(at + 4, at + 8));
    const end = at + 12 + size;
    if (end > file.length) throw new RangeError(`${type} ends early`);
    const content = file.subarray(at + 8, end - 4);
    if (type === "IHDR") header = readHeader(view, at + 8);
    if (type === "tRNS") transparency = content;
    if (type === "IDAT") data.push(content);
    if (type === "IHDR" || type === "PLTE" || type === "IDAT") kept.push(file.subarray(at, end));
    if (type === "IEND") break;
    at = end;
  }
  if (header === null) throw new RangeError("no header");
  return { header, transparency, data: join(data), essence: join([...kept, IEND]) };
}

function readHeader(view: DataView, at: number): Header {
  const colour = view.getUint8(at + 9);
  const channels = CHANNELS[colour];
  if (channels === undefined) throw new RangeError("unknown type of colour");
  const [width, height, depth] = [
    view.getUint32(at),
    view.getUint32(at + 4),
    view.getUint8(at + 8),
  ];
  checkExtents(width, height);
  return { width, height, depth, colour, channels, interlaced: view.getUint8(at + 12) === 1 };
}

function join(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @throws GanvasError if data inflate to far more than the pixels */
function checkDataSize({ width, height, depth, channels }: Header, data: Bytes): void {
  if (data.length <= SMALL) return;
  const row = 1 + Math.ceil((width * channels * depth) / 8);
  // Interlaced pictures have twice as many rows, all of them shorter.
  inflate(data, "deflate", row * height + 2 * height + SMALL);
}

/** One number for each sample of each pixel. */
function unpack({ width, height, depth, channels }: Header, data: Uint8Array | Uint16Array) {
  const count = width * height * channels;
  if (depth >= 8) {
    if (data.length < count) throw new RangeError("too few pixels");
    return data;
  }
  const rowSize = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(count);
  for (let i = 0; i < count; i += 1) {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * rowSize + (bit >> 3)] ?? 0;
    samples[i] = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  }
  return samples;
}

function toRgba(
  header: Header,
  samples: Uint8Array | Uint16Array,
  palette: readonly (readonly number[])[] | undefined,
  transparency: Bytes | null,
): Pixels {
  const { width, height } = header;
  const rgba = new Uint8ClampedArray(4 * width * height);
  if (header.colour === PALETTE) fromPalette(rgba, samples, palette ?? [], transparency);
  else fromLevels(rgba, header, samples, transparency);
  return { width, height, rgba };
}

/** Each of the palette's colours may have an alpha. */
function fromPalette(
  rgba: Uint8ClampedArray,
  samples: Uint8Array | Uint16Array,
  palette: readonly (readonly number[])[],
  transparency: Bytes | null,
): void {
  const colours = palette.flatMap((colour, i) => [...colour, transparency?.[i] ?? 255]);
  for (const [pixel, sample] of samples.entries()) {
    if (sample >= palette.length) throw new RangeError("no such colour");
    for (let c = 0; c < 4; c += 1) rgba[4 * pixel + c] = colours[4 * sample + c] ?? 0;
  }
}

/** Grey or RGB, with alpha, or with one value of 16 bits that is transparent. */
function fromLevels(
  rgba: Uint8ClampedArray,
  { depth, channels }: Header,
  samples: Uint8Array | Uint16Array,
  transparency: Bytes | null,
): void {
  if (depth === 8 && channels === 4) {
    rgba.set(samples.subarray(0, rgba.length));
    return;
  }
  const most = (1 << depth) - 1;
  // 16 bits are rounded to 8, as libpng does; fewer are spread.
  const level = (sample: number) =>
    depth === 16 ? (sample * 255 + 32895) >>> 16 : (sample * 255) / most;
  const colours = channels < 3 ? 1 : 3;
  const hasAlpha = channels > colours;
  const bytes = hasAlpha || transparency === null ? [] : [...transparency];
  const clear = Array.from({ length: colours }, (_, c) => {
    const [high, low] = [bytes[2 * c], bytes[2 * c + 1]];
    return high === undefined || low === undefined ? -1 : ((high << 8) | low) & most;
  });
  for (let at = 0, to = 0; to < rgba.length; at += channels, to += 4) {
    let matches = 0;
    for (let c = 0; c < 3; c += 1) {
      const channel = colours === 1 ? 0 : c;
      const sample = samples[at + channel] ?? 0;
      if (sample === clear[channel]) matches += 1;
      rgba[to + c] = level(sample);
    }
    const opacity = matches === 3 ? 0 : 255;
    rgba[to + 3] = hasAlpha ? level(samples[at + colours] ?? 0) : opacity;
  }
}
