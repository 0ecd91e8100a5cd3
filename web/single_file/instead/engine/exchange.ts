// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page as one file offers no files of other tools.

import { GanvasError } from "../../../engine/errors";

export const loadExchange: typeof import("../../../engine/exchange").loadExchange = async () => {
  throw new GanvasError("fetch_failed", "This file does not hold the module that writes ONNX.");
};
