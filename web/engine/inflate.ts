// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A DecompressionStream for browsers without one. It does not verify the checksum.

import { Gunzip } from "fflate";

type Bytes = Uint8Array<ArrayBuffer>;

export function inflater(): ReadableWritablePair<Bytes, BufferSource> {
  const gunzip = new Gunzip();
  return new TransformStream<Bytes, Bytes>({
    start(controller) {
      gunzip.ondata = (chunk) => controller.enqueue(chunk as Bytes);
    },
    transform: (chunk) => gunzip.push(chunk),
    flush: () => gunzip.push(new Uint8Array(0), true),
  }) as ReadableWritablePair<Bytes, BufferSource>;
}
