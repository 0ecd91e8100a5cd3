// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The chapters of Learn in order: eight stations that follow one training step, then four
// experiments; and the name of each in the address.

export const STATIONS = [
  "pixels",
  "noise",
  "generator",
  "real",
  "fake",
  "losses",
  "train_d",
  "train_g",
] as const;
export type Station = (typeof STATIONS)[number];

export const EXPERIMENTS = ["collapse", "detach", "strong", "saturating"] as const;
export type ExperimentName = (typeof EXPERIMENTS)[number];

export type Chapter =
  | { readonly kind: "station"; readonly name: Station; readonly index: number }
  | { readonly kind: "experiment"; readonly name: ExperimentName; readonly index: number };

export const CHAPTERS: readonly Chapter[] = [
  ...STATIONS.map((name, index) => ({ kind: "station" as const, name, index })),
  ...EXPERIMENTS.map((name, index) => ({ kind: "experiment" as const, name, index })),
];

export interface Found {
  readonly chapter: Chapter;
  /** A station or experiment in the address that does not exist. */
  readonly problem: { readonly name: string; readonly value: string } | null;
}

const FIRST = CHAPTERS[0] as Chapter;

/** `?station=5` or `?experiment=collapse`; without either, the first station. */
export function readChapter(search: string): Found {
  const address = new URLSearchParams(search);
  for (const name of ["experiment", "station"] as const) {
    const value = address.get(name);
    if (value === null) continue;
    const chapter = CHAPTERS.find((each) => each.kind === name && nameInAddress(each) === value);
    return chapter === undefined
      ? { chapter: FIRST, problem: { name, value } }
      : { chapter, problem: null };
  }
  return { chapter: FIRST, problem: null };
}

/** The link parameters of a chapter. */
export function addressOf(chapter: Chapter): Record<"station" | "experiment", string | null> {
  return { station: null, experiment: null, [chapter.kind]: nameInAddress(chapter) };
}

/** Stations are numbered from 1, as in "station 5". */
function nameInAddress(chapter: Chapter): string {
  return chapter.kind === "station" ? String(chapter.index + 1) : chapter.name;
}
