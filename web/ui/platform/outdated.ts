// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether the site's build that is kept or served now is another than the one that runs in this tab.

export async function isOutdated(): Promise<boolean> {
  const entry = document.querySelector("script[type=module]")?.getAttribute("src") ?? "";
  const response = await fetch("index.html", { cache: "no-cache" }).catch(() => null);
  return response?.ok === true && !(await response.text()).includes(entry);
}
