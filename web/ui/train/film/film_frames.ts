// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Snapshots of a film as square frames: the grid in the theme's grey scale or in its own colours, or
// points in their colours. Every format that the film is saved in draws from these.

import { shapeOfSize } from "../../../engine/picture_shape";
import { greyScale, parseHex } from "../../pixels/grey_scale";
import { type PixelColors, pixelColors } from "../../pixels/pixel_colors";
import { POINT_COLORS, pointsFrame } from "../../plane/film_frame";
import { cssColor } from "../../platform/theme";
import type { Snapshot } from "../../state/film";

const GAP = 1;

export interface Look {
  /** Real points, drawn below the generated ones, of a run on points; else null. */
  readonly real: Float32Array | null;
  /** Values of one sample. */
  readonly size: number;
  /** The element whose theme gives the colours. */
  readonly element: Element;
}

export interface Resolution {
  /** Number of greys, 2 to 256. */
  readonly greys: number;
  readonly leastWidth: number;
}

/** Frames of few colours. */
export interface Indexed {
  /** Red, green and blue of each index. */
  readonly palette: readonly (readonly number[])[];
  /** (width * width) indices into the palette. */
  readonly draw: (snapshot: Snapshot) => Uint8Array<ArrayBuffer>;
}

export interface Colored {
  readonly palette: null;
  /** (width * width) canvas pixels, little-endian RGBA. */
  readonly draw: (snapshot: Snapshot) => Uint32Array<ArrayBuffer>;
}

export type Frames = (Indexed | Colored) & {
  readonly snapshots: readonly Snapshot[];
  /** In pixels; even, which H.264 asks for. */
  readonly width: number;
};

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

type Drawn = (Indexed | Colored) & { readonly width: number };

function gridFrames(
  snapshots: readonly Snapshot[],
  { element, size, greys, leastWidth }: Look & Resolution,
): Drawn {
  const [off = "", on = ""] = ["--pixel-off", "--pixel-on"].map((name) => cssColor(element, name));
  const columns = Math.round(Math.sqrt((snapshots[0]?.levels.length ?? 0) / size));
  const picturesOf = ({ levels: values }: Snapshot) => ({ values, size, off: 0, on: 255 });
  const indexOf = Uint32Array.from({ length: 256 }, (_, level) =>
    Math.floor((level * greys) / 256),
  );
  const { channels, side } = shapeOfSize(size);
  const small = columns * (side + GAP) - GAP;
  const zoom = Math.ceil(leastWidth / small);
  const width = 2 * Math.ceil((small * zoom) / 2);
  const layout = { columns, zoom, width };
  const fill = (snapshot: Snapshot, into: Uint8Array | Uint32Array): void =>
    layOut(pixelColors(picturesOf(snapshot), indexOf), layout, into);
  if (channels === 3) {
    const [paper = 0] = greyScale(off, on);
    const draw = (snapshot: Snapshot): Uint32Array<ArrayBuffer> => {
      const pixels = new Uint32Array(width * width).fill(paper);
      fill(snapshot, pixels);
      return pixels;
    };
    return { width, palette: null, draw };
  }
  const draw = (snapshot: Snapshot): Uint8Array<ArrayBuffer> => {
    const index = new Uint8Array(width * width);
    fill(snapshot, index);
    return index;
  };
  return { width, palette: greyPalette(parseHex(off), parseHex(on), greys), draw };
}

function greyPalette(off: readonly number[], on: readonly number[], greys: number): number[][] {
  const share = (index: number): number => index / (greys - 1);
  return Array.from({ length: greys }, (_, index) =>
    off.map((from, channel) => Math.round(from + ((on[channel] ?? 0) - from) * share(index))),
  );
}

function pointFrames({ real, element, leastWidth }: Look & Resolution): Drawn {
  const width = 2 * Math.ceil(leastWidth / 2);
  return {
    width,
    palette: POINT_COLORS.map((name) => parseHex(cssColor(element, name))),
    draw: ({ levels }) => pointsFrame(levels, real?.subarray(0, levels.length) ?? [], width),
  };
}

interface Layout {
  /** Samples in a row and in a column. */
  readonly columns: number;
  /** Pixels of the frame per pixel of a sample. */
  readonly zoom: number;
  readonly width: number;
}

/** Fills the frame but for the gaps. */
function layOut(
  { side, colorAt }: PixelColors,
  { columns, zoom, width }: Layout,
  into: Uint8Array | Uint32Array,
): void {
  const pitch = side + GAP;
  for (let y = 0; y < width; y += 1) {
    const v = Math.floor(y / zoom);
    for (let x = 0; x < width; x += 1) {
      const u = Math.floor(x / zoom);
      if (u % pitch >= side || v % pitch >= side) continue;
      const sample = Math.floor(v / pitch) * columns + Math.floor(u / pitch);
      into[y * width + x] = colorAt(sample, (v % pitch) * side + (u % pitch));
    }
  }
}
