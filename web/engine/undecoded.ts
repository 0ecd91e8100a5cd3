// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Why one file among many cannot be taken.

import type { LeftOutReason } from "./pictures";

export class Undecoded extends Error {
  readonly reason: LeftOutReason;

  constructor(reason: LeftOutReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export function tooLarge(maxSize: number): Undecoded {
  return new Undecoded("too_large", `larger than ${maxSize >> 20} MB`);
}

const MAX_PIXELS = 50_000_000;

/** @throws Undecoded for extents that would take more than 200 MB, or nothing */
export function checkExtents(width: number, height: number): void {
  if (width < 1 || height < 1) throw new Undecoded("empty", "empty");
  if (width * height > MAX_PIXELS) {
    throw new Undecoded("too_many_pixels", "larger than 50 megapixels");
  }
}
