// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn's texts in the page's language.

import { getLocale } from "../platform/i18n";
import type { LessonTexts } from "./texts";
import { english } from "./texts_en";

let chinese: LessonTexts | null = null;

/** The texts in the page's language; English until the other's have come. */
export function lessonTexts(): LessonTexts {
  return getLocale() === "zh-Hans" && chinese !== null ? chinese : english;
}

/** Fetches what the page's language needs. */
export async function loadLessonTexts(): Promise<void> {
  if (getLocale() === "zh-Hans") chinese ??= (await import("./texts_zh_hans")).chinese;
}
