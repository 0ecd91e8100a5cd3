// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Changes parameters of the page's address.

/** Sets parameters of the address, or removes them (null), without a new history entry. */
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
  // Colons and commas are legal in a query and more readable unescaped.
  url.search = url.search.replaceAll("%3A", ":").replaceAll("%2C", ",");
  return url.href;
}
