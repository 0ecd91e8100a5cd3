// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One frame as a PNG that states its run in its metadata, in the same words as the command's pictures.

import { encode } from "fast-png";
import type { Settings } from "../../../config/settings";
import type { Frames } from "./film_frames";

/** Where a picture comes from. */
export interface Origin {
  readonly settings: Settings;
  /** Seed of the noise. */
  readonly noise: number;
  /** The engine's; null while unknown. */
  readonly version: string | null;
  /** To the page with this run; null if it has none. */
  readonly link: string | null;
}

export function encodePicture(
  frames: Frames,
  { settings: { preset, seed }, noise, version, link }: Origin,
): Uint8Array<ArrayBuffer> {
  const [snapshot] = frames.snapshots;
  if (snapshot === undefined) throw new Error("There is no picture.");
  const text = {
    Software: version === null ? "Ganvas" : `Ganvas ${version}`,
    Preset: preset,
    Seed: String(seed),
    Step: String(snapshot.step),
    "Noise seed": String(noise),
    ...(link !== null && { Link: link }),
  };
  const size = { width: frames.width, height: frames.width, depth: 8 } as const;
  const picture =
    frames.palette === null
      ? { ...size, data: rgbOf(frames.draw(snapshot)), channels: 3 as const }
      : {
          ...size,
          data: frames.draw(snapshot),
          channels: 1 as const,
          palette: frames.palette.map((color) => [...color]),
        };
  // A copy: the encoder's buffer is larger than the file.
  return new Uint8Array(encode({ ...picture, text }));
}

/** @param pixels little-endian RGBA */
function rgbOf(pixels: Uint32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer).filter((_, at) => at % 4 !== 3);
}
