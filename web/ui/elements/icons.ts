// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Icons on a 20 x 20 grid, in the colour of the surrounding text.

import { type SVGTemplateResult, svg } from "lit";

export const icon = (shape: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${shape}</svg>`;

export const playIcon = icon(svg`<path d="M6 4.2v11.6L15.5 10z" fill="currentColor" />`);
export const pauseIcon = icon(
  svg`<path d="M6.5 4.5v11M13.5 4.5v11" stroke-width="3" stroke-linecap="butt" />`,
);
export const stepIcon = icon(
  svg`<path d="M5 4.5v11L12 10z" fill="currentColor" /><path d="M15 4.5v11" />`,
);
export const resetIcon = icon(svg`<path d="M4.2 8a6.2 6.2 0 1 1-.2 3.6M4 4v4.2h4.2" />`);
export const noiseIcon = icon(svg`
  <path d="M4 4h.01M10 4h.01M16 4h.01M7 7h.01M13 7h.01M4 10h.01M10 10h.01M16 10h.01M7 13h.01M13
    13h.01M4 16h.01M10 16h.01M16 16h.01" stroke-width="2.4" />`);
export const settingsIcon = icon(svg`
  <path d="M3 6h7M14 6h3M3 14h3M10 14h7" /><circle cx="12" cy="6" r="2" /><circle cx="8" cy="14" r="2" />`);
export const themeIcon = icon(
  svg`<circle cx="10" cy="10" r="6.5" /><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />`,
);
export const closeIcon = icon(svg`<path d="M5 5l10 10M15 5L5 15" />`);
export const gaugeIcon = icon(svg`<path d="M4.4 15.6a7.5 7.5 0 1 1 11.2 0M10 11l3.2-4" />`);
export const diceIcon = icon(svg`<rect x="3.5" y="3.5" width="13" height="13" rx="2.5" />
  <path d="M7 7h.01M13 7h.01M10 10h.01M7 13h.01M13 13h.01" stroke-width="2.4" />`);
export const shareIcon = icon(
  svg`<path d="M10 12.5V3.5M6.5 6.5L10 3l3.5 3.5M5 10H4v6.5h12V10h-1" />`,
);
export const saveIcon = icon(svg`<path d="M10 3.5v9M6.5 9.5L10 13l3.5-3.5M4 16.5h12" />`);
export const upIcon = icon(svg`<path d="M10 15.5v-11M5.5 9L10 4.5 14.5 9" />`);
export const downIcon = icon(svg`<path d="M10 4.5v11M5.5 11l4.5 4.5 4.5-4.5" />`);
