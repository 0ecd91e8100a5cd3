// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the network and layer that the core's problem with a config concerns.

import type { ConfigProblem, ConfigReport, Half } from "../engine/types";

/** A problem with one network. */
export interface Misfit {
  readonly problem: ConfigProblem;
  /** Index of the layer; null if the problem concerns the whole network. */
  readonly layer: number | null;
}

/** The first problem with the network; null if it has none. */
export function misfitOf(report: ConfigReport, network: Half): Misfit | null {
  for (const problem of [report.problem, report[network]?.problem]) {
    if (!problem) continue;
    const place = /^(\w+)(?:\.layers(?:\[(\d+)\](?:\.\w+)?)?)?$/.exec(problem.path);
    if (place?.[1] !== network) continue;
    return { problem, layer: place[2] === undefined ? null : Number(place[2]) };
  }
  return null;
}

/** The config's first problem; null if it is valid. */
export function firstProblem(report: ConfigReport): ConfigProblem | null {
  const { problem, generator, discriminator } = report;
  return problem ?? generator?.problem ?? discriminator?.problem ?? null;
}
