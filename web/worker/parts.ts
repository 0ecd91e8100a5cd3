// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Parts of the training worker that are downloaded when they are first needed.

import { GanvasError } from "../engine/errors";

/** @throws GanvasError fetch_failed */
export async function fetchPart<T>(part: Promise<T>): Promise<T> {
  try {
    return await part;
  } catch (thrown) {
    const line = "A part of the training worker could not be loaded.";
    throw new GanvasError("fetch_failed", line, { cause: thrown });
  }
}
