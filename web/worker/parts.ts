// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parts of the training worker that are downloaded when they are first needed.

import { asGanvasError } from "../engine/errors";
import { importPart } from "../engine/parts";

/**
 * As `importPart`. What this worker may never ask for anew, another worker does: this one ends by an
 * uncaught error, which its client is told.
 * @throws GanvasError fetch_failed
 */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await importPart(load);
  } catch (thrown) {
    const error = asGanvasError(thrown);
    if (error.code === "reload_needed") {
      setTimeout(() => {
        throw error;
      });
    }
    throw error;
  }
}
