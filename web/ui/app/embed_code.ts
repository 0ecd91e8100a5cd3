// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// HTML that shows what a link opens on another page.

import { isParameter } from "./parameters";

/** A frame with the site. With threads if the page around it is isolated and allows them. */
export function frameCode(link: string): string {
  return `<iframe src="${escaped(link)}" title="Ganvas" width="100%" height="800"
  allow="cross-origin-isolated; clipboard-write" loading="lazy"></iframe>`;
}

/** The element of the package, with the link's parameters as attributes. */
export function elementCode(link: string): string {
  const attributes = [...new URL(link).searchParams]
    .filter(([name]) => /^[\w.]+$/.test(name) && isParameter(name))
    .map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<script type="module">import "ganvas/element";</script>
<ganvas-app${attributes.join("")} assets="ganvas-data/"></ganvas-app>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
