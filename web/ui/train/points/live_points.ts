// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The generated points among what the page shows, which for a moment may still be digits: those of
// the pretrained network, or of the run before.

import type { Live } from "../../state/store";

/** (n, 2), or null while the samples are no points. */
export function generatedPoints({ samples }: Live): Float32Array<ArrayBuffer> | null {
  return samples !== null && samples.values.length === 2 * samples.side ** 2
    ? samples.values
    : null;
}
