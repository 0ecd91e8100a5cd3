// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Snapshots of a film as square frames of few colours: the grid in the theme's grey scale, or points
// in their colours. Every format that the film is saved in draws from these.

import { IMAGE_PIXELS, IMAGE_SIDE } from "../../../engine/types";
import { parseHex } from "../../pixels/grey_scale";
import { POINT_COLORS, pointsFrame } from "../../plane/film_frame";
import { cssColor } from "../../platform/theme";
import type { Snapshot } from "../../state/film";

const GAP = 1;

/** Of one frame to the next, as the page plays the film, and of the last. */
export const FRAME_MS = 90;
export const LAST_MS = 2520;

export interface Look {
  /** Real points, drawn below the generated ones, of a run on points; else null. */
  readonly real: Float32Array | null;
  /** The element whose theme gives the colours. */
  readonly element: Element;
}

export interface Resolution {
  /** Number of greys, 2 to 256. */
  readonly greys: number;
  readonly leastWidth: number;
}

export interface Frames {
  readonly snapshots: readonly Snapshot[];
  /** In pixels; even, which H.264 asks for. */
  readonly width: number;
  /** Red, green and blue of each index. */
  readonly palette: readonly (readonly number[])[];
  /** (width * width) indices into the palette. */
  readonly draw: (snapshot: Snapshot) => Uint8Array<ArrayBuffer>;
}

/** What can be told of long work, and can end it. */
export interface Work {
  readonly signal: AbortSignal;
  /** @param share of the frames that are done, 0 to 1 */
  readonly onProgress: (share: number) => void;
}

/** @param snapshots at least one, all of as many samples */
export function framesOf(snapshots: readonly Snapshot[], look: Look & Resolution): Frames {
  return { snapshots, ...(look.real === null ? gridFrames(snapshots, look) : pointFrames(look)) };
}

type Drawn = Omit<Frames, "snapshots">;

function gridFrames(
  snapshots: readonly Snapshot[],
  { element, greys, leastWidth }: Look & Resolution,
): Drawn {
  const [off = [], on = []] = colors(element, ["--pixel-off", "--pixel-on"]);
  const share = (index: number): number => index / (greys - 1);
  const palette = Array.from({ length: greys }, (_, index) =>
    off.map((from, channel) => Math.round(from + ((on[channel] ?? 0) - from) * share(index))),
  );
  const side = Math.round(Math.sqrt((snapshots[0]?.levels.length ?? 0) / IMAGE_PIXELS));
  const small = side * (IMAGE_SIDE + GAP) - GAP;
  const zoom = Math.ceil(leastWidth / small);
  const width = 2 * Math.ceil((small * zoom) / 2);
  const indexOf = Uint8Array.from({ length: 256 }, (_, level) => Math.floor((level * greys) / 256));
  const draw = ({ levels }: Snapshot) => layOut(levels, { side, zoom, width, indexOf });
  return { width, palette, draw };
}

function pointFrames({ real, element, leastWidth }: Look & Resolution): Drawn {
  const width = 2 * Math.ceil(leastWidth / 2);
  return {
    width,
    palette: colors(element, POINT_COLORS),
    draw: ({ levels }) => pointsFrame(levels, real?.subarray(0, levels.length) ?? [], width),
  };
}

function colors(element: Element, names: readonly string[]): number[][] {
  return names.map((name) => parseHex(cssColor(element, name)));
}

interface Layout {
  /** Samples in a row and in a column. */
  readonly side: number;
  /** Pixels of the frame per pixel of a sample. */
  readonly zoom: number;
  readonly width: number;
  /** Index of each level. */
  readonly indexOf: Uint8Array;
}

function layOut(
  levels: Uint8Array,
  { side, zoom, width, indexOf }: Layout,
): Uint8Array<ArrayBuffer> {
  const pitch = IMAGE_SIDE + GAP;
  const index = new Uint8Array(width * width);
  for (let y = 0; y < width; y += 1) {
    const row = Math.floor(y / zoom);
    const v = row % pitch;
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / zoom);
      const u = column % pitch;
      if (u >= IMAGE_SIDE || v >= IMAGE_SIDE) continue;
      const sample = Math.floor(row / pitch) * side + Math.floor(column / pitch);
      const level = levels[sample * IMAGE_PIXELS + v * IMAGE_SIDE + u] ?? 0;
      index[y * width + x] = indexOf[level] ?? 0;
    }
  }
  return index;
}
