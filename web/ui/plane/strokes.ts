// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Brush strokes as points: a brush leaves points at equal distances along its path, each slightly
// scattered.

import { MOST_POINTS, quantized } from "../../config/point_text";
import type { Point } from "./plane";

type Floats = Float32Array<ArrayBuffer>;

/** Distances in the plane, whose drawable part is 2 wide. */
const SPACING = 0.035;
const BRUSH = 0.05;

export class Strokes {
  readonly #strokes: number[][] = [];
  readonly #random: () => number;
  #last: Point | null = null;

  /** @param random uniform in [0, 1) */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Starts a stroke with one point. */
  begin(place: Point): void {
    this.#strokes.push([]);
    this.#last = place;
    this.#dab(place);
  }

  /** Continues the stroke to a place. */
  to(place: Point): void {
    while (this.#last !== null) {
      const { x, y } = this.#last;
      const distance = Math.hypot(place.x - x, place.y - y);
      if (distance < SPACING) return;
      const share = SPACING / distance;
      this.#last = { x: x + (place.x - x) * share, y: y + (place.y - y) * share };
      this.#dab(this.#last);
    }
  }

  end(): void {
    this.#last = null;
  }

  /** Adds points as one stroke. */
  add(points: ArrayLike<number>): void {
    this.#strokes.push(Array.from(points, quantized));
  }

  undo(): void {
    this.#strokes.pop();
  }

  clear(): void {
    this.#strokes.length = 0;
  }

  get isEmpty(): boolean {
    return this.#strokes.length === 0;
  }

  /** (n, 2): all points, or an even selection if there are more than a link can carry. */
  points(): Floats {
    const all = this.#strokes.flat();
    const painted = all.length / 2;
    const kept = Math.min(painted, MOST_POINTS);
    const points = new Float32Array(2 * kept);
    for (let index = 0; index < kept; index += 1) {
      const from = 2 * Math.floor((index * painted) / kept);
      points.set(all.slice(from, from + 2), 2 * index);
    }
    return points;
  }

  #dab({ x, y }: Point): void {
    const scatter = (): number => BRUSH * (this.#random() - this.#random());
    this.#strokes.at(-1)?.push(quantized(x + scatter()), quantized(y + scatter()));
  }
}
