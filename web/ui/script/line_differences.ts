// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds the lines of a text that another text lacks, by longest common subsequence.

/** For each line of `lines`, whether it is new compared with `before`. */
export function newLines(lines: readonly string[], before: readonly string[]): boolean[] {
  const width = before.length + 1;
  // common[i * width + j]: length of the common subsequence of lines[i..] and before[j..]
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
