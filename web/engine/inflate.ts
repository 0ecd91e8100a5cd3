// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Undoes Deflate with zlib's code, as the command does: gzip of several members, with zeros behind them,
// and the raw data in a ZIP. Loaded only where a browser's own DecompressionStream will not do.

import {
  Z_BUF_ERROR,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from "pako";
import { GanvasError } from "./errors";

type Bytes = Uint8Array<ArrayBuffer>;
export type Compression = "gzip" | "deflate" | "deflate-raw";

/** zlib's largest window, and 16 more for gzip, or negative for raw data. */
const WINDOW_BITS: Readonly<Record<Compression, number>> = {
  gzip: 31,
  deflate: 15,
  "deflate-raw": -15,
};
const CHUNK = 1 << 16;

class Inflater {
  readonly #stream = new ZStream();
  readonly #compression: Compression;
  #ended = false;
  #padded = false;

  constructor(compression: Compression) {
    this.#compression = compression;
    zlibInflateInit2(this.#stream, WINDOW_BITS[compression]);
  }

  /** @throws GanvasError malformed */
  push(bytes: Uint8Array, give: (chunk: Bytes) => void): void {
    const stream = this.#stream;
    stream.input = bytes;
    stream.next_in = 0;
    stream.avail_in = bytes.length;
    for (;;) {
      if (this.#ended && !this.#startMember()) return;
      stream.output = new Uint8Array(CHUNK);
      stream.next_out = 0;
      stream.avail_out = CHUNK;
      const status = zlibInflate(stream, Z_NO_FLUSH);
      if (stream.next_out > 0) give(stream.output.subarray(0, stream.next_out));
      if (status === Z_STREAM_END) {
        this.#ended = true;
      } else if (status !== Z_OK && status !== Z_BUF_ERROR) {
        throw new GanvasError("malformed", `damaged compression (${stream.msg})`);
      } else if (stream.avail_in === 0 && stream.avail_out > 0) {
        return;
      }
    }
  }

  /** @throws GanvasError truncated */
  finish(): void {
    if (!this.#ended) throw new GanvasError("truncated", "the compressed data end early");
  }

  /** Whether another gzip member follows; zeros may, as on tapes. */
  #startMember(): boolean {
    const stream = this.#stream;
    while (stream.avail_in > 0 && stream.input[stream.next_in] === 0) {
      stream.next_in += 1;
      stream.avail_in -= 1;
      this.#padded = true;
    }
    if (stream.avail_in === 0) return false;
    if (this.#padded || this.#compression !== "gzip") {
      throw new GanvasError("malformed", "the compressed data are followed by other data");
    }
    zlibInflateReset(stream);
    this.#ended = false;
    return true;
  }
}

/** A DecompressionStream for gzip of any number of members. */
export function inflater(): ReadableWritablePair<Bytes, BufferSource> {
  const inflating = new Inflater("gzip");
  return new TransformStream<Bytes, Bytes>({
    transform: (bytes, controller) => inflating.push(bytes, (chunk) => controller.enqueue(chunk)),
    flush: () => inflating.finish(),
  }) as ReadableWritablePair<Bytes, BufferSource>;
}

/**
 * Undoes the compression of a whole file, of which all parts are given.
 * @throws GanvasError truncated; malformed for damage and for other data behind it; too_large for more
 * than `maxSize` bytes
 */
export function inflate(
  parts: readonly Uint8Array[],
  compression: Compression,
  maxSize: number,
): Bytes {
  const chunks: Bytes[] = [];
  let size = 0;
  const inflating = new Inflater(compression);
  const take = (chunk: Bytes): void => {
    size += chunk.length;
    if (size > maxSize) {
      throw new GanvasError("too_large", `inflates to more than ${maxSize >> 20} MB`);
    }
    chunks.push(chunk);
  };
  for (const part of parts) inflating.push(part, take);
  inflating.finish();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
