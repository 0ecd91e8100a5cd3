// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures of any shape: what a config's samples look like, their colours on a canvas, and the names
// of their classes; and which files are pictures.

import { afterEach, describe, expect, it, vi } from "vitest";
import { classNames, isOfDigits } from "../config/classes";
import { decodePictures, kindOf } from "../engine/picture_decoding";
import { PictureReader } from "../engine/picture_reader";
import { shapeOfSize } from "../engine/picture_shape";
import type { ReadingOptions } from "../engine/pictures";
import type { PicturesModule } from "../engine/pictures_files";
import { isPicture } from "../engine/sample_shape";
import { greyScale } from "../ui/pixels/grey_scale";
import { pixelColors } from "../ui/pixels/pixel_colors";

describe("the shape of samples", () => {
  const sides = [16, 28, 32, 48, 64];
  it("follows from the number of values for every side, grey and in colour", () => {
    for (const side of sides) {
      for (const channels of [1, 3]) {
        expect(shapeOfSize(channels * side * side)).toEqual({ channels, side });
        expect(isPicture([channels, side, side])).toBe(true);
        expect(isPicture([channels * side * side])).toBe(true);
      }
    }
  });

  it("is no picture's for points, other numbers of channels, and other rectangles", () => {
    for (const shape of [
      [2],
      [2, 28, 28],
      [2, 28, 14],
      [4, 16, 16],
      [1, 14, 56],
      [1000],
      [28, 28],
      [],
    ]) {
      expect(isPicture(shape), String(shape)).toBe(false);
    }
  });
});

describe("pixel colours", () => {
  const greys = greyScale("#ffffff", "#000000");

  it("are the theme's greys for one channel", () => {
    const values = Float32Array.of(-1, 1, 0, 5, 1, 1, 1, -1);
    const { channels, side, colorAt } = pixelColors({ values, size: 4, off: -1, on: 1 }, greys);
    expect({ channels, side }).toEqual({ channels: 1, side: 2 });
    expect([0, 1, 2, 3].map((pixel) => colorAt(0, pixel))).toEqual([
      0xffffffff,
      0xff000000,
      greys[128],
      0xff000000,
    ]);
    expect(colorAt(1, 3)).toBe(0xffffffff);
  });

  it("are red, green and blue for three channels, whatever the theme", () => {
    // Two pictures of 2 x 2: plane after plane.
    const values = new Uint8Array(24);
    values.set([255, 0, 0, 10], 12);
    values.set([0, 255, 0, 20], 16);
    values.set([0, 0, 255, 30], 20);
    const { channels, side, colorAt } = pixelColors({ values, size: 12, off: 0, on: 255 }, greys);
    expect({ channels, side }).toEqual({ channels: 3, side: 2 });
    const rgba = [0, 1, 2, 3].map((pixel) => [
      ...new Uint8Array(Uint32Array.of(colorAt(1, pixel)).buffer),
    ]);
    expect(rgba).toEqual([
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [10, 20, 30, 255],
    ]);
    expect(colorAt(0, 0)).toBe(0xff000000);
  });
});

describe("classes", () => {
  it("have their names, or their numbers", () => {
    expect(classNames({ classes: 2, class_names: ["cat", "dog"] })).toEqual(["cat", "dog"]);
    expect(classNames({ classes: 3 })).toEqual(["0", "1", "2"]);
  });

  it("are digits where the pictures are of their shape and nothing else is named", () => {
    const digits = { sample_shape: [1, 28, 28], classes: 10 };
    expect(isOfDigits(digits)).toBe(true);
    expect(isOfDigits({ sample_shape: [784], classes: 0 })).toBe(true);
    expect(isOfDigits({ ...digits, class_names: ["shirt"] })).toBe(false);
    expect(isOfDigits({ ...digits, classes: 26 })).toBe(false);
    expect(isOfDigits({ ...digits, sample_shape: [1, 32, 32] })).toBe(false);
    expect(isOfDigits({ ...digits, sample_shape: [3, 28, 28] })).toBe(false);
  });
});

describe("a file", () => {
  const bytes = (...parts: (string | number)[]) =>
    Uint8Array.from(
      parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part)] : part)),
    );

  it("is of the kind that its first bytes say", () => {
    expect(kindOf(bytes("RIFF", 1, 0, 0, 0, "WEBPVP8 "))).toBe("webp");
    expect(kindOf(bytes("RIFFWEBP", 0, 0, 0, 0))).toBe("other");
    expect(kindOf(bytes("<?xml version='1.0'?>\n<svg/>"))).toBe("svg");
    expect(() => kindOf(bytes())).toThrow("empty");
  });
});

describe("reading pictures", () => {
  it.each([17, -1, 0.5])("fits them to no side of %d", (side) => {
    const options = { side } as unknown as ReadingOptions;
    const open = (): unknown => PictureReader.open({} as PicturesModule, [], options);
    expect(open).toThrow(expect.objectContaining({ code: "invalid_argument" }));
  });
});

describe("a JPEG", () => {
  afterEach(() => vi.unstubAllGlobals());

  const THUMBNAIL = [0xff, 0xe1, 0, 4, 0xff, 0xd9];
  const END = [0xff, 0xd9];

  /** What becomes of a JPEG of 28 x 28, of so many components. */
  async function outcome(components: number, end: readonly number[]): Promise<string> {
    const frame = [0xff, 0xc0, 0, 8, 8, 0, 28, 0, 28, components];
    const scan = [0xff, 0xda, 0, 2, 1, 2, 3];
    const file = Uint8Array.from([0xff, 0xd8, ...THUMBNAIL, ...frame, ...scan, ...end]);
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("a browser's")));
    return decodePictures(file, "jpeg")
      .next()
      .then(String, (thrown: Error) => thrown.message);
  }

  it("is for the browser to read, unless it is cut or in CMYK", async () => {
    expect(await outcome(3, END)).toBe("no picture for this browser");
    expect(await outcome(4, END)).toBe("JPEG in CMYK");
    expect(await outcome(3, [])).toBe("damaged JPEG");
  });
});
