// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All colours and sizes, as custom properties that the shadow trees inside inherit. Blue is real data
// and orange is generated data, everywhere and only there; everything else is grey.

import { type CSSResult, css } from "lit";
import type { Theme } from "../platform/theme_choice";

/** Of an element that stands in any page: nothing of the page's own text style is inherited. */
export const rootStyles = css`
  :host {
    --text-small: 0.8125rem;
    --text-body: 1rem;
    --text-display: clamp(1.625rem, 1.1rem + 1.9cqi, 2.5rem);
    --radius: 10px;
    --radius-small: 7px;
    --header-height: 3.25rem;
    --control-height: 3rem;
    --footer-height: 2.5rem;
    --film-height: 2.75rem;
    --font:
      system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "PingFang SC",
      "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;

    all: initial;
    display: block;
    box-sizing: border-box;
    container-type: inline-size;
    background: var(--page);
    color: var(--ink);
    font: var(--text-body) / 1.5 var(--font);
    font-synthesis: none;
  }

  :host([hidden]) {
    display: none;
  }

  :lang(zh) {
    line-break: strict;
  }
`;

export const COLORS: Readonly<Record<Theme, CSSResult>> = {
  light: css`
    :host {
      color-scheme: light;
      --page: #f7f6f3;
      --surface: #ffffff;
      --sunken: #efede8;
      --ink: #1c1b1a;
      --ink-soft: #5d5a55;
      --line: #dedbd4;
      --line-strong: #8b877f;
      --primary: #1c1b1a;
      --primary-hover: #3a3835;
      --on-primary: #ffffff;
      --focus: #1c1b1a;
      --danger: #a3261b;
      --good: #3c7a5d;
      --real: #2468d6;
      --real-text: #1c57b8;
      --real-band: rgb(36 104 214 / 14%);
      --generated: #e0730d;
      --generated-text: #a44f00;
      --generated-band: rgb(224 115 13 / 16%);
      /* The two ends of an image's grey scale. */
      --pixel-off: #ffffff;
      --pixel-on: #16151a;
    }
  `,
  dark: css`
    :host {
      color-scheme: dark;
      --page: #131315;
      --surface: #1b1b1e;
      --sunken: #232327;
      --ink: #efedea;
      --ink-soft: #a5a29c;
      --line: #323136;
      --line-strong: #77747c;
      --primary: #efedea;
      --primary-hover: #ffffff;
      --on-primary: #131315;
      --focus: #efedea;
      --danger: #ff8f83;
      --good: #6fb894;
      --real: #6ea8ff;
      --real-text: #8ab8ff;
      --real-band: rgb(110 168 255 / 20%);
      --generated: #ff9a3d;
      --generated-text: #ffab5e;
      --generated-band: rgb(255 154 61 / 20%);
      --pixel-off: #1b1b1e;
      --pixel-on: #f6f4f0;
    }
  `,
};
