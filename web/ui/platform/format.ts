// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Number formats of the page's language.

import { getLocale } from "./i18n";

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${getLocale()} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.NumberFormat(getLocale(), options);
    formatters.set(key, found);
  }
  return found;
}

/** 12,345 */
export function formatCount(value: number): string {
  return formatter({ maximumFractionDigits: 0 }).format(value);
}

/** 12K or 1.2万, for axes. */
export function formatShort(value: number, digits = 1): string {
  return formatter({ notation: "compact", maximumFractionDigits: digits }).format(value);
}

/** A fixed number of digits after the point, so that changing numbers do not jump; a dash for NaN. */
export function formatFixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return "–";
  return formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** Like formatFixed, but writes numbers too small for the digits as "< 0.001", not "0.000". */
export function formatSmall(value: number, digits: number): string {
  const least = 10 ** -digits;
  return value < least ? `< ${formatFixed(least, digits)}` : formatFixed(value, digits);
}

/** Three significant digits: 0.123, 45.6, 7,890. */
export function formatFigure(value: number): string {
  return formatter({ minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(value);
}

/** 61 kB, 1.6 MB */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const options = { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  // Chinese has a plain space here; a no-break space keeps number and unit together.
  return formatter(options).format(value).replace(" ", "\u00a0");
}

/** A text of somebody else's, such as a link's, that may be of any length. */
export function shorten(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
