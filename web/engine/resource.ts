// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One way to open a file as a stream, whether it lies behind http (browser, Node) or in a folder
// (file: URLs in Node, which fetch does not take), with failures that say which file and why.

import { resolveAddress } from "./addresses";
import { aborted, GanvasError, isDamage } from "./errors";
import { openGunzip } from "./gunzip";
import { isGzip } from "./gzip";
import { inNode } from "./node";
import { sha256 } from "./sha256";
import type { LoadProgress } from "./types";

export interface Resource {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes that `body` will give; null when that is unknown before the end. */
  readonly total: number | null;
}

export interface Request {
  readonly signal?: AbortSignal | undefined;
  /** Past every cache. */
  readonly fresh?: boolean;
}

/**
 * Rejects with fetch_failed (no connection, status other than 2xx, no such file), aborted, or
 * invalid_argument for what is no address.
 */
export async function openResource(address: string, request: Request = {}): Promise<Resource> {
  const url = resolveAddress(address);
  return url.startsWith("file:") ? openFile(url, request) : openHttp(url, request);
}

/** Reads once more, past every cache, when what arrives is damaged: a cache may have kept the damage. */
export async function readAgainIfDamaged<T>(read: (fresh: boolean) => Promise<T>): Promise<T> {
  try {
    return await read(false);
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    return read(true);
  }
}

async function openHttp(url: string, { signal, fresh }: Request): Promise<Resource> {
  let response: Response;
  try {
    response = await fetch(url, { ...(signal && { signal }), ...(fresh && { cache: "reload" }) });
  } catch (thrown) {
    if (signal?.aborted) throw aborted(thrown);
    throw new GanvasError("fetch_failed", `${url} could not be reached.`, { cause: thrown });
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new GanvasError("fetch_failed", `${url}: the server answered ${response.status}.`);
  }
  if (response.headers.get("content-type")?.startsWith("text/html")) {
    await response.body.cancel();
    throw new GanvasError("fetch_failed", `${url}: the server answered with a page.`);
  }
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // A content encoding is undone on the way, so the announced length is not what will arrive.
  const encoded = response.headers.has("content-encoding");
  const total = encoded || !Number.isFinite(length) ? null : length;
  return { body: response.body as ReadableStream<Uint8Array<ArrayBuffer>>, total };
}

async function openFile(url: string, { signal }: Request): Promise<Resource> {
  if (!inNode) throw new GanvasError("fetch_failed", `${url}: a page cannot read files.`);
  const { open } = process.getBuiltinModule("node:fs/promises");
  const { Readable } = process.getBuiltinModule("node:stream");
  try {
    const file = await open(new URL(url));
    const { size } = await file.stat();
    // A stream that is made with an aborted signal fails where nobody can catch it.
    if (signal?.aborted) await file.close();
    signal?.throwIfAborted();
    const stream = Readable.toWeb(file.createReadStream(signal ? { signal } : {}));
    return { body: stream as ReadableStream<Uint8Array<ArrayBuffer>>, total: size };
  } catch (thrown) {
    if (signal?.aborted) throw aborted(thrown);
    throw new GanvasError("fetch_failed", `${url} could not be opened.`, { cause: thrown });
  }
}

/** Between two reports of a small file's progress, each of which renders the page. */
export const REPORT_MS = 100;

/**
 * Passes a stream on, telling `onBytes` how many have gone through so far. What that throws is reported as
 * uncaught: the stream is not to blame.
 * @param everyMs tells so only after so many milliseconds again, and at the stream's end
 */
export function countBytes(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onBytes: (loaded: number) => void,
  everyMs = 0,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let loaded = 0;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    try {
      onBytes(loaded);
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  };
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        const now = performance.now();
        if (now - told >= everyMs) {
          told = now;
          tell();
        }
        controller.enqueue(chunk);
      },
      flush: tell,
    }),
  );
}

/**
 * The first chunk of a stream, empty at its end, and the same stream from its beginning. Where
 * reading fails, both fail with what `onFailure` returns.
 */
export async function peekStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onFailure: (thrown: unknown) => GanvasError,
): Promise<[Uint8Array<ArrayBuffer>, ReadableStream<Uint8Array<ArrayBuffer>>]> {
  const reader = body.getReader();
  const read = () =>
    reader.read().catch((thrown: unknown) => {
      throw onFailure(thrown);
    });
  const first = await read();
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (first.done) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const { done, value } = await read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [first.value ?? new Uint8Array(0), whole];
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Of the file as it was published, without gzip, 64 hexadecimal digits. */
  readonly sha256?: string;
}

/**
 * Reads a whole small file, and undoes gzip. Servers seldom compress weights themselves.
 * @throws GanvasError as `openResource`; malformed when its compression is damaged, or it has another SHA-256 than was
 * asked for
 */
export async function readResource(
  url: string,
  options: ReadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return readAgainIfDamaged(async (fresh) => {
    const bytes = await readWhole(url, options, fresh);
    if (options.sha256 !== undefined && (await sha256(bytes)) !== options.sha256) {
      throw new GanvasError("malformed", `${url} is damaged: its SHA-256 is another.`);
    }
    return bytes;
  });
}

async function readWhole(
  url: string,
  { signal, onProgress }: ReadOptions,
  fresh: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const { body, total } = await openResource(url, { signal, fresh });
  const counted = countBytes(body, (loaded) => onProgress?.({ loaded, total }), REPORT_MS);
  const bytes = await bytesOf(counted).catch((thrown: unknown) => {
    if (signal?.aborted) throw aborted(thrown);
    throw new GanvasError("fetch_failed", `${url}: the connection broke.`, { cause: thrown });
  });
  // Plain, or a server has undone the compression.
  if (!isGzip(bytes)) return bytes;
  const plain = (new Response(bytes).body as typeof counted).pipeThrough(await openGunzip());
  return bytesOf(plain).catch((thrown: unknown) => {
    throw new GanvasError("malformed", `${url} is damaged.`, { cause: thrown });
  });
}

async function bytesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
