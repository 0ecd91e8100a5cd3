// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Energy distance between two sets of points (Székely and Rizzo 2013), normalised: 0 only for equal
// distributions, 1 at most.

type Points = ArrayLike<number>;

/** Mean distance between the points of two sets. */
function meanBetween(a: Points, b: Points): number {
  let sum = 0;
  for (let i = 0; i + 1 < a.length; i += 2) {
    const [x, y] = [a[i] ?? 0, a[i + 1] ?? 0];
    for (let j = 0; j + 1 < b.length; j += 2) {
      const [dx, dy] = [x - (b[j] ?? 0), y - (b[j + 1] ?? 0)];
      sum += Math.sqrt(dx * dx + dy * dy);
    }
  }
  return sum / ((a.length / 2) * (b.length / 2));
}

/** Mean distance between different points of one set. */
function meanWithin(a: Points): number {
  const count = a.length / 2;
  return (meanBetween(a, a) * count) / (count - 1);
}

/** Normalised energy distance of (n, 2) and (m, 2), n, m > 1: 0 for equal distributions. */
export function distance(a: Points, b: Points): number {
  const between = 2 * meanBetween(a, b);
  const beyond = between - meanWithin(a) - meanWithin(b);
  // The estimate from few points can be slightly negative.
  return between === 0 ? 0 : Math.max(0, beyond / between);
}
