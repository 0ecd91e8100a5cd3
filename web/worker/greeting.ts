// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a client tells its worker before anything else.

import { setBaseAddress } from "../engine/addresses";
import { checkBuild } from "../engine/module_files";

export interface Greeting {
  /** The build that the page's code is of. */
  readonly build: string;
  /** What relative addresses are resolved against. */
  readonly baseAddress: string;
}

/** @throws GanvasError build_mismatch */
export function greet({ build, baseAddress }: Greeting): void {
  checkBuild("The page's code", build);
  setBaseAddress(baseAddress);
}
