// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sets of pictures in words: what was understood of files, what was left out, and why nothing was read.

import { msg, str } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";
import type { LeftOutReason, PictureSet, ReadingNote } from "../../engine/pictures";
import { formatCount, shorten } from "../platform/format";
import { explain } from "./error_words";

/** Classes that are named; the rest are counted. */
const MOST_NAMED = 8;

type Kind = Pick<PictureSet, "channels" | "side" | "classes" | "classNames">;

/** "500 pictures of 32 × 32 pixels in colour, 3 classes: cats, dogs, owls" */
export function describeSet(set: Kind, count: number): string {
  const pictures = describePictures(set, count);
  if (set.classes === 0) return pictures;
  const classes = msg(str`${formatCount(set.classes)} classes`);
  if (set.classNames.length === 0) return msg(str`${pictures}, ${classes}`);
  const named = set.classNames.slice(0, MOST_NAMED).map((name) => shorten(name, 24));
  const names = named.join(msg(", ")) + (set.classes > MOST_NAMED ? " …" : "");
  return msg(str`${pictures}, ${classes}: ${names}`);
}

function describePictures({ channels, side }: Kind, count: number): string {
  const size = `${side} × ${side}`;
  if (count === 1) {
    return channels === 3
      ? msg(str`1 picture of ${size} pixels in colour`)
      : msg(str`1 picture of ${size} pixels in grey`);
  }
  const pictures = formatCount(count);
  return channels === 3
    ? msg(str`${pictures} pictures of ${size} pixels in colour`)
    : msg(str`${pictures} pictures of ${size} pixels in grey`);
}

export function nameOfClass({ classNames }: Kind, label: number): string {
  return classNames[label] ?? msg(str`Class ${String(label)}`);
}

/** Why files are not in the set; their number stands before it. */
export function explainLeftOut(reason: LeftOutReason): string {
  switch (reason) {
    case "other_part":
      return msg("in another part of the set than the training pictures:");
    case "beside_classes":
      return msg("beside the folders that are classes:");
    case "no_picture_name":
      return msg("not a picture by its name:");
    case "no_picture":
      return msg("not a picture by its contents:");
    case "kind_not_read":
      return msg("of a kind that is not read here:");
    case "empty":
      return msg("empty:");
    case "damaged":
      return msg("damaged:");
    case "too_large":
      return msg("too large as a file:");
    case "too_many_pixels":
      return msg("of too many pixels:");
    case "four_colours":
      return msg("in printing colours (CMYK):");
    case "encrypted":
      return msg("encrypted:");
    case "unreadable":
      return msg("impossible to open:");
  }
}

/** What the user should know of a set, and what to do about it. */
export function explainNote(note: ReadingNote): string {
  switch (note) {
    case "emnist_transposed":
      return msg("EMNIST’s pictures lie on their sides.");
  }
}

/** Why no set came of files. */
export function explainReading(error: SerializedError): string {
  switch (error.code) {
    case "not_found":
      return msg("There are no pictures in it.");
    case "bad_magic":
    case "malformed":
    case "shape_mismatch":
    case "truncated":
      return msg("No pictures could be read from it.");
    case "out_of_memory":
      return msg("There is not enough memory. A smaller size or fewer pictures need less.");
    default:
      return explain(error);
  }
}
