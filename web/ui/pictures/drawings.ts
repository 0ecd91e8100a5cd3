// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A set that is drawn by hand: drawings of one kind of thing, or of several that become classes.

import type { PictureFile } from "../../engine/pictures";
import { type Drawing, EMPTY, imageOf } from "../pixels/drawing";

export interface OwnDrawing {
  readonly kind: number;
  readonly drawing: Drawing;
}

export interface Drawings {
  readonly side: 28 | 32;
  /** What is drawn, by name: one, or each a class. */
  readonly kinds: readonly string[];
  readonly all: readonly OwnDrawing[];
  /** What is on the pad, not yet one of them, and its kind. */
  readonly next: OwnDrawing;
  /** What was deleted together, to bring back. */
  readonly deleted: Drawings | null;
}

export const NO_DRAWINGS: Drawings = {
  side: 28,
  kinds: ["A"],
  all: [],
  next: { kind: 0, drawing: EMPTY },
  deleted: null,
};

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

/** The set with what is on the pad, and blank paper. */
export function withNext(drawings: Drawings): Drawings {
  const { all, next } = drawings;
  if (next.drawing.strokes.length === 0) return drawings;
  return { ...drawings, all: [...all, next], next: { ...next, drawing: EMPTY } };
}

/** A new kind's name: the first letter that is none's. */
export function nextName({ kinds }: Drawings): string {
  const letters = Array.from({ length: kinds.length + 1 }, (_, index) =>
    String.fromCharCode("A".charCodeAt(0) + index),
  );
  return letters.find((letter) => !kinds.includes(letter)) ?? "";
}

/** The classes that several kinds make together, by name. */
export function joinedKinds({ kinds }: Drawings): string[] {
  const names = kinds.map(classOf);
  return [...new Set(names.filter((name, kind) => names.indexOf(name) !== kind))];
}

function folderOf(kinds: readonly string[], kind: number): string {
  return kinds.length === 1 ? "" : `${classOf(kinds[kind] ?? "", kind)}/`;
}

/** A kind's name as one that a folder can have. */
function classOf(kind: string, index: number): string {
  const name = kind.replaceAll("/", "∕").trim().replace(/^\.+/, "");
  return name === "" ? String(index + 1) : name;
}

function rgbaOf(drawing: Drawing, side: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * side * side).fill(255);
  for (const [pixel, ink] of imageOf(drawing, side).entries()) {
    rgba.fill(Math.round((1 - ink) * 127.5), 4 * pixel, 4 * pixel + 3);
  }
  return rgba;
}
