// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn's texts in the page's language.

import { importPart } from "../../engine/parts";
import { getLocale } from "../platform/i18n";
import type { LessonTexts } from "./texts";
import { english } from "./texts_en";

let chinese: LessonTexts | null = null;

/** English until another language's texts have loaded. */
export function lessonTexts(): LessonTexts {
  return getLocale() === "zh-Hans" && chinese !== null ? chinese : english;
}

/**
 * Loads the texts of the page's language.
 * @throws GanvasError fetch_failed, reload_needed
 */
export async function loadLessonTexts(): Promise<void> {
  if (getLocale() === "zh-Hans")
    chinese ??= (await importPart(() => import("./texts_zh_hans"))).chinese;
}
