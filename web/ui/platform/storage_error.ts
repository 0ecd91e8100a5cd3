// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Why the browser keeps nothing for this page.

export type StorageFailure =
  | "full"
  /** There is none for this page, as in some private windows. */
  | "refused"
  /** A page of an earlier version has it open. */
  | "blocked"
  /** A page of a later version has changed it. */
  | "outdated";

export class StorageError extends Error {
  readonly reason: StorageFailure;

  constructor(reason: StorageFailure, options?: ErrorOptions) {
    super(`The browser's storage for saved runs is ${reason}.`, options);
    this.reason = reason;
  }
}

export function storageFailure(thrown: unknown): StorageFailure {
  return thrown instanceof StorageError ? thrown.reason : "refused";
}
