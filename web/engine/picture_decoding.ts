// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Pictures as pixels, in a worker: PNG by code of our own choice, all others by the browser. Its decoder
// of JPEG gives the same bytes as the command's.

import type { Pixels } from "./pictures";
import { decodePng } from "./png";
import { checkExtents, Undecoded } from "./undecoded";

type Bytes = Uint8Array<ArrayBuffer>;

/** Of an animation, the first so many. */
const MAX_FRAMES = 1000;

type Kind = "png" | "jpeg" | "gif" | "webp" | "svg" | "other";

/**
 * By the first bytes.
 * @throws Undecoded for an empty file
 */
export function kindOf(file: Bytes): Kind {
  if (file.length === 0) throw new Undecoded("empty", "empty");
  // What is called latin1 is windows-1252, where 0x89 is another character.
  const start = String.fromCharCode(...file.subarray(0, 1024));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith("GIF8")) return "gif";
  if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) return "webp";
  return start.includes("<svg") ? "svg" : "other";
}

/**
 * A picture, or the frames of an animation, one after the other.
 * @throws Undecoded
 */
export async function* decodePictures(
  file: Bytes,
  kind: Exclude<Kind, "svg">,
): AsyncGenerator<Pixels> {
  switch (kind) {
    case "png":
      yield decodePng(file);
      return;
    case "jpeg":
      checkJpeg(file);
      yield await byBrowser(file);
      return;
    case "gif":
      checkExtents(u16(file, 6), u16(file, 8));
      yield* frames(file, "image/gif");
      return;
    case "webp":
      checkExtents(...webpExtents(file));
      yield* frames(file, "image/webp");
      return;
    case "other":
      yield await byBrowser(file);
      return;
  }
}

const u16 = (file: Bytes, at: number) => (file[at] ?? 0) | ((file[at + 1] ?? 0) << 8);
const u24 = (file: Bytes, at: number) => u16(file, at) | ((file[at + 2] ?? 0) << 16);

/** RFC 9649: the canvas of the extended format, else the frame of the lossless or the lossy one. */
function webpExtents(file: Bytes): [number, number] {
  const MASK = 0x3fff;
  switch (file[15]) {
    case 0x58: // "VP8X"
      return [u24(file, 24) + 1, u24(file, 27) + 1];
    case 0x4c: // "VP8L"
      return [(u16(file, 21) & MASK) + 1, ((u24(file, 22) >> 6) & MASK) + 1];
    default:
      return [u16(file, 26) & MASK, u16(file, 28) & MASK];
  }
}

/**
 * What browsers make a picture of and the command does not: cut files, whose rest is grey, and CMYK.
 * @throws Undecoded
 */
function checkJpeg(file: Bytes): void {
  const damaged = () => new Undecoded("damaged", "damaged JPEG");
  const big = (at: number) => ((file[at] ?? 0) << 8) | (file[at + 1] ?? 0);
  for (let at = 2; ; ) {
    if (file[at] !== 0xff) throw damaged();
    const marker = file[at + 1] ?? 0;
    // Tables of Huffman codes and of arithmetic coding have numbers among those of frames.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      checkExtents(big(at + 7), big(at + 5));
      if (file[at + 9] === 4) throw new Undecoded("four_colours", "JPEG in CMYK");
    }
    const isScan = marker === 0xda;
    if (isScan && !hasEnd(file, at)) throw damaged();
    if (isScan) return;
    at += marker === 0xff ? 1 : 2 + big(at + 2);
  }
}

function hasEnd(file: Bytes, from: number): boolean {
  for (let at = file.lastIndexOf(0xd9); at > from; at = file.lastIndexOf(0xd9, at - 1)) {
    if (file[at - 1] === 0xff) return true;
  }
  return false;
}

/** @throws Undecoded */
async function byBrowser(file: Bytes): Promise<Pixels> {
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" } as const;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([file]), options);
  } catch (thrown) {
    throw new Undecoded("damaged", "no picture for this browser", { cause: thrown });
  }
  try {
    return pixelsOf(bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

async function* frames(file: Bytes, type: string): AsyncGenerator<Pixels> {
  if (typeof ImageDecoder !== "function" || !(await ImageDecoder.isTypeSupported(type))) {
    yield await byBrowser(file);
    return;
  }
  const decoder = new ImageDecoder({ data: file, type, colorSpaceConversion: "none" });
  try {
    await decoder.tracks.ready;
    await decoder.completed;
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    for (let frameIndex = 0; frameIndex < Math.min(count, MAX_FRAMES); frameIndex += 1) {
      const { image } = await decoder.decode({ frameIndex });
      try {
        yield pixelsOf(image, image.displayWidth, image.displayHeight);
      } finally {
        image.close();
      }
    }
  } catch (thrown) {
    if (thrown instanceof Undecoded) throw thrown;
    throw new Undecoded("damaged", "damaged animation", { cause: thrown });
  } finally {
    decoder.close();
  }
}

let canvas: OffscreenCanvas | null = null;

function pixelsOf(image: ImageBitmap | VideoFrame, width: number, height: number): Pixels {
  checkExtents(width, height);
  if (typeof OffscreenCanvas !== "function") throw withoutCanvas();
  canvas ??= new OffscreenCanvas(width, height);
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw withoutCanvas();
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, rgba: data as Uint8ClampedArray<ArrayBuffer> };
}

function withoutCanvas(): Undecoded {
  return new Undecoded(
    "kind_not_read",
    "this browser has no canvas in workers, so it reads PNG only",
  );
}
