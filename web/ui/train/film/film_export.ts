// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Exports the film as an animated GIF, which slides, chats and papers accept. It uses the theme's
// grey scale and holds the last frame.

import { GIFEncoder } from "gifenc";
import type { Settings } from "../../../config/settings";
import { IMAGE_PIXELS, IMAGE_SIDE } from "../../../engine/types";
import { parseHex } from "../../pixels/grey_scale";
import { POINT_COLORS, pointsFrame } from "../../plane/film_frame";
import { download } from "../../platform/download";
import { cssColor } from "../../platform/theme";
import type { Film, Snapshot } from "../../state/film";

const GREYS = 64;
const GAP = 1;
const LEAST_WIDTH = 400;
const FRAME_MS = 90;
const LAST_MS = 2500;

interface Frame {
  /** (width * width) entries of the palette. */
  readonly index: Uint8Array;
  readonly width: number;
}

interface Shown {
  /** Real points, drawn below the generated ones, of a run on points; else null. */
  readonly real: Float32Array | null;
  /** The element whose theme gives the colours. */
  readonly element: Element;
}

export async function saveFilm(
  film: Film,
  { preset, seed }: Settings,
  { real, element }: Shown,
): Promise<void> {
  const colors = (names: readonly string[]) =>
    names.map((name) => parseHex(cssColor(element, name)));
  const bytes =
    real === null
      ? await encodeFilm(film, greys(colors(["--pixel-off", "--pixel-on"])), layOut)
      : await encodeFilm(film, colors(POINT_COLORS), ({ levels }) =>
          pointsFrame(levels, real.subarray(0, levels.length)),
        );
  download(`ganvas-${preset}-seed${seed}.gif`, new Blob([bytes], { type: "image/gif" }));
}

function greys([off = [], on = []]: readonly number[][]): number[][] {
  return Array.from({ length: GREYS }, (_, level) =>
    off.map((from, i) => Math.round(from + ((on[i] ?? 0) - from) * (level / (GREYS - 1)))),
  );
}

async function encodeFilm(
  film: Film,
  palette: readonly (readonly number[])[],
  draw: (snapshot: Snapshot) => Frame,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  for (let at = 0; at < film.length; at += 1) {
    const snapshot = film.at(at);
    if (snapshot === undefined) break;
    const { index, width } = draw(snapshot);
    const delay = at === film.length - 1 ? LAST_MS : FRAME_MS;
    encoder.writeFrame(index, width, width, at === 0 ? { palette, delay, repeat: 0 } : { delay });
    // Yields between frames, so that the page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
  }
  encoder.finish();
  return encoder.bytes();
}

/** The grid as palette indices, scaled up by a whole number. */
function layOut({ levels }: Snapshot): Frame {
  const side = Math.round(Math.sqrt(levels.length / IMAGE_PIXELS));
  const pitch = IMAGE_SIDE + GAP;
  const small = side * pitch - GAP;
  const zoom = Math.ceil(LEAST_WIDTH / small);
  const width = small * zoom;
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
      index[y * width + x] = level >> 2;
    }
  }
  return { index, width };
}
