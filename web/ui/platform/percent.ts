// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Shares in per cent.

import { formatFixed } from "./format";
import { spaceBetween } from "./i18n";

/** A share in per cent: 64 % or, in Chinese, 64%. */
export function formatPercent(share: number, digits: number): string {
  return `${formatFixed(100 * share, digits)}${spaceBetween()}%`;
}
