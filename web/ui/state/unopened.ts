// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The error of an engine that did not open, which is not one of a worker that was lost.

import { asGanvasError, GanvasError } from "../../engine/errors";

export function unopened(thrown: unknown): GanvasError {
  const error = asGanvasError(thrown);
  if (error.code !== "worker_lost") return error;
  // The browser refused the worker; or it ended before its first message, as its script could not be loaded.
  const code = error.cause === undefined ? "fetch_failed" : "wasm_failed";
  return new GanvasError(code, error.message);
}
