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
  { snapshots: [snapshot], width, palette, draw }: Frames,
  { settings: { preset, seed }, noise, version, link }: Origin,
): Uint8Array<ArrayBuffer> {
  if (snapshot === undefined) throw new Error("There is no picture.");
  const text = {
    Software: version === null ? "Ganvas" : `Ganvas ${version}`,
    Preset: preset,
    Seed: String(seed),
    Step: String(snapshot.step),
    "Noise seed": String(noise),
    ...(link !== null && { Link: link }),
  };
  const colors = palette.map((color) => [...color]);
  const picture = { width, height: width, data: draw(snapshot), depth: 8, channels: 1 } as const;
  // A copy: the encoder's buffer is larger than the file.
  return new Uint8Array(encode({ ...picture, palette: colors, text }));
}
