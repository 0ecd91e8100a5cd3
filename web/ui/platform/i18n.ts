// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The language, one for all elements of a document: @lit/localize has one locale.

import { configureLocalization, type LocaleModule } from "@lit/localize";
import { importPart } from "../../engine/parts";
import { sourceLocale, targetLocales } from "../../locales/generated/locale_codes";
import type { Locale } from "./locale_choice";

const TRANSLATIONS: Record<(typeof targetLocales)[number], () => Promise<LocaleModule>> = {
  "zh-Hans": () => importPart(() => import("../../locales/generated/zh-Hans")),
};

const localization = configureLocalization({
  sourceLocale,
  targetLocales,
  // Called for target locales only.
  loadLocale: (locale) => TRANSLATIONS[locale as keyof typeof TRANSLATIONS](),
});

export const { getLocale } = localization;

/** Chinese has no spaces between sentences, nor before a per cent sign. */
export function spaceBetween(): string {
  return getLocale() === "en" ? " " : "";
}

/** @throws GanvasError fetch_failed, reload_needed; the language then stays as it was */
export async function useLocale(locale: Locale): Promise<void> {
  try {
    await localization.setLocale(locale);
  } catch (thrown) {
    // A locale that failed counts as loading, and would not be loaded again.
    await localization.setLocale(getLocale() as Locale);
    throw thrown;
  }
}
