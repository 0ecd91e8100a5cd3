// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of elements that exist only while there is a run.

import type { Training } from "../state/training";
import { AppElement } from "./app_element";

export abstract class TrainingElement extends AppElement {
  protected get training(): Training {
    const { training } = this.controller;
    if (training === null) throw new Error(`${this.localName} needs a run, and there is none`);
    return training;
  }
}
