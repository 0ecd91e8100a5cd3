// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The step diagram: a layout without overlaps at any width, and pictures and histograms that show
// the given numbers.

import { describe, expect, it } from "vitest";
import type { LayerSummary } from "../engine/types";
import {
  activationSheet,
  histogramOf,
  type Pixels,
  pixelsOf,
  tilesInRow,
  weightSheet,
} from "../ui/pixels/weight_pictures";
import { type Box, layOut, NODES } from "../ui/train/step_diagram/diagram_layout";

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Box with the frame, caption and arrow tips around it. */
function apart(a: Box, b: Box, by: number): boolean {
  return (
    a.x + a.width + by <= b.x ||
    b.x + b.width + by <= a.x ||
    a.y + a.height + by <= b.y ||
    b.y + b.height + by <= a.y
  );
}

describe("the step diagram's layout", () => {
  const widths = [320, 358, 390, 480, 620, 768, 859, 860, 912, 1000, 1040, 1216, 1600];

  it.each(widths)("keeps everything inside and apart at %d pixels", (width) => {
    const { boxes, height } = layOut(width);
    for (const node of NODES) {
      const box = boxes[node];
      expect(box.x, node).toBeGreaterThanOrEqual(2.5);
      expect(box.x + box.width, node).toBeLessThanOrEqual(width - 2.5);
      expect(box.y, node).toBeGreaterThanOrEqual(2.5);
      expect(box.y + box.height, node).toBeLessThanOrEqual(height - 2.5);
      for (const other of NODES.filter((name) => name !== node)) {
        expect(apart(box, boxes[other], 8), `${node} and ${other}`).toBe(true);
      }
    }
  });

  it.each(widths)("draws only within its size, with finite numbers, at %d pixels", (width) => {
    const { edges, height } = layOut(width);
    expect(edges.length).toBeGreaterThan(5);
    for (const { name, path } of edges) {
      expect(path, name).toMatch(/^([A-Z][\d.]+( [\d.]+)*)+$/);
      for (const [, command = "", numbers = ""] of path.matchAll(/([A-Z])([^A-Z]*)/g)) {
        numbers
          .trim()
          .split(" ")
          .forEach((text, index) => {
            const vertical = command === "V" || (command !== "H" && index % 2 === 1);
            expect(Number(text), name).toBeGreaterThanOrEqual(0);
            expect(Number(text), name).toBeLessThanOrEqual(vertical ? height : width);
          });
      }
    }
  });

  it("is one row of about 200 pixels on a desktop, with as many thumbnails as the batch shows", () => {
    const { height, columns, rows } = layOut(1216);
    expect(height).toBeLessThanOrEqual(190);
    expect(columns * rows).toBe(16);
  });
});

const BOTH: Pixels = { taken: true, made: true };

/** Layers of 784 features each; some have weights of these shapes. */
function layersOf(...shapes: (readonly number[] | null)[]): LayerSummary[] {
  return shapes.map((shape, index) => ({
    name: `network.${index}`,
    type: "linear",
    shape: [784],
    parameters: 0,
    norm: null,
    gradientNorm: null,
    tensors: shape === null ? [] : [{ name: "weight", shape, norm: 0, gradientNorm: 0 }],
  }));
}

describe("weights as pictures", () => {
  it("are a convolution's kernels, with zero in the middle of the scale", () => {
    const values = Float32Array.from(range(2 * 3 * 9), (value) => value - 10);
    const sheet = weightSheet(values, [2, 3, 3, 3], 784, BOTH);
    expect(sheet).toMatchObject({ count: 6, height: 3, width: 3, low: -43, high: 43 });
    expect(sheet?.values).toEqual(values);
  });

  it("are rows of a Linear with image inputs, and columns of one with image outputs", () => {
    const values = Float32Array.from(range(784 * 5));
    const seen = weightSheet(values, [5, 784], 784, BOTH);
    expect(seen).toMatchObject({ count: 5, height: 28, width: 28 });
    expect(seen?.values[784 * 3 + 7]).toBe(784 * 3 + 7);
    const made = weightSheet(values, [784, 5], 784, BOTH);
    expect(made).toMatchObject({ count: 5, height: 28, width: 28 });
    expect(made?.values[784 * 3 + 7]).toBe(7 * 5 + 3);
  });

  it("are a picture for each channel of a Linear on colour", () => {
    const size = 3 * 16 * 16;
    const seen = weightSheet(Float32Array.from(range(size * 2)), [2, size], size, BOTH);
    expect(seen).toMatchObject({ count: 6, height: 16, width: 16 });
    // Of the second unit, the first pixel in green.
    expect(seen?.values[(3 + 1) * 256]).toBe(size + 256);
    const made = weightSheet(Float32Array.from(range(size * 2)), [size, 2], size, BOTH);
    expect(made).toMatchObject({ count: 6, height: 16, width: 16 });
    expect(made?.values[(3 + 1) * 256]).toBe(256 * 2 + 1);
    const output = activationSheet(new Float32Array(size), [size], size, BOTH);
    expect(output).toMatchObject({ count: 3, height: 16, width: 16 });
  });

  it("are those of the layers next to the samples, not of others of their size", () => {
    const square = [784, 784];
    // Flatten, Linear, LeakyReLU, Linear: the third and fourth see hidden features.
    const d = layersOf(null, square, null, square);
    const values = new Float32Array(784 * 784);
    const of = (layers: LayerSummary[], network: "generator" | "discriminator") =>
      layers.map(({ tensors: [weight] }, index) => {
        const pixels = pixelsOf(layers, index, network);
        const sheet = weight ? weightSheet(values, weight.shape, 784, pixels) : null;
        const { height } = activationSheet(values.subarray(0, 784), [784], 784, pixels);
        return [sheet !== null, height === 28];
      });
    expect(of(d, "discriminator")).toEqual([
      [false, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
    // Linear, LeakyReLU, Linear, BatchNorm, Tanh
    const g = layersOf(square, null, square, [784], null);
    expect(of(g, "generator")).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [false, true],
      [false, true],
    ]);
  });

  it("are null for weights without an image layout", () => {
    expect(weightSheet(new Float32Array(128), [128, 1], 784, BOTH)).toBeNull();
    expect(weightSheet(new Float32Array(32), [32], 784, BOTH)).toBeNull();
    expect(weightSheet(new Float32Array(64), [8, 8, 1, 1], 784, BOTH)).toBeNull();
  });

  it("are at most 64", () => {
    expect(weightSheet(new Float32Array(200 * 784), [200, 784], 784, BOTH)?.count).toBe(64);
    expect(weightSheet(new Float32Array(64 * 32 * 16), [64, 32, 4, 4], 784, BOTH)?.count).toBe(64);
  });
});

describe("activations as pictures", () => {
  it("are channels, images, or rows padded to a rectangle", () => {
    const channels = activationSheet(Float32Array.from(range(4 * 6)), [4, 2, 3], 784, BOTH);
    expect(channels).toMatchObject({ count: 4, height: 2, width: 3, low: 0, high: 23 });
    expect(activationSheet(new Float32Array(784), [784], 784, BOTH)).toMatchObject({
      count: 1,
      height: 28,
    });
    const flat = activationSheet(Float32Array.from(range(100)), [100], 784, BOTH);
    expect(flat).toMatchObject({ count: 1, height: 2, width: 64 });
    expect([...flat.values.subarray(98, 102)]).toEqual([98, 99, 0, 0]);
  });

  it("have rows that make them wider than high", () => {
    for (const count of [1, 3, 16, 64]) {
      const sheet = { values: new Float32Array(0), count, height: 14, width: 14, low: 0, high: 1 };
      const columns = tilesInRow(sheet);
      expect(columns).toBeLessThanOrEqual(count);
      expect(Math.ceil(count / columns)).toBeLessThanOrEqual(columns);
    }
  });
});

describe("a histogram", () => {
  it("counts every value once, between plus and minus the largest", () => {
    const values = Float32Array.from([-2, -1.9, -0.1, 0, 0.1, 0.9, 1, 2]);
    expect(histogramOf(values, 4)).toEqual({ counts: [2, 1, 3, 2], limit: 2 });
    expect(histogramOf(new Float32Array(3), 3)).toEqual({ counts: [0, 3, 0], limit: 0 });
  });

  it("of a diverged layer is empty", () => {
    const { counts } = histogramOf(Float32Array.from([1, Number.NaN]), 5);
    expect(counts).toEqual([0, 0, 0, 0, 0]);
  });
});
