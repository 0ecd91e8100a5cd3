// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Changes parameters of the page's address.

/** Sets or, with null, removes parameters of the address without a new entry in the history. */
export function writeAddress(parameters: Readonly<Record<string, string | null>>): void {
  history.replaceState(history.state, "", changedUrl(location.href, parameters));
}

export function changedUrl(
  href: string,
  parameters: Readonly<Record<string, string | null>>,
): string {
  const url = new URL(href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  // A query may hold these as they are, and a person reads them better so.
  url.search = url.search.replaceAll("%3A", ":").replaceAll("%2C", ",");
  return url.href;
}
