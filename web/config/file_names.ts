// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How the files of a run are named.

interface Run {
  readonly preset: string;
  readonly seed: number;
}

/** What the names of all files of a run start with. */
export function fileName({ preset, seed }: Run): string {
  return `ganvas-${preset}-seed${seed}`;
}

export function checkpointName(run: Run, step: number | string): string {
  return `${fileName(run)}-${step}.safetensors`;
}
