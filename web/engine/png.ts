// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG as the pixels that are stored, which no browser gives: canvases multiply alpha in, and apply gamma
// and profiles. After the PNG specification, third edition; libraries inflate without a limit.

import { crc32 } from "./crc32";
import { inflate } from "./inflate";
import type { Pixels } from "./pictures";
import { type Header, samplesOf } from "./png_rows";
import { checkExtents, Undecoded } from "./undecoded";

type Bytes = Uint8Array<ArrayBuffer>;

const SIGNATURE_SIZE = 8;
const PALETTE = 3;
/** By the type of colour: how many samples a pixel has, and of how many bits they can be. */
const COLOURS: Readonly<Record<number, { channels: number; depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  [PALETTE]: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};
/** What may follow the pixels, which libpng passes over. */
const MOST_MORE = 65_536;

/** @throws Undecoded */
export function decodePng(file: Bytes): Pixels {
  try {
    const { header, palette, transparency, data } = readChunks(file);
    const { width, height, depth, channels } = header;
    // Interlaced pictures have up to twice as many rows, all of them shorter.
    const most = height * (Math.ceil((width * channels * depth) / 8) + 3) + MOST_MORE;
    const samples = samplesOf(header, inflate(data, "deflate", most));
    return toRgba(header, samples, palette, transparency);
  } catch (thrown) {
    if (thrown instanceof Undecoded) throw thrown;
    throw new Undecoded("damaged", "damaged PNG", { cause: thrown });
  }
}

function readChunks(file: Bytes) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const decoder = new TextDecoder("latin1");
  const data: Bytes[] = [];
  let palette: Bytes = new Uint8Array(0);
  let transparency: Bytes | null = null;
  let header: Header | null = null;
  for (let at = SIGNATURE_SIZE; at < file.length; ) {
    const size = view.getUint32(at);
    const type = decoder.decode(file.subarray(at + 4, at + 8));
    const end = at + 12 + size;
    if (end > file.length) throw new RangeError(`${type} ends early`);
    const content = file.subarray(at + 8, end - 4);
    const isEssential = type === "IHDR" || type === "PLTE" || type === "IDAT";
    if (isEssential && crc32(file.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw new RangeError(`${type} has another checksum`);
    }
    if (type === "IHDR") header = readHeader(view, at + 8);
    if (type === "PLTE") palette = content;
    if (type === "tRNS") transparency = content;
    if (type === "IDAT") data.push(content);
    if (type === "IEND") break;
    at = end;
  }
  if (header === null) throw new RangeError("no header");
  return { header, palette, transparency, data };
}

function readHeader(view: DataView, at: number): Header {
  const [width, height] = [view.getUint32(at), view.getUint32(at + 4)];
  const [depth, colour] = [view.getUint8(at + 8), view.getUint8(at + 9)];
  const { channels, depths } = COLOURS[colour] ?? { channels: 0, depths: [] };
  if (!depths.includes(depth)) throw new RangeError("unknown type of colour");
  checkExtents(width, height);
  return { width, height, depth, colour, channels, interlaced: view.getUint8(at + 12) === 1 };
}

function toRgba(
  header: Header,
  samples: Uint8Array | Uint16Array,
  palette: Bytes,
  transparency: Bytes | null,
): Pixels {
  const { width, height } = header;
  const rgba = new Uint8ClampedArray(4 * width * height);
  if (header.colour === PALETTE) fromPalette(rgba, samples, palette, transparency);
  else fromLevels(rgba, header, samples, transparency);
  return { width, height, rgba };
}

/** Each of the palette's colours may have an alpha. What is beyond the palette is black, as libpng has it. */
function fromPalette(
  rgba: Uint8ClampedArray,
  samples: Uint8Array | Uint16Array,
  palette: Bytes,
  transparency: Bytes | null,
): void {
  if (palette.length === 0) throw new RangeError("no palette");
  for (const [pixel, sample] of samples.entries()) {
    rgba.set(palette.subarray(3 * sample, 3 * sample + 3), 4 * pixel);
    rgba[4 * pixel + 3] = transparency?.[sample] ?? 255;
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
