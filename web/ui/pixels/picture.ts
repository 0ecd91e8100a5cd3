// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Signed numbers as colours: blue where they pull towards real, orange towards generated, the more
// opaque the larger.

import { cssColor } from "../platform/theme";
import { parseHex } from "./grey_scale";

/** RGBA bytes of values, in parts of the largest. */
export function paintSigned(data: Uint8ClampedArray, values: Float32Array): void {
  const [real = [], generated = []] = ["--real", "--generated"].map((name) =>
    parseHex(cssColor(name)),
  );
  const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
  for (const [at, value] of values.entries()) {
    const color = value > 0 ? real : generated;
    data.set([...color, Math.round((255 * Math.abs(value)) / most)], 4 * at);
  }
}
