// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Where the core's problems with a config are.

import type { ConfigProblem, ConfigReport, Half } from "../engine/types";

/** A problem of one network. */
export interface Misfit {
  readonly problem: ConfigProblem;
  /** The number of its layer, from 0; null when it concerns the network as a whole. */
  readonly layer: number | null;
}

/** The first problem with the network's layers, if there is one. */
export function misfitOf(report: ConfigReport, network: Half): Misfit | null {
  for (const problem of [report.problem, report[network]?.problem]) {
    if (!problem) continue;
    const place = /^(\w+)(?:\.layers(?:\[(\d+)\](?:\.\w+)?)?)?$/.exec(problem.path);
    if (place?.[1] !== network) continue;
    return { problem, layer: place[2] === undefined ? null : Number(place[2]) };
  }
  return null;
}

/** The first problem of all. */
export function firstProblem(report: ConfigReport): ConfigProblem | null {
  const { problem, generator, discriminator } = report;
  return problem ?? generator?.problem ?? discriminator?.problem ?? null;
}
