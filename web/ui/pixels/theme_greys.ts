// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The grey scale of the theme that is shown.

import { cssColor } from "../platform/theme";
import { greyScale } from "./grey_scale";

export function themeGreys(): Uint32Array {
  return greyScale(cssColor("--pixel-off"), cssColor("--pixel-on"));
}
