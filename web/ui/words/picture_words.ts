// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sets of pictures in words: what was understood of files, what was left out, and why nothing was read.

import { msg, str } from "@lit/localize";
import type { ErrorCode, SerializedError } from "../../engine/errors";
import type { LeftOutReason, PictureSet, Reading, ReadingNote } from "../../engine/pictures";
import { formatCount, shorten } from "../platform/format";
import { spaceBetween } from "../platform/i18n";
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

/** Why files are not in the set; their number stands before it, and their names after it. */
export function explainLeftOut(reason: LeftOutReason): string {
  const words = wordsFor(reason);
  // A full-width colon brings its own space.
  return words.endsWith(":") ? `${words} ` : words;
}

function wordsFor(reason: LeftOutReason): string {
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
export function explainNote(note: ReadingNote, arrays: Reading["arrays"]): string {
  switch (note) {
    case "emnist_transposed":
      return msg("EMNIST’s pictures lie on their sides.");
    case "fine_classes":
      return msg("The classes are CIFAR-100’s fine ones, not its 20 coarse ones.");
    case "arrays_chosen":
      return arrays === undefined ? "" : explainArrays(arrays);
  }
}

function explainArrays({ pictures, labels, unused }: NonNullable<Reading["arrays"]>): string {
  const shown = unused.slice(0, 6).map((name) => shorten(name, 24));
  const others = shown.join(msg(", ")) + (unused.length > shown.length ? " …" : "");
  return labels === ""
    ? msg(
        str`The pictures are those in the array “${pictures}”, without classes. Not used: ${others}.`,
      )
    : msg(
        str`The pictures are those in the array “${pictures}”, the classes those in “${labels}”. Not used: ${others}.`,
      );
}

/** The core's lines about files that were left out, in words: how many there are, why, and some names. */
function leftOutIn(message: string): string[] {
  const lines = message.matchAll(/(\d+) left out, (\w+):((?: '.*?'(?=[ ;]|$))*)( \.\.\.)?/g);
  return Array.from(lines, ([, count = "", reason = "", quoted = "", more = ""]) => {
    const names = quoted.slice(2, -1).split("' '");
    const shown = names.map((name) => shorten(name, 24)).join(msg(", ")) + (more && " …");
    return `${formatCount(Number(count))} ${explainLeftOut(reason as LeftOutReason)}${shown}`;
  });
}

/** Why no set came of files. */
export function explainReading(error: SerializedError): string {
  const code = error.code as ErrorCode;
  switch (code) {
    case "not_found":
      return msg("There are no pictures in it.");
    case "none_usable":
      return [msg("None of its pictures can be used."), ...leftOutIn(error.message)].join(
        spaceBetween(),
      );
    case "io_failure":
      return msg("It cannot be opened. It may have been moved, or changed since it was chosen.");
    case "bad_magic":
      return msg("This kind of file is not supported.");
    case "truncated":
      return msg("It is incomplete: its end is missing.");
    case "malformed":
      return msg("It is damaged, or not written as files of its kind are.");
    case "shape_mismatch":
      return msg("Its arrays are not pictures of one size, or do not match their labels.");
    case "out_of_range":
      return msg(
        "Its numbers are not pixel values: those are whole numbers from 0 to 255, or fractions from 0 to 1.",
      );
    case "encrypted":
      return msg("It is encrypted.");
    case "several_sets":
      return msg("There are several sets of pictures in it. Choose the files of one.");
    case "too_large":
      return msg("It is larger than what can be read here.");
    case "too_many_files":
      return msg("It has more than 200,000 files.");
    case "too_many_classes":
      return msg("It has more than 100 classes.");
    case "out_of_memory":
      return msg("There is not enough memory. A smaller size or fewer pictures need less.");
    // Of what reads them, or of a run.
    case "aborted":
    case "build_mismatch":
    case "checksum_mismatch":
    case "csp_blocked":
    case "disposed":
    case "fetch_failed":
    case "internal":
    case "invalid_argument":
    case "invalid_config":
    case "missing_tensor":
    case "no_data":
    case "non_finite":
    case "not_trainable":
    case "reload_needed":
    case "tier_unavailable":
    case "wasm_failed":
    case "worker_lost":
      return explain(error);
    default:
      // No code that we know.
      code satisfies never;
      return explain(error);
  }
}
