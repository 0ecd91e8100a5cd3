// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The files that the page holds, in the page and in its workers. What the rest of the code fetches is read from them;
// nothing else can be fetched from a file: address, and the content policy forbids it.

/** By their paths. Not Blobs: WebKit's workers cannot read those that the page of a file sends them. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The address of the folder with the files. No browser knows its scheme. */
export const INSIDE = "inside:/";

export function serveFiles(files: Files): void {
  globalThis.fetch = async (address) => {
    const file = files.get(String(address).slice(INSIDE.length));
    if (file === undefined) return new Response(null, { status: 404 });
    return new Response(file, { headers: { "content-length": String(file.length) } });
  };
}
