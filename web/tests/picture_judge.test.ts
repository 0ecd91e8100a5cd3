// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge of other pictures, as the compiled module in Node, on digits taken for any pictures: what
// nobody has trained on, copies, and noise.

import { beforeAll, expect, it } from "vitest";
import { loadMnist } from "../engine/mnist";
import { loadPictureJudge, type PictureJudge } from "../engine/picture_judge";
import { codeOf } from "./error_codes";
import { mnistFiles } from "./real_assets";

const SIDE = 28;
const SIZE = SIDE * SIDE;
const SET = 200;

let judge: PictureJudge;
let set: Uint8Array<ArrayBuffer>;
let unseen: Uint8Array<ArrayBuffer>;

function normalised(pixels: Uint8Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(pixels, (pixel) => pixel / 127.5 - 1);
}

beforeAll(async () => {
  const { images } = await loadMnist(mnistFiles(2 * SET));
  set = images.slice(0, SET * SIZE);
  unseen = images.slice(SET * SIZE);
  judge = await loadPictureJudge({ channels: 1, side: SIDE, pixels: set }, { tier: "simd" });
}, 60_000);

it("finds each picture that is moved by a pixel, at hardly any distance", () => {
  const moved = new Float32Array(set.length).fill(-1);
  const images = normalised(set);
  for (let i = 0; i < images.length; i += 1) {
    if (i % SIDE > 0) moved[i] = images[i - 1] ?? 0;
  }
  const { indices, distances } = judge.nearest(moved);
  expect([...indices]).toEqual(Array.from({ length: SET }, (_, index) => index));
  // What leaves the picture at its right edge is missing.
  expect(Math.max(...distances)).toBeLessThan(0.02);
});

it("tells unseen pictures from copies and noise", () => {
  const real = judge.quality(normalised(unseen));
  expect(real.count).toBe(SET);
  expect(real.pictures).toBe(SET);
  expect(real.verdict).toBe("healthy");
  expect(Math.abs(real.coverage.samples - real.coverage.real)).toBeLessThan(0.1);
  const copies = judge.quality(normalised(set));
  expect(copies.verdict).toBe("memorised");
  expect(copies.copies.samples).toBe(1);
  expect(copies.nearest.samples).toBeLessThan(1e-6);
  const noise = Float32Array.from({ length: 100 * SIZE }, (_, i) => Math.sin(i * i));
  expect(judge.quality(noise).verdict).toBe("unlike");
});

it("refuses what it cannot judge", async () => {
  const few = new Float32Array(5 * SIZE);
  expect(codeOf(() => judge.quality(few))).toBe("no_data");
  expect(() => judge.quality(few)).toThrow("at least 6 samples are needed, not 5");
  expect(codeOf(() => judge.quality(new Float32Array(SIZE + 1)))).toBe("shape_mismatch");
  expect(codeOf(() => judge.nearest(new Float32Array(SIZE).fill(Number.NaN)))).toBe("non_finite");
  for (const [pixels, side, code] of [
    [11 * SIZE, SIDE, "no_data"],
    [12 * SIZE + 1, SIDE, "shape_mismatch"],
    [12 * 27 * 27, 27, "shape_mismatch"],
  ] as const) {
    const load = loadPictureJudge(
      { channels: 1, side, pixels: new Uint8Array(pixels) },
      { tier: "simd" },
    );
    await expect(load).rejects.toMatchObject({ code });
  }
});
