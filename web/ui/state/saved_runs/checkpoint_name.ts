// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The name of a checkpoint's file.

import type { SavedRun } from "./run_storage";

export function checkpointName({ settings: { preset, seed }, step }: SavedRun): string {
  return `ganvas-${preset}-seed${seed}-${step}.safetensors`;
}
