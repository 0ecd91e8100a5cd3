// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ZIPs as another library writes them; parsers.property.test.ts has damaged ones.

import { zipSync } from "fflate";
import { expect, it } from "vitest";
import { readZipDirectory, readZipEntry } from "../engine/zip";

type Bytes = Uint8Array<ArrayBuffer>;

/** A Blob that can be read at once. */
const blobOf = (whole: Bytes): Blob =>
  ({
    size: whole.length,
    slice: (from: number, to?: number) => blobOf(whole.slice(from, to)),
    whole,
  }) as unknown as Blob;
const read = (blob: Blob): Bytes => (blob as unknown as { readonly whole: Bytes }).whole;

it("a ZIP with fields of others before its contents has its files, whether compressed or not", () => {
  const content = Buffer.from("one one one one one");
  const extra = { 28789: new Uint8Array(11) };
  const file = zipSync({
    "a/one.txt": [content, { extra }],
    "b.txt": [content, { extra, level: 0 }],
  });
  const blob = blobOf(new Uint8Array(file));
  const entries = readZipDirectory(blob, "a.zip", read);
  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ["a/one.txt", content.length],
    ["b.txt", content.length],
  ]);
  for (const entry of entries) {
    expect(Buffer.from(readZipEntry(blob, entry, 1000, read))).toEqual(content);
    expect(() => readZipEntry(blob, entry, 10, read)).toThrow("larger");
  }
});
