// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Coverage of real points by generated ones (Naeem et al. 2020, "Reliable Fidelity and Diversity
// Metrics for Generative Models"). It detects small parts of the data without generated points, which
// hardly change the distance between the two sets.

type Points = ArrayLike<number>;

/** As the paper advises; two samples of one distribution then reach 0.97. */
const NEIGHBOURS = 5;

/**
 * Share of real points that have a generated point at least as near as their fifth nearest real
 * neighbour.
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

/** Squared distance from a place to the `rank`-th nearest point. */
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
