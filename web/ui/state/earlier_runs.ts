// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The curves of previous runs, to compare with those of the current one.

import type { Settings } from "../../config/settings";
import type { Curves, CurveTable } from "./curves";

const MOST = 3;

export interface EarlierRun {
  readonly settings: Settings;
  readonly table: CurveTable;
}

export class EarlierRuns {
  #runs: readonly EarlierRun[] = [];

  /** Latest first; the same array while there is no new one. */
  get runs(): readonly EarlierRun[] {
    return this.#runs;
  }

  add(settings: Settings, curves: Curves): void {
    if (curves.length < 2) return;
    this.#runs = [{ settings, table: curves.table() }, ...this.#runs].slice(0, MOST);
  }
}
