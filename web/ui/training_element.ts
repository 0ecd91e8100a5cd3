// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The base of the elements that are only there when training is.

import { LabElement } from "./element";
import type { Training } from "./training";

export abstract class TrainingElement extends LabElement {
  protected get training(): Training {
    const { training } = this.lab;
    if (training === null) throw new Error(`${this.localName} is shown before training is there`);
    return training;
  }
}
