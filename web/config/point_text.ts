// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Drawn points as text in a link: one byte each for x and y, from 0 for -1 to 255 for 1, in base64url
// (RFC 4648).

import { clamp } from "../engine/clamp";

export const MOST_POINTS = 250;

type Floats = Float32Array<ArrayBuffer>;

const LAST_BYTE = 255;

/** The coordinate that a byte encodes. */
function toCoordinate(byte: number): number {
  return (2 * byte) / LAST_BYTE - 1;
}

/** The nearest coordinate that a link can encode. */
export function quantized(coordinate: number): number {
  return toCoordinate(Math.round((clamp(coordinate, -1, 1) + 1) * (LAST_BYTE / 2)));
}

/** @param points (n, 2), n at most MOST_POINTS */
export function printPoints(points: ArrayLike<number>): string {
  const bytes = Array.from(points, (x) => Math.round((x + 1) * (LAST_BYTE / 2)));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The points (n, 2), or null for a text that `printPoints` would not write. */
export function parsePoints(text: string): Floats | null {
  // Reject longer texts before decoding them.
  if (text.length > Math.ceil((MOST_POINTS * 2 * 4) / 3) || !/^[\w-]+$/.test(text)) return null;
  if (text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  if (binary.length % 2 !== 0) return null;
  const points = Float32Array.from(binary, (byte) => toCoordinate(byte.charCodeAt(0)));
  return printPoints(points) === text ? points : null;
}
