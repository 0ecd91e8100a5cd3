// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A set of pictures as one file that the page, the command and NumPy read: .npz with `images`
// (count, channels, side, side) and `labels` (count), unsigned bytes.

import { zipSync } from "fflate";
import type { PictureSet } from "../../engine/pictures";

export function setFile({ pixels, labels, channels, side }: PictureSet): Blob {
  const count = pixels.length / (channels * side * side);
  const arrays = {
    "images.npy": npy([count, channels, side, side], pixels),
    ...(labels.length > 0 && { "labels.npy": npy([count], labels) }),
  };
  // Stored, because photographs hardly get smaller and a hundred megabytes would take seconds.
  return new Blob([zipSync(arrays, { level: 0 })]);
}

const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
/** NumPy pads headers to a multiple of this. */
const ALIGNMENT = 64;

/** NumPy's format 1.0 (numpy/lib/format.py). */
function npy(shape: readonly number[], values: Uint8Array): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const facts = `{'descr': '|u1', 'fortran_order': False, 'shape': (${axes}), }`;
  const before = MAGIC.length + 2;
  const length = Math.ceil((before + facts.length + 1) / ALIGNMENT) * ALIGNMENT - before;
  const bytes = new Uint8Array(before + length + values.length);
  bytes.set([...MAGIC, length & 0xff, length >> 8]);
  bytes.set(new TextEncoder().encode(`${facts.padEnd(length - 1)}\n`), before);
  bytes.set(values, before + length);
  return bytes;
}
