// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How far two clouds of points are from each other, as one number: the energy distance (Székely and
// Rizzo 2013), which is 0 only for the same distribution, as a share of the most it could be.

type Points = ArrayLike<number>;

/** Mean distance of points of one cloud to those of the other. */
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

/** Mean distance of different points of one cloud: that of a point to itself would say nothing. */
function meanWithin(a: Points): number {
  const count = a.length / 2;
  return (meanBetween(a, a) * count) / (count - 1);
}

/** 0 for the same distribution, 1 for one that has nothing in common; (n, 2) and (m, 2), n, m > 1. */
export function distance(a: Points, b: Points): number {
  const between = 2 * meanBetween(a, b);
  const beyond = between - meanWithin(a) - meanWithin(b);
  // Of few points it may come out a little below what it is of all.
  return between === 0 ? 0 : Math.max(0, beyond / between);
}
