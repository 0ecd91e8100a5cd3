// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Streams the first N training digits out of the two MNIST files, downloading no more than that.

import { resolveAddress } from "./addresses";
import { aborted, asGanvasError, GanvasError } from "./errors";
import { readIdx } from "./idx";
import { countBytes, openResource, readAgainIfDamaged } from "./resource";
import { IMAGE_SIDE } from "./types";

export interface MnistSource {
  /** train-images-idx3-ubyte.gz, or the same uncompressed; relative to the document. */
  readonly imagesUrl: string;
  /** train-labels-idx1-ubyte.gz, or the same uncompressed; relative to the document. */
  readonly labelsUrl: string;
  /** 1 or more; the files hold 60,000. */
  readonly examples: number;
  /** SHA-256 of each 1,000 digits as they were published, to find damage; 64 hexadecimal digits each. */
  readonly sums?: { readonly images: readonly string[]; readonly labels: readonly string[] };
}

export interface MnistProgress {
  /** Images decoded so far. */
  readonly examples: number;
  readonly total: number;
  /** Bytes that came over the wire for them. */
  readonly bytes: number;
}

export interface MnistOptions extends MnistSource {
  readonly onProgress?: (progress: MnistProgress) => void;
  readonly signal?: AbortSignal;
}

export interface Digits {
  /** (examples, 784) bytes, 0 black to 255 white. */
  readonly images: Uint8Array<ArrayBuffer>;
  /** (examples) classes 0 to 9. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/**
 * Downloads digits, and no more of the files than that takes; with sums, whole thousands. What is
 * damaged is downloaded once more, past the browser's cache.
 * @throws GanvasError fetch_failed, aborted, bad_magic, shape_mismatch, truncated, malformed,
 * invalid_argument (fewer digits in the files than asked for)
 */
export async function loadMnist(options: MnistOptions): Promise<Digits> {
  const { examples } = options;
  if (!Number.isInteger(examples) || examples < 1) {
    throw new GanvasError("invalid_argument", "examples is a whole number, 1 or more.");
  }
  return readAgainIfDamaged((fresh) => readBoth(options, fresh));
}

async function readBoth(options: MnistOptions, fresh: boolean): Promise<Digits> {
  const { examples, onProgress, sums } = options;
  // One failing download must not leave the other running.
  const both = new AbortController();
  const abort = (): void => both.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener("abort", abort, { once: true });
  let bytes = 0;
  const read = async (
    url: string,
    itemShape: readonly number[],
    fileSums: readonly string[] | undefined,
    onItems?: (items: number) => void,
    onBytes?: (loaded: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    const { body } = await openResource(url, { signal: both.signal, fresh });
    const counted = onBytes ? countBytes(body, onBytes) : body;
    const name = new URL(resolveAddress(url)).pathname.split("/").at(-1) ?? url;
    const request = { name, itemShape, count: examples, sums: fileSums, byLibrary: fresh };
    return readIdx(counted, { ...request, ...(onItems && { onItems }) });
  };
  try {
    const [images, labels] = await Promise.all([
      read(
        options.imagesUrl,
        [IMAGE_SIDE, IMAGE_SIDE],
        sums?.images,
        (items) => onProgress?.({ examples: items, total: examples, bytes }),
        (loaded) => {
          bytes = loaded;
        },
      ),
      read(options.labelsUrl, [], sums?.labels),
    ]);
    return { images, labels };
  } catch (thrown) {
    both.abort();
    throw options.signal?.aborted ? aborted(thrown) : asGanvasError(thrown);
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}
