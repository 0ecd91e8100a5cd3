// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Weights and activations as small pictures where they have an image layout, and as histograms.

import { shapeOfSize } from "../../engine/picture_shape";
import { isPicture } from "../../engine/sample_shape";
import type { Half, LayerSummary } from "../../engine/types";

export interface TileSheet {
  /** (count, height, width) row-major. */
  readonly values: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Values at the two ends of the grey scale. */
  readonly low: number;
  readonly high: number;
}

/** More tiles would be too small to see anything. */
const MAX_TILES = 64;

/**
 * Which features of a layer are a sample's values, each at the place of its pixel. Those of layers
 * further in are none, even if they are as many.
 */
export interface Pixels {
  /** That the layer takes. */
  readonly taken: boolean;
  /** That it makes. */
  readonly made: boolean;
}

export function pixelsOf(layers: readonly LayerSummary[], index: number, network: Half): Pixels {
  const before = layers.slice(0, index).some(mixes);
  const after = layers.slice(index + 1).some(mixes);
  const itself = layers.slice(index, index + 1).some(mixes);
  return network === "discriminator"
    ? { taken: !before, made: !before && !itself }
    : { taken: !after && !itself, made: !after };
}

/** Whether each feature that it makes is of many; batch norm has one weight for each. */
function mixes({ tensors }: Pick<LayerSummary, "tensors">): boolean {
  return tensors.some(({ shape }) => shape.length > 1);
}

/**
 * Pictures of a weight tensor: each kernel of a convolution; for a Linear that takes pixels, the row
 * of each unit; for one that makes pixels, the column of each input; each with a picture per channel.
 * Null for others.
 * @param sampleSize values of one sample
 */
export function weightSheet(
  values: Float32Array,
  shape: readonly number[],
  sampleSize: number,
  pixels: Pixels,
): TileSheet | null {
  const [outer = 0, inner = 0, height = 1, width = 1] = shape;
  if (shape.length === 4 && height * width > 1) {
    return signed(values, Math.min(outer * inner, MAX_TILES), height, width);
  }
  if (shape.length !== 2 || !isPicture([sampleSize])) return null;
  const { channels, side } = shapeOfSize(sampleSize);
  if (pixels.taken && inner === sampleSize) {
    return signed(values, Math.min(outer * channels, MAX_TILES), side, side);
  }
  if (!pixels.made || outer !== sampleSize) return null;
  const count = Math.min(inner, MAX_TILES);
  const columns = new Float32Array(count * sampleSize);
  for (let unit = 0; unit < count; unit += 1) {
    for (let pixel = 0; pixel < sampleSize; pixel += 1) {
      columns[unit * sampleSize + pixel] = values[pixel * inner + unit] ?? 0;
    }
  }
  return signed(columns, Math.min(count * channels, MAX_TILES), side, side);
}

/** One sample's activations: a picture per channel; flat ones in rows, if they are no pixels. */
export function activationSheet(
  values: Float32Array,
  shape: readonly number[],
  sampleSize: number,
  { made }: Pixels,
): TileSheet {
  const [channels = 1, height = 0, width = 0] = shape;
  if (shape.length === 3) {
    const count = Math.min(channels, MAX_TILES);
    return ranged(values.subarray(0, count * height * width), count, height, width);
  }
  if (made && channels === sampleSize && isPicture(shape)) {
    const { channels: count, side } = shapeOfSize(sampleSize);
    return ranged(values, count, side, side);
  }
  const columns = Math.min(channels, 64);
  const rows = Math.ceil(channels / columns);
  const padded = new Float32Array(rows * columns);
  padded.set(values);
  return ranged(padded, 1, rows, columns);
}

/** Tiles per row, for sheets about four times as wide as high. */
export function tilesInRow({ count, width, height }: TileSheet): number {
  const columns = Math.ceil(Math.sqrt((count * height * 4) / width));
  return Math.max(1, Math.min(count, columns, 16));
}

/** Zero is in the middle of the grey scale. */
function signed(values: Float32Array, count: number, height: number, width: number): TileSheet {
  const shown = values.subarray(0, count * height * width);
  const limit = largest(shown);
  return { values: shown, count, height, width, low: -limit, high: limit };
}

function ranged(values: Float32Array, count: number, height: number, width: number): TileSheet {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { values, count, height, width, low, high };
}

function largest(values: Float32Array): number {
  let limit = 0;
  for (const value of values) limit = Math.max(limit, Math.abs(value));
  return limit;
}

export interface Histogram {
  /** Counts of equally wide bins from -limit to limit. */
  readonly counts: readonly number[];
  /** The largest magnitude; 0 when all are 0. */
  readonly limit: number;
}

export function histogramOf(values: Float32Array, bins: number): Histogram {
  const limit = largest(values);
  const counts = Array.from({ length: bins }, () => 0);
  if (!Number.isFinite(limit)) return { counts, limit };
  for (const value of values) {
    const place = limit === 0 ? 0.5 : (value / limit + 1) / 2;
    const bin = Math.min(bins - 1, Math.floor(place * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, limit };
}
