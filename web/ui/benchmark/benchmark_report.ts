// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The benchmark's results as a Markdown table for comparing devices: browser, cores, figures.

import type { SerializedError } from "../../engine/errors";
import { type Engine, gigaflops, type Outcomes, type Plan } from "./benchmark";

/** Texts and number formats of the page's language. */
export interface Words {
  readonly engine: string;
  readonly stepsPerSecond: string;
  readonly cores: string;
  readonly describe: (engine: Engine) => string;
  readonly reason: (error: SerializedError) => string;
  readonly figure: (value: number) => string;
}

/** One row per cell with an outcome, in the order of measurement. */
export function writeReport(
  { cells }: Plan,
  outcomes: Outcomes,
  userAgent: string,
  words: Words,
): string {
  const rows = [
    [words.engine, "GAN", words.stepsPerSecond, "GFLOP/s"],
    ["---", "---", "---:", "---:"],
  ];
  for (const { engine, preset } of cells) {
    const outcome = outcomes.get(engine, preset);
    const start = [words.describe(engine), preset];
    if (outcome.status === "measured") {
      const numbers = [outcome.figures.stepsPerSecond, gigaflops(outcome.figures)];
      rows.push([...start, ...numbers.map(words.figure)]);
    } else if (outcome.status === "failed") {
      rows.push([...start, words.reason(outcome.error), ""]);
    }
  }
  const table = rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
  return `Ganvas · ${browserName(userAgent)} · ${words.cores}\n\n${table}\n`;
}

// In this order, since most browsers also claim to be those below them.
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ["Edge", /Edg(?:A|iOS)?\/([\d.]+)/],
  ["Opera", /OPR\/([\d.]+)/],
  ["Samsung Internet", /SamsungBrowser\/([\d.]+)/],
  ["Firefox", /(?:Firefox|FxiOS)\/([\d.]+)/],
  ["Chrome", /(?:Chrome|CriOS)\/([\d.]+)/],
  ["Safari", /Version\/([\d.]+).* Safari\//],
];

/** For example "Firefox 145.0"; the whole user agent string for unknown browsers. */
export function browserName(userAgent: string): string {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return userAgent;
}
