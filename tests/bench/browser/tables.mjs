// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The results as Markdown tables.

import { CONTENDERS, WORKLOADS } from "./catalogue.mjs";

/** @typedef {import("./bench.mjs").Outcome} Outcome */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(
    Math.ceil(middle - 1),
    Math.floor(middle) + 1,
  );
  return (low + high) / 2;
}

/** Three significant digits. @param {number} value */
export function significant(value) {
  const places = Math.max(0, 2 - Math.floor(Math.log10(value)));
  return Number(value.toPrecision(3)).toFixed(Math.min(places, 20));
}

/** @param {string[]} cells */
const row = (cells) => `| ${cells.join(" | ")} |`;

/**
 * @param {{ rounds: number, workloads: string[], contenders: string[] }} options
 * @param {(contender: string, workload: string) => Outcome | undefined} outcomeOf
 */
export function ratesTable({ rounds, workloads, contenders }, outcomeOf) {
  /** @type {string[]} */
  const notes = [];
  /** @param {string} note */
  const noted = (note) => {
    if (!notes.includes(note)) notes.push(note);
    return `[${notes.indexOf(note) + 1}]`;
  };
  /** @param {string} contender @param {string} workload */
  const rate = (contender, workload) => {
    const { rates = [] } = outcomeOf(contender, workload) ?? {};
    return rates.length === 0 ? null : median(rates);
  };
  /** @param {string} contender @param {string} workload */
  const cell = (contender, workload) => {
    const { failures = [], once = false } = outcomeOf(contender, workload) ?? {};
    const [reason = ""] = failures;
    const value = rate(contender, workload);
    if (value === null) {
      return reason.startsWith("> ") ? `${reason} per step` : `cannot train ${noted(reason)}`;
    }
    const marks = [];
    if (once) marks.push(noted("A step takes more than 10 s; measured once."));
    if (failures.length > 0)
      marks.push(noted(`Failed in ${failures.length} of ${rounds} rounds: ${reason}.`));
    const gflop = WORKLOADS[workload]?.gflop ?? null;
    const flops = gflop === null ? "" : `(${significant(value * gflop)} GFLOP/s)`;
    return [significant(value), flops, ...marks].filter((part) => part !== "").join(" ");
  };
  const lines = [
    row([
      "steps/s",
      ...workloads.map(
        (name) => `${name} ${WORKLOADS[name]?.preset}, batch ${WORKLOADS[name]?.batch}`,
      ),
    ]),
    row(["---", ...workloads.map(() => "--:")]),
    ...contenders.map((name) =>
      row([CONTENDERS[name]?.title ?? name, ...workloads.map((workload) => cell(name, workload))]),
    ),
  ];
  const peers = contenders.filter((name) => CONTENDERS[name]?.library !== "ganvas");
  for (const ours of contenders.filter((name) => !peers.includes(name))) {
    if (peers.length === 0) continue;
    const ratios = workloads.map((workload) => {
      const best = Math.max(...peers.map((name) => rate(name, workload) ?? 0));
      const own = rate(ours, workload);
      return own === null || best === 0 ? "" : `${significant(own / best)} x`;
    });
    lines.push(row([`${CONTENDERS[ours]?.title} / best peer`, ...ratios]));
  }
  lines.push("", `Medians of ${rounds} interleaved rounds.`);
  // Blank lines keep the notes separate in Markdown.
  return [...lines, ...notes.map((note, index) => `\n[${index + 1}] ${note}`)].join("\n");
}

/** @param {{ workload: string, cold: number, steady: number }[]} rows */
export function coldTable(rows) {
  return [
    row(["workload", "first 100 steps", "100 steady steps", "ratio"]),
    row(["---", "--:", "--:", "--:"]),
    ...rows.map(({ workload, cold, steady }) =>
      row([
        `${workload} ${WORKLOADS[workload]?.preset}`,
        `${cold.toFixed(0)} ms`,
        `${steady.toFixed(0)} ms`,
        (cold / steady).toFixed(2),
      ]),
    ),
  ].join("\n");
}
