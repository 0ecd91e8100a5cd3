// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What is measured of an experiment's two runs.

/** A figure that is followed while a run goes on. */
export type FigureName =
  /** How many of the ring's eight spots the samples reach. */
  | "modes"
  /** The share of samples that lie on a spot. */
  | "onSpots"
  /** Of the digits asked for, the share that a classifier reads as such. */
  | "readable"
  /** Mean D(G(z)) of the steps since the last look. */
  | "dFake"
  /** Mean lossG of the steps since the last look. */
  | "lossG"
  /** Euclidean norm of G's whole gradient in the last step. */
  | "gradientG"
  /** Cosine between what leaks from lossD into G and lossG's own gradient. */
  | "cosine"
  /** The share of lossG's own gradient that is left of it once the leak is added. */
  | "left";

export type Figures = Readonly<Partial<Record<FigureName, number>>>;

/** How both runs stood at the last look; of figures of one step alone, the middle of all looks. */
export interface Findings {
  readonly steps: number;
  readonly healthy: Figures;
  readonly broken: Figures;
  /** Whether what the experiment is meant to show was seen. */
  readonly shown: boolean;
}
