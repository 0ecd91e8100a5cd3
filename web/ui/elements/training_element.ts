// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The base of the elements that are only there when training is.

import type { Training } from "../state/training";
import { AppElement } from "./app_element";

export abstract class TrainingElement extends AppElement {
  protected get training(): Training {
    const { training } = this.controller;
    if (training === null) throw new Error(`${this.localName} is shown before training is there`);
    return training;
  }
}
