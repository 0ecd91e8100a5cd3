// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What was painted, stroke by stroke, as points: a brush leaves them at even distances along its way,
// each a little beside it.

import { MOST_POINTS, quantized } from "../../config/point_text";
import type { Point } from "./plane";

type Floats = Float32Array<ArrayBuffer>;

/** In the plane, whose drawable part is 2 wide. */
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

  /** Begins a stroke with one dab. */
  begin(place: Point): void {
    this.#strokes.push([]);
    this.#last = place;
    this.#dab(place);
  }

  /** Goes on with the stroke to there. */
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

  /** Takes points as a stroke of their own. */
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

  /** (n, 2): all of them, or evenly chosen ones where there are more than a link can carry. */
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
    const beside = (): number => BRUSH * (this.#random() - this.#random());
    this.#strokes.at(-1)?.push(quantized(x + beside()), quantized(y + beside()));
  }
}
