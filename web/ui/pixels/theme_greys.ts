// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The current theme's grey scale.

import { cssColor } from "../platform/theme";
import { greyScale } from "./grey_scale";

export function themeGreys(): Uint32Array {
  return greyScale(cssColor("--pixel-off"), cssColor("--pixel-on"));
}
