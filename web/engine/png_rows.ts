// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The inflated data of a PNG as samples: filters and interlacing undone (PNG specification, third edition,
// 8 and 9).

type Bytes = Uint8Array<ArrayBuffer>;

export interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly channels: number;
  readonly interlaced: boolean;
}

/** First column, first row, and their steps, of the seven passes of Adam7. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const ONE_PASS = [[0, 0, 1, 1]] as const;

/**
 * (height, width, channels)
 * @param data changes
 * @throws RangeError
 */
export function samplesOf(header: Header, data: Bytes): Uint8Array | Uint16Array {
  const { width, height, depth, channels, interlaced } = header;
  const count = width * height * channels;
  const samples = depth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  // Pixels of less than a byte are filtered as bytes.
  const step = Math.max(1, (channels * depth) >> 3);
  let at = 0;
  for (const [x0, y0, dx, dy] of interlaced ? ADAM7 : ONE_PASS) {
    const columns = Math.ceil((width - x0) / dx);
    if (columns <= 0) continue;
    const size = Math.ceil((columns * channels * depth) / 8);
    let above: Bytes = new Uint8Array(size);
    for (let y = y0; y < height; y += dy) {
      const row = data.subarray(at + 1, at + 1 + size);
      if (row.length < size) throw new RangeError("too few pixels");
      unfilter(data[at] ?? 0, row, above, step);
      above = row;
      at += 1 + size;
      if (depth === 8 && !interlaced) {
        samples.set(row, y * size);
        continue;
      }
      for (let i = 0; i < columns * channels; i += 1) {
        const channel = i % channels;
        const x = x0 + dx * ((i - channel) / channels);
        samples[(y * width + x) * channels + channel] = sampleIn(row, i, depth);
      }
    }
  }
  return samples;
}

function sampleIn(row: Bytes, index: number, depth: number): number {
  if (depth === 8) return row[index] ?? 0;
  if (depth === 16) return ((row[2 * index] ?? 0) << 8) | (row[2 * index + 1] ?? 0);
  const bit = index * depth;
  return ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** @param step bytes from a sample to that of the pixel on its left */
function unfilter(filter: number, row: Bytes, above: Bytes, step: number): void {
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = step; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (row[i - step] ?? 0);
      return;
    case 2:
      for (let i = 0; i < row.length; i += 1) row[i] = (row[i] ?? 0) + (above[i] ?? 0);
      return;
    case 3:
      for (let i = 0; i < row.length; i += 1) {
        row[i] = (row[i] ?? 0) + (((i < step ? 0 : (row[i - step] ?? 0)) + (above[i] ?? 0)) >> 1);
      }
      return;
    case 4:
      for (let i = 0; i < row.length; i += 1) {
        const left = i < step ? 0 : (row[i - step] ?? 0);
        const corner = i < step ? 0 : (above[i - step] ?? 0);
        row[i] = (row[i] ?? 0) + paeth(left, above[i] ?? 0, corner);
      }
      return;
    default:
      throw new RangeError("unknown filter");
  }
}

/** Whichever is nearest to left + up - corner. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
