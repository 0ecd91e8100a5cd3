// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's language: `?lang=`, else the choice of an earlier visit, else the browser's first
// preference that is available, else English.

import { configureLocalization, type LocaleModule } from "@lit/localize";
import { sourceLocale, targetLocales } from "../../locales/generated/locale_codes";
import { writeAddress } from "./address_bar";
import { type Locale, preferredLocale } from "./locale_choice";
import { readPreference, writePreference } from "./preferences";

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

export async function startLocalization(): Promise<void> {
  const requested = new URLSearchParams(location.search).get("lang");
  await useLocale(preferredLocale([requested, readPreference("lang"), ...navigator.languages]));
}

/** Switches the language and stores the choice; updates `lang` in the address if present. */
export async function chooseLocale(locale: Locale): Promise<void> {
  writePreference("lang", locale);
  if (new URLSearchParams(location.search).has("lang")) writeAddress({ lang: locale });
  await useLocale(locale);
}

async function useLocale(locale: Locale): Promise<void> {
  await localization.setLocale(locale);
  document.documentElement.lang = locale;
}
