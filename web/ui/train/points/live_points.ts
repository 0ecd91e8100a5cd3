// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The generated points on the page. Right after a switch the samples can still be digits, from the
// pretrained network or the previous run.

import type { Live } from "../../state/store";

/** (n, 2); null while the samples are not points. */
export function generatedPoints({ samples }: Live): Float32Array<ArrayBuffer> | null {
  return samples !== null && samples.values.length === 2 * samples.side ** 2
    ? samples.values
    : null;
}
