// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A set that is drawn by hand: drawings of one kind of thing, or of several that become classes.

import type { PictureFile } from "../../engine/pictures";
import { type Drawing, imageOf } from "../pixels/drawing";

export interface OwnDrawing {
  readonly kind: number;
  readonly drawing: Drawing;
}

export interface Drawings {
  readonly side: 28 | 32;
  /** What is drawn, by name: one, or each a class. */
  readonly kinds: readonly string[];
  readonly all: readonly OwnDrawing[];
}

export const NO_DRAWINGS: Drawings = { side: 28, kinds: ["A"], all: [] };

/** As many as are offered; more fit nobody's patience. */
export const MOST_KINDS = 10;

/** Each drawing as ink on white paper, in the folder of its kind. */
export function filesOf({ side, kinds, all }: Drawings): PictureFile[] {
  return all.map(({ kind, drawing }, index) => ({
    path: `${folderOf(kinds, kind)}${index}.png`,
    width: side,
    height: side,
    rgba: rgbaOf(drawing, side),
  }));
}

/** A new kind's name: the next letter. */
export function nextName({ kinds }: Drawings): string {
  return String.fromCharCode("A".charCodeAt(0) + kinds.length);
}

function folderOf(kinds: readonly string[], kind: number): string {
  if (kinds.length === 1) return "";
  const name = (kinds[kind] ?? "").replaceAll("/", "∕").trim().replace(/^\.+/, "");
  return `${name === "" ? kind + 1 : name}/`;
}

function rgbaOf(drawing: Drawing, side: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [pixel, ink] of imageOf(drawing, side).entries()) {
    rgba.fill(Math.round((1 - ink) * 127.5), 4 * pixel, 4 * pixel + 3);
  }
  return rgba;
}
