// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a client tells its worker before anything else.

import { setBaseAddress } from "../engine/addresses";
import { checkRelease } from "../engine/module_files";

export interface Greeting {
  /** The release that the page's code is of. */
  readonly release: string;
  /** What relative addresses are resolved against. */
  readonly baseAddress: string;
}

/** @throws GanvasError build_mismatch */
export function greet({ release, baseAddress }: Greeting): void {
  checkRelease("The page's code", release);
  setBaseAddress(baseAddress);
}
