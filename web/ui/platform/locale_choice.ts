// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Chooses among the available languages, given the language tags of the address or the browser.

import type { sourceLocale, targetLocales } from "../../locales/generated/locale_codes";

export type Locale = typeof sourceLocale | (typeof targetLocales)[number];

/** The available locale for a BCP 47 tag; every Chinese tag maps to zh-Hans. */
export function matchLocale(tag: string): Locale | null {
  const language = tag.toLowerCase().split("-")[0];
  if (language === "zh") return "zh-Hans";
  return language === "en" ? "en" : null;
}

/** The locale of the first tag that is available, else English. */
export function preferredLocale(tags: readonly (string | null)[]): Locale {
  for (const tag of tags) {
    const locale = tag === null ? null : matchLocale(tag);
    if (locale !== null) return locale;
  }
  return "en";
}
