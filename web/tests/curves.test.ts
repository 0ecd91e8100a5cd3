// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Binned curves, compared with a naive computation over the full history; and how they are smoothed and thinned.

import { describe, expect, it } from "vitest";
import { smooth } from "../ui/charts/curve_data";
import { ThinnedCurve } from "../ui/charts/thinned_curve";
import { Curves } from "../ui/state/curves";
import { toCsv } from "../ui/state/history_csv";
import { PART_ROWS, StepHistory } from "../ui/state/step_history";

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

/** Every row of a history's parts. */
function rowsOf(kept: StepHistory): number[] {
  return kept.parts().flatMap((part) => [...part]);
}

/** Every `stride`-th step. */
function everyNth(rows: Float32Array, stride: number): number[] {
  return [...rows].filter((_, index) => Math.floor(index / COLUMNS) % stride === 0);
}

describe("a smoothed curve", () => {
  it("stays at a constant value from the start, and follows others slowly", () => {
    expect(smooth([2, 2, 2], 0.9).map((value) => value.toFixed(6))).toEqual(
      Array(3).fill("2.000000"),
    );
    expect(smooth([0, 1], 0.5)[1]).toBeCloseTo(2 / 3);
    expect(smooth([3, 1], 0)).toEqual([3, 1]);
  });
});

describe("a thinned curve", () => {
  it("has the first value and the last, at even distances between them, and a bounded number", () => {
    const curve = new ThinnedCurve(6);
    for (let step = 0; step <= 100; step += 1) {
      curve.add(step, 2 * step);
      const { steps, mean } = curve.table();
      expect(steps[0]).toBe(0);
      expect(steps.at(-1)).toBe(step);
      expect(steps.length).toBeLessThanOrEqual(6);
      expect(mean).toEqual([steps.map((one) => 2 * one)]);
      const distances = steps.slice(1).map((one, at) => one - (steps[at] ?? 0));
      const last = distances.pop() ?? 0;
      expect(new Set(distances).size).toBeLessThanOrEqual(1);
      expect(last).toBeLessThanOrEqual(distances[0] ?? 1);
    }
    expect(curve.table().steps).toEqual([0, 32, 64, 96, 100]);
  });
});

describe("StepHistory, of more steps than rows", () => {
  const most = 2 * PART_ROWS;
  const rows = history(5 * most + 77);
  /** Adds steps in portions of many sizes. */
  const add = (to: Pick<StepHistory, "add">, from: number, until: number): void => {
    for (let step = from, size = 1; step < until; step += size, size = (size * 7) % 997) {
      to.add(rows.subarray(step * COLUMNS, Math.min(step + size, until) * COLUMNS));
    }
  };

  it.each([most, most + 1, 2 * most, 2 * most + 3, 5 * most + 77])(
    "keeps every second, fourth or eighth of %i",
    (steps) => {
      const kept = new StepHistory(most);
      add(kept, 0, steps);
      expect([kept.length, kept.first, kept.last]).toEqual([steps, 1, steps]);
      let stride = 1;
      while (Math.ceil(steps / stride) > most) stride *= 2;
      expect(kept.stride).toBe(stride);
      expect(rowsOf(kept)).toEqual(everyNth(rows.subarray(0, steps * COLUMNS), stride));
    },
  );

  it("goes on after a cut, or after what was saved, as if nothing had happened", () => {
    const [unbroken, restored] = [new StepHistory(most), new StepHistory(most)];
    unbroken.clear(501);
    add(unbroken, 0, 3 * most + 5);
    const { first, last, stride } = unbroken;
    const parts = unbroken.parts().map((part) => part.slice());
    restored.restore({ parts, first, last, stride });
    add(restored, 3 * most + 5, 3 * most + 50);
    restored.cutAfter(500 + 3 * most + 7);
    add(restored, 3 * most + 7, 5 * most);
    add(unbroken, 3 * most + 5, 5 * most);
    expect([restored.last, restored.stride]).toEqual([500 + 5 * most, 8]);
    expect(rowsOf(restored)).toEqual(rowsOf(unbroken));
  });

  it("thins what was saved with more rows", () => {
    const kept = new StepHistory(most);
    kept.restore({ parts: [rows], first: 1, last: 5 * most + 77, stride: 1 });
    expect([kept.stride, kept.last]).toEqual([8, 5 * most + 77]);
    expect(rowsOf(kept)).toEqual(everyNth(rows, 8));
  });

  it("is saved anew once it has been thinned, and then again by parts", () => {
    const kept = new StepHistory(most);
    add(kept, 0, most);
    kept.markSaved(most);
    expect(kept.firstUnsavedPart).toBe(2);
    const saved = kept.parts();
    add(kept, most, most + 1);
    expect(kept.firstUnsavedPart).toBe(0);
    // A save that is being written is not changed.
    expect(saved.flatMap((part) => [...part])).toEqual([...rows.subarray(0, most * COLUMNS)]);
    kept.markSaved(most + 1);
    expect(kept.firstUnsavedPart).toBe(1);
    expect(kept.parts(most / 2).length).toBe(1);
  });

  it("is written as CSV with the numbers of its steps", () => {
    const kept = new StepHistory(most);
    kept.clear(11);
    add(kept, 0, 3 * most);
    const lines = toCsv(kept).join("").trim().split("\n").slice(1);
    const numbers = lines.map((line) => Number(line.split(",")[0]));
    expect(numbers).toEqual(lines.map((_, index) => 11 + 4 * index));
    expect(numbers.length).toBe((3 * most) / 4);
  });

  it("is drawn as curves in which a row stands for the steps up to the next", () => {
    const curves = new Curves(8);
    const steps = 4 * 300 + 1;
    const kept = history(steps).filter((_, index) => Math.floor(index / COLUMNS) % 4 === 0);
    curves.restore({ parts: [kept], first: 1, last: steps, stride: 4 });
    const repeated = Float32Array.from({ length: steps * COLUMNS }, (_, index) => {
      const [step, metric] = [Math.floor(index / COLUMNS), index % COLUMNS];
      return kept[Math.floor(step / 4) * COLUMNS + metric] ?? Number.NaN;
    });
    const expected = new Curves(8);
    expected.add(repeated);
    const [table, naively] = [curves.table(), expected.table()];
    expect(table.steps).toEqual(naively.steps);
    expect([table.min, table.max]).toEqual([naively.min, naively.max]);
    for (const [metric, means] of table.mean.entries()) {
      for (const [bin, mean] of means.entries()) {
        expect(mean).toBeCloseTo(naively.mean[metric]?.[bin] ?? Number.NaN, 9);
      }
    }
  });
});

describe("StepHistory", () => {
  const steps = 2 * PART_ROWS + 10;

  it("gives back every step, in parts", () => {
    const kept = new StepHistory();
    const rows = history(steps);
    for (let at = 0; at < steps; at += 777) {
      kept.add(rows.subarray(at * COLUMNS, (at + 777) * COLUMNS));
    }
    const parts = kept.parts();
    expect(parts.map((part) => part.length / COLUMNS)).toEqual([PART_ROWS, PART_ROWS, 10]);
    expect(parts.flatMap((part) => [...part])).toEqual([...rows]);
    expect(kept.parts(PART_ROWS).flatMap((part) => [...part])).toEqual([
      ...rows.subarray(0, PART_ROWS * COLUMNS),
    ]);
  });

  it("knows which parts have changed since they were saved", () => {
    const kept = new StepHistory();
    kept.clear(101);
    kept.add(history(steps));
    expect(kept.firstUnsavedPart).toBe(0);
    kept.markSaved(kept.last);
    expect(kept.firstUnsavedPart).toBe(2);
    kept.cutAfter(100 + PART_ROWS + 5);
    expect(kept.firstUnsavedPart).toBe(1);
    kept.cutAfter(5);
    expect([kept.length, kept.firstUnsavedPart]).toEqual([0, 0]);
  });

  it("is written as CSV with a row for each step, from which every float32 is read again", () => {
    const kept = new StepHistory();
    kept.clear(12);
    const rows = history(PART_ROWS + 3);
    rows[5] = Number.NaN;
    rows[6] = 1e-30;
    kept.add(rows);
    const [header, ...lines] = toCsv(kept).join("").trim().split("\n");
    expect(header).toBe("step,lossD,lossG,dReal,dFake");
    const read = lines.map((line) => line.split(",").map(Number));
    expect(read.map(([step]) => step)).toEqual(lines.map((_, index) => 12 + index));
    expect(read.flatMap(([, ...values]) => values.map(Math.fround))).toEqual([...rows]);
    const digits = lines.map((line) => line.replace(/^\d+,|e-?\d+|[^\d,]|\b0+/g, "").split(","));
    expect(Math.max(...digits.flat().map(({ length }) => length))).toBe(9);
  });
});
