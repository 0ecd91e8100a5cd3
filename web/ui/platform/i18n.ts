// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which language the page speaks: `?lang=`, else what was chosen here before, else the first that
// the browser prefers and we have, else English.

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
  // Asked for target locales alone.
  loadLocale: (locale) => TRANSLATIONS[locale as keyof typeof TRANSLATIONS](),
});

export const { getLocale } = localization;

export async function startLocalization(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lang");
  await useLocale(preferredLocale([asked, readPreference("lang"), ...navigator.languages]));
}

/** Switches and remembers the choice; an address that asks for a language then asks for this one. */
export async function chooseLocale(locale: Locale): Promise<void> {
  writePreference("lang", locale);
  if (new URLSearchParams(location.search).has("lang")) writeAddress({ lang: locale });
  await useLocale(locale);
}

async function useLocale(locale: Locale): Promise<void> {
  await localization.setLocale(locale);
  document.documentElement.lang = locale;
}
