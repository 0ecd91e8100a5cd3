// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which lines of a text are not in another, by their longest common subsequence.

/** For each line of `lines`, whether it is new beside `before`. */
export function newLines(lines: readonly string[], before: readonly string[]): boolean[] {
  const width = before.length + 1;
  // common[i * width + j]: how many lines the texts share from lines[i] and before[j] on
  const common = new Uint32Array((lines.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    for (let j = before.length - 1; j >= 0; j -= 1) {
      const same = lines[i] === before[j];
      common[i * width + j] = same ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const isNew = lines.map(() => true);
  for (let i = 0, j = 0; i < lines.length && j < before.length; ) {
    if (lines[i] === before[j]) {
      isNew[i] = false;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return isNew;
}
