// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of a square grid of samples in a square of a given width: equal cells with gaps, in whole
// pixels, centred.

export interface CellSize {
  readonly size: number;
  readonly gap: number;
  /** x of the first cell. */
  readonly left: number;
}

export function cellSize(columns: number, width: number): CellSize {
  const gap = Math.max(1, Math.round(width / columns / 24));
  const size = Math.floor((width - gap * (columns - 1)) / columns);
  const left = Math.floor((width - size * columns - gap * (columns - 1)) / 2);
  return { size, gap, left };
}

/** Box of sample number `index`. */
export function cellBox(
  index: number,
  columns: number,
  width: number,
): { x: number; y: number; size: number } {
  const { size, gap, left } = cellSize(columns, width);
  const x = left + (index % columns) * (size + gap);
  return { x, y: Math.floor(index / columns) * (size + gap), size };
}

/** Index of the sample at a point of the grid; null outside. */
export function cellUnder(
  { x, y }: { readonly x: number; readonly y: number },
  columns: number,
  width: number,
): number | null {
  const { size, gap, left } = cellSize(columns, width);
  const column = Math.floor((x - left) / (size + gap));
  const row = Math.floor(y / (size + gap));
  const inside = column >= 0 && column < columns && row >= 0 && row < columns;
  return inside ? row * columns + column : null;
}
