// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The language, one for all elements of a document: @lit/localize has one locale.

import { configureLocalization, type LocaleModule } from "@lit/localize";
import { sourceLocale, targetLocales } from "../../locales/generated/locale_codes";
import type { Locale } from "./locale_choice";

const TRANSLATIONS: Record<(typeof targetLocales)[number], () => Promise<LocaleModule>> = {
  "zh-Hans": () => import("../../locales/generated/zh-Hans"),
};

const localization = configureLocalization({
  sourceLocale,
  targetLocales,
  // Called for target locales only.
  loadLocale: (locale) => TRANSLATIONS[locale as keyof typeof TRANSLATIONS](),
});

export const { getLocale } = localization;

export async function useLocale(locale: Locale): Promise<void> {
  await localization.setLocale(locale);
}
