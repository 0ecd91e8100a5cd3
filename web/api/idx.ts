// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX format of the MNIST files: a big-endian header (two zero bytes, the element type, the
// number of dimensions, each dimension), then the elements. Read from a stream, gzipped or not, and
// only as far as the caller wants it.

import { asGanvasError, GanvasError } from "./errors";

type Bytes = Uint8Array<ArrayBuffer>;

const UNSIGNED_BYTE = 0x08;

export interface IdxRequest {
  /** Names the file in errors. */
  readonly name: string;
  /** Dimensions after the first; [28, 28] for images, [] for labels. */
  readonly itemShape: readonly number[];
  /** How many items to take from the start. */
  readonly count: number;
  readonly onItems?: (items: number) => void;
}

/**
 * Takes the first `count` items and stops: the source is cancelled as soon as they are there, and
 * read to its verified end only when they are all that the file has.
 * @returns (count, ...itemShape) bytes
 * @throws GanvasError bad_magic, shape_mismatch, truncated, malformed (longer than its header says,
 * or broken compression), invalid_argument (the file holds fewer items), fetch_failed, aborted
 */
export async function readIdx(source: ReadableStream<Bytes>, request: IdxRequest): Promise<Bytes> {
  const { name, itemShape, count, onItems } = request;
  const input = new ByteSource(source, name);
  try {
    const header = new Uint8Array(8 + 4 * itemShape.length);
    await input.fill(header);
    const available = checkHeader(header, request);
    const itemSize = itemShape.reduce((product, side) => product * side, 1);
    const items = new Uint8Array(count * itemSize);
    await input.fill(items, (bytes) => onItems?.(Math.floor(bytes / itemSize)));
    if (count === available) await input.expectEnd();
    return items;
  } finally {
    await input.cancel();
  }
}

/** Returns the number of items that the file holds. */
function checkHeader(header: Bytes, { name, itemShape, count }: IdxRequest): number {
  const view = new DataView(header.buffer);
  const dimensions = 1 + itemShape.length;
  if (view.getUint16(0) !== 0 || view.getUint8(2) !== UNSIGNED_BYTE) {
    throw new GanvasError("bad_magic", `${name} is not an IDX file of bytes.`);
  }
  if (view.getUint8(3) !== dimensions) {
    const detail = `it has ${view.getUint8(3)} dimensions, not ${dimensions}`;
    throw new GanvasError("shape_mismatch", `${name} holds something else: ${detail}.`);
  }
  const shape = itemShape.map((_, index) => view.getUint32(8 + 4 * index));
  if (shape.some((side, index) => side !== itemShape[index])) {
    const detail = `items of ${shape.join(" x ")}, not ${itemShape.join(" x ")}`;
    throw new GanvasError("shape_mismatch", `${name} holds ${detail}.`);
  }
  const available = view.getUint32(4);
  if (count > available) {
    const detail = `${count} examples are asked for and it holds ${available}`;
    throw new GanvasError("invalid_argument", `${name} is too small: ${detail}.`);
  }
  return available;
}

/** Takes exact numbers of bytes from a stream that may be gzipped. */
class ByteSource {
  readonly #name: string;
  readonly #raw: ReadableStreamDefaultReader<Bytes>;
  #rawFailure: unknown = null;
  #rawEnded = false;
  #plain: ReadableStreamDefaultReader<Bytes> | null = null;
  #rest: Bytes = new Uint8Array(0);

  constructor(source: ReadableStream<Bytes>, name: string) {
    this.#raw = source.getReader();
    this.#name = name;
  }

  async fill(target: Bytes, onBytes?: (filled: number) => void): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      const chunk = await this.#next();
      if (chunk === null) {
        const detail = `it ends after ${filled} of ${target.length} bytes`;
        throw new GanvasError("truncated", `${this.#name} is truncated: ${detail}.`);
      }
      const taken = chunk.subarray(0, target.length - filled);
      target.set(taken, filled);
      filled += taken.length;
      this.#rest = chunk.subarray(taken.length);
      onBytes?.(filled);
    }
  }

  async expectEnd(): Promise<void> {
    if ((await this.#next()) !== null) {
      throw new GanvasError("malformed", `${this.#name} is longer than its header says.`);
    }
  }

  /** Stops whatever still downloads; does nothing at the end. */
  async cancel(): Promise<void> {
    // Either may have failed already, and that failure has been told.
    await this.#plain?.cancel().catch(() => {});
    await this.#raw.cancel().catch(() => {});
  }

  /** The next bytes, at least one; null at the end. */
  async #next(): Promise<Bytes | null> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    try {
      this.#plain ??= await this.#open();
      for (;;) {
        const { done, value } = await this.#plain.read();
        if (done) return null;
        if (value.length > 0) return value;
      }
    } catch (thrown) {
      throw this.#explain(thrown);
    }
  }

  async #open(): Promise<ReadableStreamDefaultReader<Bytes>> {
    // Two bytes tell gzip from IDX: a server may have undone the compression already.
    const head: Bytes[] = [];
    let length = 0;
    while (length < 2) {
      const chunk = await this.#pull();
      if (chunk === null) break;
      head.push(chunk);
      length += chunk.length;
    }
    const start = new Uint8Array(length);
    let offset = 0;
    for (const chunk of head) {
      start.set(chunk, offset);
      offset += chunk.length;
    }
    const bytes = new ReadableStream<Bytes>({
      start: (controller) => controller.enqueue(start),
      pull: async (controller) => {
        const chunk = await this.#pull();
        if (chunk === null) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const gzipped = start[0] === 0x1f && start[1] === 0x8b;
    const plain = gzipped ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
    return (plain as ReadableStream<Bytes>).getReader();
  }

  async #pull(): Promise<Bytes | null> {
    try {
      const { done, value } = await this.#raw.read();
      this.#rawEnded = done;
      return done ? null : value;
    } catch (thrown) {
      this.#rawFailure = thrown;
      throw thrown;
    }
  }

  #explain(thrown: unknown): GanvasError {
    if (this.#rawFailure !== null) {
      const failure = asGanvasError(this.#rawFailure, "fetch_failed");
      if (failure.code === "aborted") return failure;
      const line = `${this.#name}: the connection broke.`;
      return new GanvasError("fetch_failed", line, { cause: thrown });
    }
    if (this.#rawEnded) {
      const line = `${this.#name} is truncated, or damaged at its end.`;
      return new GanvasError("truncated", line, { cause: thrown });
    }
    const line = `${this.#name} is damaged: its compression cannot be undone.`;
    return new GanvasError("malformed", line, { cause: thrown });
  }
}
