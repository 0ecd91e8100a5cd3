// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Binned curves, compared with a naive computation over the full history.

import { describe, expect, it } from "vitest";
import { Curves } from "../ui/state/curves";
import { toCsv } from "../ui/state/history_csv";
import { PART_STEPS, StepHistory } from "../ui/state/step_history";

const COLUMNS = 4;

function history(steps: number): Float32Array {
  return Float32Array.from({ length: steps * COLUMNS }, (_, index) => {
    const [step, metric] = [Math.floor(index / COLUMNS), index % COLUMNS];
    return Math.sin(step * 0.37 + metric) * (metric + 1) + step / 1000;
  });
}

/** Reference: bins of the smallest power of two that gives at most `capacity` bins. */
function naive(rows: Float32Array, capacity: number) {
  const steps = rows.length / COLUMNS;
  let stride = 1;
  while (Math.ceil(steps / stride) > capacity) stride *= 2;
  const bins: { middle: number; mean: number[]; min: number[]; max: number[] }[] = [];
  for (let start = 0; start < steps; start += stride) {
    const end = Math.min(start + stride, steps);
    const metric = (m: number) =>
      Array.from({ length: end - start }, (_, i) => rows[(start + i) * COLUMNS + m] ?? Number.NaN);
    const columns = [0, 1, 2, 3].map(metric);
    bins.push({
      middle: (start + 1 + end) / 2,
      mean: columns.map((values) => values.reduce((a, b) => a + b, 0) / values.length),
      min: columns.map((values) => Math.min(...values)),
      max: columns.map((values) => Math.max(...values)),
    });
  }
  return bins;
}

describe("Curves", () => {
  it.each([0, 1, 7, 8, 9, 16, 17, 31, 1000, 4097])(
    "bins %i steps as a naive pass does",
    (steps) => {
      const rows = history(steps);
      const curves = new Curves(8);
      curves.add(rows);
      const table = curves.table();
      const expected = naive(rows, 8);
      expect(curves.length).toBe(steps);
      expect(table.steps).toEqual(expected.map(({ middle }) => middle));
      for (let metric = 0; metric < COLUMNS; metric += 1) {
        expected.forEach((bin, index) => {
          expect(table.mean[metric]?.[index]).toBeCloseTo(bin.mean[metric] ?? Number.NaN, 9);
          expect(table.min[metric]?.[index]).toBe(bin.min[metric]);
          expect(table.max[metric]?.[index]).toBe(bin.max[metric]);
        });
      }
    },
  );

  it("gives the same bins however steps are grouped", () => {
    const rows = history(5000);
    const whole = new Curves(64);
    whole.add(rows);
    const portions = new Curves(64);
    for (let step = 0, size = 1; step < 5000; step += size, size = (size * 7) % 97) {
      portions.add(rows.subarray(step * COLUMNS, Math.min(step + size, 5000) * COLUMNS));
    }
    expect(portions.table()).toEqual(whole.table());
  });

  it("keeps 100,000 steps within its bins", () => {
    const curves = new Curves();
    const portion = history(1000);
    for (let i = 0; i < 100; i += 1) curves.add(portion);
    expect(curves.length).toBe(100_000);
    expect(curves.table().steps.length).toBeGreaterThan(256);
    expect(curves.table().steps.length).toBeLessThanOrEqual(512);
  });

  it("restarts at the given step after clear", () => {
    const curves = new Curves(8);
    curves.add(history(100));
    curves.clear(501);
    expect(curves.table().steps).toEqual([]);
    curves.add(history(2));
    expect(curves.table().steps).toEqual([501, 502]);
    expect(curves.table().min[0]).toEqual([...history(2)].filter((_, index) => index % 4 === 0));
  });

  it("bins what is left after a cut as if the rest had never been added", () => {
    const [whole, cut] = [new Curves(8), new Curves(8)];
    whole.add(history(37));
    cut.add(history(100));
    cut.cutAfter(37);
    expect(cut.table()).toEqual(whole.table());
    cut.add(history(100).subarray(37 * COLUMNS));
    expect(cut.history.last).toBe(100);
  });
});

describe("StepHistory", () => {
  const steps = 2 * PART_STEPS + 10;

  it("gives back every step, in parts", () => {
    const kept = new StepHistory();
    const rows = history(steps);
    for (let at = 0; at < steps; at += 777) {
      kept.add(rows.subarray(at * COLUMNS, (at + 777) * COLUMNS));
    }
    const parts = kept.parts();
    expect(parts.map((part) => part.length / COLUMNS)).toEqual([PART_STEPS, PART_STEPS, 10]);
    expect(parts.flatMap((part) => [...part])).toEqual([...rows]);
    expect(kept.parts(PART_STEPS).flatMap((part) => [...part])).toEqual([
      ...rows.subarray(0, PART_STEPS * COLUMNS),
    ]);
  });

  it("knows which parts have changed since they were saved", () => {
    const kept = new StepHistory();
    kept.clear(101);
    kept.add(history(steps));
    expect(kept.firstUnsavedPart).toBe(0);
    kept.markSaved(kept.last);
    expect(kept.firstUnsavedPart).toBe(2);
    kept.cutAfter(100 + PART_STEPS + 5);
    expect(kept.firstUnsavedPart).toBe(1);
    kept.cutAfter(5);
    expect([kept.length, kept.firstUnsavedPart]).toEqual([0, 0]);
  });

  it("is written as CSV with a row for each step, from which every float32 is read again", () => {
    const kept = new StepHistory();
    kept.clear(12);
    const rows = history(PART_STEPS + 3);
    rows[5] = Number.NaN;
    rows[6] = 1e-30;
    kept.add(rows);
    const [header, ...lines] = toCsv(kept).join("").trim().split("\n");
    expect(header).toBe("step,lossD,lossG,dReal,dFake");
    const read = lines.map((line) => line.split(",").map(Number));
    expect(read.map(([step]) => step)).toEqual(lines.map((_, index) => 12 + index));
    expect(read.flatMap(([, ...values]) => values.map(Math.fround))).toEqual([...rows]);
  });
});
