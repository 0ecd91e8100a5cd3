// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The code of the error that something ends with, or "none".

import { GanvasError } from "../engine/errors";

export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    return codeIn(thrown);
  }
  return "none";
}

export function codeOfRejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => "none", codeIn);
}

function codeIn(thrown: unknown): string {
  return thrown instanceof GanvasError ? thrown.code : String(thrown);
}
