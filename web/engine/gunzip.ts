// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Undoes gzip: by the browser's own means, or by a library where it has none (before 2023), or where they
// have failed, since they refuse several members and zeros behind the last.

import { importPart } from "./parts";

type Bytes = Uint8Array<ArrayBuffer>;

export async function openGunzip(
  byLibrary = false,
): Promise<ReadableWritablePair<Bytes, BufferSource>> {
  if (!byLibrary && typeof DecompressionStream === "function") {
    return new DecompressionStream("gzip");
  }
  const { inflater } = await importPart(() => import("./inflate"));
  return inflater();
}
