// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Measurements of an experiment's two runs.

/** A figure that is measured at intervals during a run. */
export type FigureName =
  /** How many of the ring's eight spots the samples reach. */
  | "modes"
  /** The share of samples that lie on a spot. */
  | "onSpots"
  /** The share of digits that a classifier reads as the requested label. */
  | "readable"
  /** Mean D(G(z)) of the steps since the last measurement. */
  | "dFake"
  /** Mean lossG of the steps since the last measurement. */
  | "lossG"
  /** Euclidean norm of G's whole gradient in the last step. */
  | "gradientG"
  /** Cosine between the gradient that leaks from lossD into G and lossG's own. */
  | "cosine"
  /** Norm of G's total gradient (own plus leak) divided by the norm of lossG's own. */
  | "left";

export type Figures = Readonly<Partial<Record<FigureName, number>>>;

/**
 * Figures of both runs at the last measurement; single-step figures are medians of all
 * measurements.
 */
export interface Findings {
  readonly steps: number;
  readonly healthy: Figures;
  readonly broken: Figures;
  /** Whether the intended effect was observed. */
  readonly shown: boolean;
}
