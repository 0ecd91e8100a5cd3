// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// SHA-256: by the browser's own means, or by a library where it has none, as on pages over plain http.

import { importPart } from "./parts";

/** @returns 64 hexadecimal digits */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    : (await importPart(() => import("./sha256_library"))).sha256(bytes);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
