// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Changes parameters of a link.

import type { Parameters } from "./page_hooks";

export function changedUrl(href: string, parameters: Parameters): string {
  const url = new URL(href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  // Colons and commas are legal in a query and more readable unescaped.
  url.search = url.search.replaceAll("%3A", ":").replaceAll("%2C", ",");
  return url.href;
}

/** Whether the click asks for the same tab: a modifier key asks for a new tab or window. */
export function isPlain({ ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return !(ctrlKey || metaKey || shiftKey || altKey);
}
