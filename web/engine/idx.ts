// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The IDX format of the MNIST files: a big-endian header (two zero bytes, the element type, the
// number of dimensions, each dimension), then the elements. Read from a stream, gzipped or not, and
// only as far as the caller wants it.

import { asGanvasError, GanvasError } from "./errors";
import { openGunzip } from "./gunzip";
import { isGzip } from "./gzip";
import { sha256 } from "./sha256";

type Bytes = Uint8Array<ArrayBuffer>;

const UNSIGNED_BYTE = 0x08;
/** How many items each of a file's sums is of. */
export const SUMMED_ITEMS = 1000;

export interface IdxRequest {
  /** Names the file in errors. */
  readonly name: string;
  /** Dimensions after the first; [28, 28] for images, [] for labels. */
  readonly itemShape: readonly number[];
  /** How many items to take from the start. */
  readonly count: number;
  readonly onItems?: (items: number) => void;
  /** SHA-256 of each SUMMED_ITEMS items of the file as it was published. */
  readonly sums?: readonly string[] | undefined;
  /** Whether a library undoes gzip, which reads several members and zeros behind the last. */
  readonly byLibrary?: boolean;
}

/**
 * Takes the first `count` items and stops: the source is cancelled as soon as they are there, and
 * read to its verified end only when they are all that the file has. With sums, it also reads the rest
 * of the last SUMMED_ITEMS items, and checks each.
 * @returns (count, ...itemShape) bytes
 * @throws GanvasError bad_magic, shape_mismatch, truncated, malformed (longer than its header says,
 * broken compression, or another sum), invalid_argument (the file holds fewer items), fetch_failed, aborted
 */
export async function readIdx(source: ReadableStream<Bytes>, request: IdxRequest): Promise<Bytes> {
  const { name, itemShape, count, onItems, sums, byLibrary } = request;
  const input = new ByteSource(source, name, byLibrary);
  try {
    const header = new Uint8Array(8 + 4 * itemShape.length);
    await input.fill(header);
    const available = checkHeader(header, request);
    const itemSize = itemShape.reduce((product, side) => product * side, 1);
    const checked = sums ? Math.min(roundUp(count, SUMMED_ITEMS), available) : count;
    const items = new Uint8Array(checked * itemSize);
    const most = (bytes: number): number => Math.min(Math.floor(bytes / itemSize), count);
    await input.fill(items, (bytes) => onItems?.(most(bytes)));
    if (checked === available) await input.expectEnd();
    if (sums) await checkSums(items, itemSize, name, sums);
    return checked === count ? items : items.slice(0, count * itemSize);
  } finally {
    await input.cancel();
  }
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}

async function checkSums(
  items: Bytes,
  itemSize: number,
  name: string,
  sums: readonly string[],
): Promise<void> {
  for (let first = 0; first * itemSize < items.length; first += SUMMED_ITEMS) {
    const last = Math.min(first + SUMMED_ITEMS, items.length / itemSize);
    const sum = await sha256(items.subarray(first * itemSize, last * itemSize));
    if (sum === sums[first / SUMMED_ITEMS]) continue;
    const detail = `items ${first} to ${last - 1} are not those that were published`;
    throw new GanvasError("malformed", `${name} is damaged: ${detail}.`);
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
  readonly #byLibrary: boolean | undefined;
  readonly #raw: RawReader;
  #gunzip: Gunzip | null = null;
  #opened = false;
  #rest: Bytes = new Uint8Array(0);

  constructor(source: ReadableStream<Bytes>, name: string, byLibrary: boolean | undefined) {
    this.#raw = new RawReader(source);
    this.#name = name;
    this.#byLibrary = byLibrary;
  }

  async fill(target: Bytes, onBytes?: (filled: number) => void): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      const chunk = await this.#next();
      if (chunk === null) {
        const detail = `it ends after ${filled} of ${target.length} bytes`;
        throw new GanvasError("truncated", `${this.#name} is truncated: ${detail}.${this.#hint()}`);
      }
      const taken = chunk.subarray(0, target.length - filled);
      target.set(taken, filled);
      filled += taken.length;
      this.#rest = chunk.subarray(taken.length);
      onBytes?.(filled);
    }
  }

  #hint(): string {
    if (this.#gunzip !== null || !this.#name.endsWith(".gz")) return "";
    return " The server sends it with Content-Encoding: gzip, where browsers read only the first of several gzip members.";
  }

  async expectEnd(): Promise<void> {
    if ((await this.#next()) !== null) {
      throw new GanvasError("malformed", `${this.#name} is longer than its header says.`);
    }
  }

  /** Stops whatever still downloads; does nothing at the end. */
  async cancel(): Promise<void> {
    // Either may have failed already, and that failure has been told.
    await Promise.allSettled([this.#raw.cancel(), this.#gunzip?.cancel()]);
  }

  /** The next bytes, at least one; null at the end. */
  async #next(): Promise<Bytes | null> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    try {
      if (!this.#opened) {
        // Two bytes tell gzip from IDX: a server may have undone the compression already.
        const head = await this.#raw.peek(2);
        this.#opened = true;
        if (isGzip(head)) {
          this.#gunzip = new Gunzip(this.#raw, await openGunzip(this.#byLibrary));
        }
      }
      for (;;) {
        const chunk = await (this.#gunzip ?? this.#raw).read();
        if (chunk === null || chunk.length > 0) return chunk;
      }
    } catch (thrown) {
      throw this.#explain(thrown);
    }
  }

  #explain(thrown: unknown): GanvasError {
    if (this.#raw.failure !== null) {
      const failure = asGanvasError(this.#raw.failure, "fetch_failed");
      if (failure.code === "aborted") return failure;
      const line = `${this.#name}: the connection broke.`;
      return new GanvasError("fetch_failed", line, { cause: thrown });
    }
    if (this.#raw.ended) {
      const line = `${this.#name} is truncated, or damaged at its end.`;
      return new GanvasError("truncated", line, { cause: thrown });
    }
    const line = `${this.#name} is damaged: its compression cannot be undone.`;
    return new GanvasError("malformed", line, { cause: thrown });
  }
}

/** The bytes as they come, remembering how they ended. */
class RawReader {
  readonly #reader: ReadableStreamDefaultReader<Bytes>;
  #peeked: Bytes | null = null;
  ended = false;
  failure: unknown = null;

  constructor(source: ReadableStream<Bytes>) {
    this.#reader = source.getReader();
  }

  async read(): Promise<Bytes | null> {
    if (this.#peeked !== null) {
      const peeked = this.#peeked;
      this.#peeked = null;
      return peeked;
    }
    try {
      const { done, value } = await this.#reader.read();
      this.ended = done;
      return done ? null : value;
    } catch (thrown) {
      this.failure = thrown;
      throw thrown;
    }
  }

  /** At least `length` bytes, unless the stream is shorter; `read` gives them again. */
  async peek(length: number): Promise<Bytes> {
    let head: Bytes = new Uint8Array(0);
    while (head.length < length) {
      const chunk = await this.read();
      if (chunk === null) break;
      const longer = new Uint8Array(head.length + chunk.length);
      longer.set(head);
      longer.set(chunk, head.length);
      head = longer;
    }
    this.#peeked = head;
    return head;
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel();
  }
}

/**
 * Undoes gzip only as fast as it is read. A plain pipe would do in browsers, but Node's streams
 * queue thousands of chunks ahead, and a download could then not be stopped in time.
 */
class Gunzip {
  readonly #raw: RawReader;
  readonly #input: WritableStreamDefaultWriter<BufferSource>;
  readonly #output: ReadableStreamDefaultReader<Uint8Array>;
  /** The write that has not gone through: it waits for its output to be read. */
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(raw: RawReader, { readable, writable }: ReadableWritablePair<Bytes, BufferSource>) {
    this.#raw = raw;
    this.#input = writable.getWriter();
    this.#output = readable.getReader();
    // Both ends report a failure more than once; whoever reads is told by `read`.
    this.#input.closed.catch(() => {});
    this.#output.closed.catch(() => {});
  }

  async read(): Promise<Bytes | null> {
    let settled = false;
    const output = this.#output.read().finally(() => {
      settled = true;
    });
    output.catch(() => {});
    while (!settled && !this.#closed) {
      this.#writing ??= this.#write(await this.#raw.read());
      await Promise.race([output, this.#writing]);
    }
    const { done, value } = await output;
    return done ? null : (value as Bytes);
  }

  #write(chunk: Bytes | null): Promise<void> {
    const written = chunk === null ? this.#input.close() : this.#input.write(chunk);
    const done = written.then(() => {
      this.#writing = null;
      this.#closed = chunk === null;
    });
    done.catch(() => {});
    return done;
  }

  async cancel(): Promise<void> {
    await Promise.allSettled([this.#output.cancel(), this.#input.abort()]);
  }
}
