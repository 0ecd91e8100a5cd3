// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A set of pictures as one file that the page, the command and NumPy read: .npz with `images`
// (count, channels, side, side) and `labels` (count), unsigned bytes, and the texts `class_names`.

import { Zip, ZipPassThrough } from "fflate";
import { countOf } from "../../engine/picture_count";
import type { PictureSet } from "../../engine/pictures";

type Bytes = Uint8Array<ArrayBuffer>;

export function setFile(set: PictureSet): Blob {
  const { pixels, labels, classNames, channels, side } = set;
  const count = countOf(set);
  const arrays = {
    "images.npy": npy("|u1", [count, channels, side, side], pixels),
    ...(labels.length > 0 && { "labels.npy": npy("|u1", [count], labels) }),
    ...(classNames.length > 0 && { "class_names.npy": npyOfTexts(classNames) }),
  };
  return storedZip(arrays);
}

/**
 * Stored, because photographs hardly get smaller and a hundred megabytes would take seconds. Nothing is
 * copied but by the Blob.
 */
function storedZip(files: Readonly<Record<string, readonly Bytes[]>>): Blob {
  const parts: Bytes[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part as Bytes);
  });
  for (const [name, content] of Object.entries(files)) {
    const file = new ZipPassThrough(name);
    zip.add(file);
    for (const [index, part] of content.entries()) file.push(part, index === content.length - 1);
  }
  zip.end();
  return new Blob(parts);
}

const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
/** NumPy pads headers to a multiple of this. */
const ALIGNMENT = 64;

/** NumPy's format 1.0 (numpy/lib/format.py): the header, and the values. */
function npy(type: string, shape: readonly number[], values: Bytes): Bytes[] {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const facts = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + facts.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  const header = new Uint8Array(before + length);
  header.set([...MAGIC, length & 0xff, length >> 8]);
  header.set(new TextEncoder().encode(`${facts.padEnd(length - 1)}\n`), before);
  return [header, values];
}

/** Texts are code points of 32 bits, filled up with zeros to the length of the longest. */
function npyOfTexts(texts: readonly string[]): Bytes[] {
  const codes = texts.map((text) => Array.from(text, (char) => char.codePointAt(0) ?? 0));
  const longest = Math.max(...codes.map(({ length }) => length));
  const values = new DataView(new ArrayBuffer(4 * longest * texts.length));
  for (const [row, text] of codes.entries()) {
    for (const [at, code] of text.entries()) values.setUint32(4 * (row * longest + at), code, true);
  }
  return npy(`<U${longest}`, [texts.length], new Uint8Array(values.buffer));
}
