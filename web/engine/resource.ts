// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// One way to open a file as a stream, whether it lies behind http (browser, Node) or in a folder
// (file: URLs in Node, which fetch does not take), with failures that say which file and why.

import { resolveAddress } from "./addresses";
import { aborted, GanvasError } from "./errors";
import { inNode } from "./node";
import type { LoadProgress } from "./types";

export interface Resource {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes that `body` will give; null when that is unknown before the end. */
  readonly total: number | null;
}

/**
 * Rejects with fetch_failed (no connection, status other than 2xx, no such file), aborted, or
 * invalid_argument for what is no address.
 */
export async function openResource(address: string, signal?: AbortSignal): Promise<Resource> {
  const url = resolveAddress(address);
  return url.startsWith("file:") ? openFile(url, signal) : openHttp(url, signal);
}

async function openHttp(url: string, signal?: AbortSignal): Promise<Resource> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
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
    throw new GanvasError(
      "fetch_failed",
      `${url}: the server has a page there instead of the file.`,
    );
  }
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // A content encoding is undone on the way, so the announced length is not what will arrive.
  const encoded = response.headers.has("content-encoding");
  const total = encoded || !Number.isFinite(length) ? null : length;
  return { body: response.body as ReadableStream<Uint8Array<ArrayBuffer>>, total };
}

async function openFile(url: string, signal?: AbortSignal): Promise<Resource> {
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

/** Passes a stream on, telling `onBytes` how many have gone through so far. */
export function countBytes(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onBytes: (loaded: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let loaded = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        onBytes(loaded);
        controller.enqueue(chunk);
      },
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

/** Reads a whole small file. */
export async function readResource(
  url: string,
  options: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { body, total } = await openResource(url, options.signal);
  const counted = countBytes(body, (loaded) => options.onProgress?.({ loaded, total }));
  try {
    return new Uint8Array(await new Response(counted).arrayBuffer());
  } catch (thrown) {
    if (options.signal?.aborted) throw aborted(thrown);
    throw new GanvasError("fetch_failed", `${url}: the connection broke.`, { cause: thrown });
  }
}
