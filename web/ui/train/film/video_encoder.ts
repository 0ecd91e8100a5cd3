// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Frames through the browser's video encoder. Which codecs work is found by encoding one
// frame, since browsers promise codecs that then fail.

import type { Frames, Work } from "./film_frames";
import { FRAME_MS, LAST_MS } from "./film_times";
import { COLOR_SPACE, planesOf } from "./video_planes";

/** The names that media libraries use. */
export type Codec = "avc" | "vp9" | "vp8";

/** A container and what is in it. */
export interface Video {
  readonly name: "mp4" | "webm";
  readonly codec: Codec;
}

/**
 * H.264 is Baseline: Firefox's other profiles deliver frames out of order. Levels allow squares of up to
 * 928 pixels.
 */
const CODEC_STRINGS: Readonly<Record<Codec, string>> = {
  avc: "avc1.42E01F",
  vp9: "vp09.00.31.08",
  vp8: "vp8",
};
const BITS_PER_PIXEL = 0.6;
const KEY_FRAME_EVERY = 30;
/** Frames that wait inside the encoder. */
const MOST_WAITING = 4;
/** So long for the first frame, and an encoder is taken not to work. */
const PATIENCE_MS = 10_000;

export type OnChunk = (
  chunk: EncodedVideoChunk,
  metadata: EncodedVideoChunkMetadata | undefined,
) => void;

/** Whether this browser encodes such a frame. */
export async function canEncode(codec: Codec, frames: Frames): Promise<boolean> {
  if (typeof VideoEncoder === "undefined" || !canPlay(codec)) return false;
  return encodeFirst(codec, frames).then(
    (bytes) => bytes > 0,
    () => false,
  );
}

async function encodeFirst(codec: Codec, frames: Frames): Promise<number> {
  const [first] = frames.snapshots;
  if (first === undefined) return 0;
  let bytes = 0;
  const encoding = new Encoding(codec, frames.width, (chunk) => {
    bytes += chunk.byteLength;
  });
  const late = setTimeout(() => encoding.abort(new Error("The encoder stalls.")), PATIENCE_MS);
  try {
    await encoding.add(planesOf(frames)(first));
    await encoding.finish();
    return bytes;
  } finally {
    clearTimeout(late);
    encoding.close();
  }
}

/** To be asked before the encoder is: WebKitGTK 2.50 readies its media library for players alone. */
function canPlay(codec: Codec): boolean {
  const container = codec === "avc" ? "mp4" : "webm";
  const type = `video/${container}; codecs="${CODEC_STRINGS[codec]}"`;
  return document.createElement("video").canPlayType(type) !== "";
}

/**
 * At a constant rate, which slides and editors ask for: the last picture is repeated while it is held.
 * @throws AbortError, or the encoder's error
 */
export async function encodeFrames(
  codec: Codec,
  frames: Frames,
  { signal, onProgress, onChunk }: Work & { readonly onChunk: OnChunk },
): Promise<void> {
  const { snapshots } = frames;
  const toPlanes = planesOf(frames);
  const encoding = new Encoding(codec, frames.width, onChunk);
  const count = snapshots.length - 1 + Math.round(LAST_MS / FRAME_MS);
  let planes = new Uint8Array();
  // An encoder may stall.
  const abort = (): void => encoding.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    for (let at = 0; at < count; at += 1) {
      const snapshot = snapshots[at];
      if (snapshot !== undefined) planes = toPlanes(snapshot);
      await encoding.add(planes);
      onProgress((at + 1) / count);
      // Yields between frames, so that the page stays responsive.
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
    }
    await encoding.finish();
  } finally {
    signal.removeEventListener("abort", abort);
    encoding.close();
  }
}

class Encoding {
  readonly #encoder: VideoEncoder;
  readonly #width: number;
  readonly #failed: Promise<never>;
  /** Makes what is under way reject. */
  readonly abort: (reason: unknown) => void;
  #count = 0;

  constructor(codec: Codec, width: number, output: OnChunk) {
    let fail: (error: unknown) => void = () => {};
    this.#failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.#failed.catch(() => {});
    this.abort = fail;
    this.#encoder = new VideoEncoder({ output, error: fail });
    this.#width = width;
    this.#encoder.configure({
      codec: CODEC_STRINGS[codec],
      width,
      height: width,
      framerate: 1000 / FRAME_MS,
      bitrate: Math.round((BITS_PER_PIXEL * width * width * 1000) / FRAME_MS),
      latencyMode: "quality",
      ...(codec === "avc" && { avc: { format: "avc" as const } }),
    });
  }

  async add(planes: Uint8Array<ArrayBuffer>): Promise<void> {
    const frame = new VideoFrame(planes, {
      format: "I420",
      codedWidth: this.#width,
      codedHeight: this.#width,
      timestamp: 1000 * FRAME_MS * this.#count,
      duration: 1000 * FRAME_MS,
      colorSpace: COLOR_SPACE,
    });
    this.#encoder.encode(frame, { keyFrame: this.#count % KEY_FRAME_EVERY === 0 });
    frame.close();
    this.#count += 1;
    while (this.#encoder.encodeQueueSize >= MOST_WAITING) {
      const taken = new Promise((resolve) =>
        this.#encoder.addEventListener("dequeue", resolve, { once: true }),
      );
      await Promise.race([taken, this.#failed]);
    }
  }

  finish(): Promise<void> {
    return Promise.race([this.#encoder.flush(), this.#failed]);
  }

  close(): void {
    if (this.#encoder.state !== "closed") this.#encoder.close();
  }
}
