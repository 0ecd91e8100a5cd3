// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The types of the files that package/stamp_modules.mjs writes.

declare module "*/modules/build.js" {
  /** Names this build of the engine. */
  export const build: string;
  /** SHA-256 of judge.safetensors. */
  export const judgeSum: string;
  /** What the names of its files end with, before the extension. */
  export const suffix: string;
}

declare module "*/modules/ganvas.js" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}

declare module "*/modules/ganvas-mt.js" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}

declare module "*/modules/ganvas-exchange.js" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}

declare module "*/modules/ganvas-pictures.js" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}

declare module "*/modules/ganvas-judge.js" {
  const createModule: unknown;
  export default createModule;
  export const build: string;
}
