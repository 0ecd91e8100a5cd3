// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The film as an animated GIF, which every browser can write, and slides, chats and papers accept.

import { applyPalette, GIFEncoder, quantize } from "gifenc/dist/gifenc.esm.js";
import type { Colored, Frames, Indexed, Work } from "./film_frames";
import { FRAME_MS, LAST_MS } from "./film_times";

const MOST_COLORS = 256;
/** How many frames the colours are chosen from. */
const LOOKED_AT = 8;

/** @throws AbortError */
export async function encodeGif(
  frames: Frames,
  { signal, onProgress }: Work,
): Promise<Uint8Array<ArrayBuffer>> {
  const { snapshots, width } = frames;
  const { palette, draw } = frames.palette === null ? withPalette(frames) : frames;
  const encoder = GIFEncoder();
  for (const [at, snapshot] of snapshots.entries()) {
    const delay = at === snapshots.length - 1 ? LAST_MS : FRAME_MS;
    const options = at === 0 ? { palette, delay, repeat: 0 } : { delay };
    encoder.writeFrame(draw(snapshot), width, width, options);
    onProgress((at + 1) / snapshots.length);
    // Yields between frames, so that the page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
  encoder.finish();
  return encoder.bytes();
}

/** One palette for all frames: with one each, areas that stand still would flicker. */
function withPalette({ snapshots, draw }: Colored & Pick<Frames, "snapshots">): Indexed {
  const count = Math.min(LOOKED_AT, snapshots.length);
  // From the first to the last, evenly.
  const apart = (snapshots.length - 1) / Math.max(1, count - 1);
  const seen = Array.from({ length: count }, (_, at) => snapshots[Math.round(at * apart)]);
  const drawn = seen.flatMap((snapshot) => (snapshot === undefined ? [] : [draw(snapshot)]));
  const pixels = new Uint32Array(drawn.reduce((sum, { length }) => sum + length, 0));
  for (const [at, frame] of drawn.entries()) pixels.set(frame, at * frame.length);
  // The time grows with the square of the number of colours, which this format limits to 4096.
  const palette = quantize(new Uint8Array(pixels.buffer), MOST_COLORS, { format: "rgb444" });
  return {
    palette,
    draw: (snapshot) => applyPalette(new Uint8Array(draw(snapshot).buffer), palette),
  };
}
