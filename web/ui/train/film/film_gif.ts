// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The film as an animated GIF, which every browser can write, and slides, chats and papers accept.

import { GIFEncoder } from "gifenc/dist/gifenc.esm.js";
import { FRAME_MS, type Frames, LAST_MS, type Work } from "./film_frames";

/** @throws AbortError */
export async function encodeGif(
  { snapshots, width, palette, draw }: Frames,
  { signal, onProgress }: Work,
): Promise<Uint8Array<ArrayBuffer>> {
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
