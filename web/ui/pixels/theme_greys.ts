// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A theme's grey scale.

import { cssColor } from "../platform/theme";
import { greyScale } from "./grey_scale";

/** The grey scale of the theme at an element. */
export function themeGreys(element: Element): Uint32Array {
  return greyScale(cssColor(element, "--pixel-off"), cssColor(element, "--pixel-on"));
}
