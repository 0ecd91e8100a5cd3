// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How much of a cloud of real points a generator reaches. Coverage (Naeem et al. 2020, "Reliable
// Fidelity and Diversity Metrics for Generative Models") sees a part that has no generated point, which
// hardly moves the distance of the two clouds when the part is small.

type Points = ArrayLike<number>;

/** As in the paper: two draws from one distribution reach 0.97. */
const NEIGHBOURS = 5;

/**
 * The share of real points whose five nearest real neighbours are not all nearer than some generated
 * point.
 * @param real (n, 2), n > 5
 * @param generated (m, 2)
 */
export function coverage(real: Points, generated: Points): number {
  const count = real.length / 2;
  let covered = 0;
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [real[2 * i] ?? 0, real[2 * i + 1] ?? 0];
    if (nearest(generated, x, y, 1) <= nearest(real, x, y, NEIGHBOURS + 1)) covered += 1;
  }
  return covered / count;
}

/** Square of the distance of a place to the `rank`-th nearest of the points. */
function nearest(points: Points, x: number, y: number, rank: number): number {
  const least = new Float64Array(rank).fill(Number.POSITIVE_INFINITY); // in ascending order
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [dx, dy] = [(points[at] ?? 0) - x, (points[at + 1] ?? 0) - y];
    const square = dx * dx + dy * dy;
    let place = rank - 1;
    if (square >= (least[place] ?? 0)) continue;
    for (; place > 0 && square < (least[place - 1] ?? 0); place -= 1) {
      least[place] = least[place - 1] ?? 0;
    }
    least[place] = square;
  }
  return least[rank - 1] ?? 0;
}
