// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The film of a run: which steps it keeps, its memory limit, the layout of the grid's cells, and the
// colours of a video.

import { describe, expect, it } from "vitest";
import { cellBox, cellUnder } from "../ui/pixels/grid_layout";
import { Film } from "../ui/state/film";
import { planesOf } from "../ui/train/film/video_planes";

const VALUES = Float32Array.of(-1, -0.5, 0, 1, 3, -3);

function steps(film: Film): number[] {
  return Array.from({ length: film.length }, (_, at) => film.at(at)?.step ?? -1);
}

describe("Film", () => {
  it("keeps its own copy of the samples as grey levels", () => {
    const film = new Film();
    const values = VALUES.slice();
    film.offer(0, values);
    values.fill(1);
    expect([...(film.at(0)?.levels ?? [])]).toEqual([0, 64, 128, 255, 255, 0]);
  });

  it("keeps every step at first, then ever fewer", () => {
    const film = new Film();
    for (let step = 0; step <= 1000; step += 1) film.offer(step, VALUES);
    const kept = steps(film);
    expect(kept.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const [at, step] of kept.slice(1).entries()) {
      const before = kept[at] ?? 0;
      expect(step - before).toBeGreaterThanOrEqual(Math.max(1, before * 0.06));
      expect(step - before).toBeLessThanOrEqual(Math.max(1, before * 0.06) + 1);
    }
  });

  it("keeps a million steps in bounded memory, including the first", () => {
    const film = new Film(40);
    for (let step = 0; step < 1_000_000; step += 97) film.offer(step, VALUES);
    expect(film.length).toBeLessThanOrEqual(40);
    expect(film.length).toBeGreaterThan(19);
    expect(steps(film)[0]).toBe(0);
    expect(steps(film)).toEqual([...steps(film)].sort((a, b) => a - b));
  });

  it("goes on from a step with what comes after it cut off", () => {
    const film = new Film();
    for (const step of [1, 2, 3, 40]) film.offer(step, VALUES);
    film.cutAfter(2);
    expect(steps(film)).toEqual([1, 2]);
    film.offer(3, VALUES);
    expect(steps(film)).toEqual([1, 2, 3]);
  });

  it("says from which step on it differs from what was saved", () => {
    const film = new Film();
    for (const step of [1, 2, 3, 40]) film.offer(step, VALUES);
    film.markSaved(40);
    expect(film.firstUnsavedStep).toBe(41);
    film.cutAfter(2);
    film.cutAfter(50);
    expect(film.firstUnsavedStep).toBe(3);
  });

  it("skips repeated and earlier steps", () => {
    const film = new Film();
    film.offer(5, VALUES);
    film.offer(5, VALUES);
    film.offer(3, VALUES);
    expect(steps(film)).toEqual([5]);
  });
});

describe("the cells of the grid", () => {
  it.each([
    [4, 400],
    [8, 611],
    [10, 333],
    [16, 358],
  ])("of %i columns in %i pixels are each found under their middle", (columns, width) => {
    for (let index = 0; index < columns * columns; index += 1) {
      const { x, y, size } = cellBox(index, columns, width);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + size).toBeLessThanOrEqual(width);
      expect(cellUnder({ x: x + size / 2, y: y + size / 2 }, columns, width)).toBe(index);
    }
    expect(cellUnder({ x: -1, y: 5 }, columns, width)).toBeNull();
    expect(cellUnder({ x: 5, y: width + columns * 30 }, columns, width)).toBeNull();
  });
});

const NOTHING = { step: 0, levels: new Uint8Array(0) };

describe("the planes of a video", () => {
  // The bars of ITU-R BT.709-6, and the ends of the range, by the formulae of its section 3.
  it.each([
    ["black", [0, 0, 0], [16, 128, 128]],
    ["white", [255, 255, 255], [235, 128, 128]],
    ["grey", [128, 128, 128], [126, 128, 128]],
    ["red", [255, 0, 0], [63, 102, 240]],
    ["green", [0, 255, 0], [173, 42, 26]],
    ["blue", [0, 0, 255], [32, 240, 118]],
    ["yellow", [255, 255, 0], [219, 16, 138]],
  ])("have %s as in BT.709, in limited range", (_, color, [y, u, v]) => {
    const draw = (): Uint8Array<ArrayBuffer> => Uint8Array.of(1, 1, 1, 1);
    const palette = [[1, 2, 3], color];
    const planes = planesOf({ snapshots: [], width: 2, palette, draw })(NOTHING);
    expect([...planes]).toEqual([y, y, y, y, u, v]);
    const [r = 0, g = 0, b = 0] = color;
    const pixel = ((0xff << 24) | (b << 16) | (g << 8) | r) >>> 0;
    const colored = { snapshots: [], width: 2, palette: null };
    const paint = (): Uint32Array<ArrayBuffer> => new Uint32Array(4).fill(pixel);
    expect([...planesOf({ ...colored, draw: paint })(NOTHING)]).toEqual([y, y, y, y, u, v]);
  });

  it("have the mean colour of two by two pixels, and the light of each", () => {
    const palette = [
      [0, 0, 0],
      [255, 0, 0],
    ];
    const index = Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0);
    const planes = planesOf({ snapshots: [], width: 4, palette, draw: () => index })(NOTHING);
    expect([...planes.subarray(0, 4)]).toEqual([16, 63, 16, 16]);
    expect([...planes.subarray(16)]).toEqual([122, 128, 102, 128, 156, 128, 240, 128]);
  });
});
