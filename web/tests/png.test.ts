// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// PNG in the worker: every kind of pixel, interlaced or not, as fast-png reads or as the same pixels in
// another order; and files that lie. tests/browser/reading.spec.ts compares with the command.

import { deflateSync } from "node:zlib";
import { type DecodedPng, decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { chunk, type PngKind, png } from "../../tests/browser/picture_makers";
import { decodePng } from "../engine/png";

const DEPTHS = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
} as const;
const KINDS = Object.entries(DEPTHS).flatMap(([colour, depths]) =>
  depths.map((depth) => ({ colour: Number(colour), depth }) as PngKind),
);
const SIZES = [
  [13, 9],
  [3, 5],
  [1, 1],
] as const;

const pixels = (file: Buffer) => [...decodePng(new Uint8Array(file)).rgba];

const WHOLE_BYTES = KINDS.filter(({ depth }) => depth >= 8).flatMap((kind) =>
  [false, true].filter((clear) => !clear || kind.colour < 4).map((clear) => ({ ...kind, clear })),
);

/** Bytes of red, green, blue and alpha for each pixel. */
function rgbaOf({ data, channels, depth, palette, transparency }: DecodedPng): number[] {
  const level = (sample: number): number => Math.round((sample * 255) / (2 ** depth - 1));
  return Array.from({ length: data.length / channels }, (_, pixel) => {
    const samples = [...data.subarray(pixel * channels, (pixel + 1) * channels)];
    if (palette) {
      const [r = 0, g = 0, b = 0, alpha = 255] = palette[samples[0] ?? 0] ?? [];
      return [r, g, b, alpha];
    }
    const isClear = transparency && samples.every((sample, c) => sample === transparency[c]);
    const alpha = channels % 2 === 0 ? level(samples.pop() ?? 0) : isClear ? 0 : 255;
    const levels = samples.map(level);
    return [...(levels.length === 1 ? [...levels, ...levels, ...levels] : levels), alpha];
  }).flat();
}

describe("a PNG", () => {
  it.each(KINDS)("of $depth bits and colour $colour has the same pixels interlaced", (kind) => {
    for (const [width, height] of SIZES) {
      const plain = pixels(png(width, height, kind));
      expect(new Set(plain).size).toBeGreaterThan(1);
      expect(pixels(png(width, height, { ...kind, interlaced: true }))).toEqual(plain);
    }
  });

  it.each(WHOLE_BYTES)(
    "of $depth bits and colour $colour (clear: $clear) has the pixels that another decoder reads",
    (kind) => {
      const file = png(61, 47, kind);
      expect(pixels(file)).toEqual(rgbaOf(decode(file)));
    },
  );

  it("whose data have other pixels than its header says, or a wrong sum, is damaged", () => {
    const file = png(13, 9, { colour: 2, depth: 8 });
    const start = file.subarray(0, file.indexOf("IDAT") - 4);
    const withData = (bytes: number) =>
      Buffer.concat([start, chunk("IDAT", deflateSync(Buffer.alloc(bytes)))]);
    expect(pixels(withData(9 * 40))).toHaveLength(4 * 13 * 9);
    expect(() => pixels(withData(9 * 40 - 1))).toThrow("damaged");
    expect(() => pixels(withData(20_000_000))).toThrow("damaged");
    expect(() => pixels(png(0, 9, { colour: 0, depth: 8 }))).toThrow("empty");
    const wrong = Buffer.from(file);
    wrong.writeUInt32BE(1, file.indexOf("IEND") - 8);
    expect(() => pixels(wrong)).toThrow("damaged");
  });
});
