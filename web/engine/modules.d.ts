// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The types of the files that package/stamp_modules.mjs writes.

declare module "./modules/build*" {
  /** Names this build of the engine. */
  export const build: string;
  /** SHA-256 of judge.safetensors. */
  export const judgeSum: string;
  /** What the names of its files end with, before the extension. */
  export const suffix: string;
}

declare module "./modules/*" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}
