// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The experiments as data: two configs that differ in one setting, their length, what is measured,
// and when the result counts as shown. tests/bench/experiments.mjs measures how often it is.

import type { LayerConfig, SessionConfig } from "../engine/types";
import type { ExperimentName } from "./chapters";
import type { FigureName, Figures } from "./findings";

export interface Experiment {
  readonly name: ExperimentName;
  readonly data: "ring" | "digits";
  readonly healthy: SessionConfig;
  readonly broken: SessionConfig;
  readonly steps: number;
  /** Steps between measurements. */
  readonly every: number;
  /** Most important first; the first is plotted over the steps. */
  readonly figures: readonly FigureName[];
  /** Whether the last measurements show the intended effect. */
  shows(healthy: Figures, broken: Figures): boolean;
}

/** Eight spots on a circle, in 2-d points: modes that can be counted. */
const RING = { preset: "toy2d", data: "ring" } as const satisfies SessionConfig;

const CRITIC: readonly LayerConfig[] = [
  { type: "linear", out_features: 64 },
  { type: "leaky_relu", negative_slope: 0.2 },
  { type: "linear", out_features: 64 },
  { type: "leaky_relu", negative_slope: 0.2 },
  { type: "linear", out_features: 1 },
];

/** WGAN-GP: lossD and lossG have exactly opposite gradients for a fake. */
const WASSERSTEIN = {
  ...RING,
  objective: "wgan",
  gradient_penalty: 0.3,
  generator: { optimizer: { lr: 1e-3, beta1: 0 } },
  discriminator: { layers: CRITIC, optimizer: { lr: 3e-3, beta1: 0 } },
} as const satisfies SessionConfig;

/** Against a generator with learning rate 5e-3. */
const GENTLE = { optimizer: { lr: 1e-3 } } as const;
const STRONG = { updates: 3, optimizer: { lr: 3e-3 } } as const;

const of = (figures: Figures, name: FigureName): number => figures[name] ?? Number.NaN;

/** D is sure of every fake, G's gradient is small, and its digits stay unreadable. */
function starved(healthy: Figures, broken: Figures): boolean {
  return (
    of(broken, "dFake") < 0.01 &&
    of(broken, "gradientG") < of(healthy, "gradientG") / 2 &&
    of(broken, "readable") < of(healthy, "readable") * 0.7
  );
}

export const ALL_EXPERIMENTS: Readonly<Record<ExperimentName, Experiment>> = {
  collapse: {
    name: "collapse",
    data: "ring",
    healthy: RING,
    broken: { ...RING, generator: { optimizer: { lr: 2e-2 } } },
    steps: 4000,
    every: 100,
    figures: ["modes", "onSpots", "dFake"],
    shows: (healthy, broken) => of(healthy, "modes") >= 7 && of(broken, "modes") <= 3,
  },
  detach: {
    name: "detach",
    data: "ring",
    healthy: WASSERSTEIN,
    broken: { ...WASSERSTEIN, detach: false },
    steps: 2000,
    every: 50,
    figures: ["onSpots", "modes", "cosine", "left"],
    shows: (healthy, broken) => of(healthy, "onSpots") > 0.5 && of(broken, "onSpots") < 0.1,
  },
  strong: {
    name: "strong",
    data: "digits",
    healthy: { preset: "quick", objective: "minimax", discriminator: GENTLE },
    broken: { preset: "quick", objective: "minimax", discriminator: STRONG },
    steps: 400,
    every: 20,
    figures: ["readable", "dFake", "gradientG"],
    shows: starved,
  },
  saturating: {
    name: "saturating",
    data: "digits",
    healthy: { preset: "quick", objective: "bce", discriminator: STRONG },
    broken: { preset: "quick", objective: "minimax", discriminator: STRONG },
    steps: 400,
    every: 20,
    figures: ["readable", "dFake", "gradientG"],
    shows: starved,
  },
};
