// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Saved runs and what becomes of them, in words.

import { msg, str } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";
import { getLocale } from "../platform/i18n";
import type { SavedRun } from "../state/saved_runs/run_storage";
import { explain } from "../words/error_words";

/** The user's name for the run, or what makes it. */
export function runName({ name, settings }: Pick<SavedRun, "name" | "settings">): string {
  const { preset, seed, pictures, changes } = settings;
  if (name !== null) return name;
  const made = msg(str`${preset}, seed ${String(seed)}`);
  const plain = pictures?.name ? `${pictures.name} · ${made}` : made;
  return Object.keys(changes).length === 0 ? plain : msg(str`${plain}, changed`);
}

export function formatTime(time: number): string {
  const options = { dateStyle: "medium", timeStyle: "short" } as const;
  return new Intl.DateTimeFormat(getLocale(), options).format(time);
}

/** Why a file did not become a run. */
export function explainRefusal({ code, message }: SerializedError): string {
  switch (code) {
    case "not_trainable":
      return msg("It holds networks without their training. Explore can open it.");
    case "bad_magic":
      return msg("It is not a checkpoint of Ganvas, whose name ends in .safetensors.");
    case "no_data":
      return msg("It learns from more digits than this page has.");
    case "too_large":
      return msg("It is too large for a checkpoint.");
    default:
      return explain({ code, message });
  }
}
