// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which of our languages a reader wants, from the tags that an address or a browser gives.

import type { sourceLocale, targetLocales } from "../../locales/generated/locale_codes";

export type Locale = typeof sourceLocale | (typeof targetLocales)[number];

/** The locale that a BCP 47 tag asks for, if we have it. Any Chinese reads our simplified one. */
export function matchLocale(tag: string): Locale | null {
  const language = tag.toLowerCase().split("-")[0];
  if (language === "zh") return "zh-Hans";
  return language === "en" ? "en" : null;
}

/** The first wish that can be fulfilled, else English. */
export function preferredLocale(wishes: readonly (string | null)[]): Locale {
  for (const wish of wishes) {
    const locale = wish === null ? null : matchLocale(wish);
    if (locale !== null) return locale;
  }
  return "en";
}
