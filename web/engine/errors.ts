// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Every failure that leaves this package is a GanvasError: a stable code to branch on and one line
// for a person. Data files are judged in the core's own words (bad_magic, truncated, ...).

import type { ERROR_CODES } from "./generated/description/error_codes";

/** The code's own name, as in the core's ErrorCode, or one of those that only the host can meet. */
export type ErrorCode = CoreErrorCode | HostErrorCode;

export type CoreErrorCode = (typeof ERROR_CODES)[number];

export type HostErrorCode =
  /** The tier or thread count that was asked for cannot run here. */
  | "tier_unavailable"
  /** A file could not be fetched: no network, or an HTTP status other than 2xx. */
  | "fetch_failed"
  /** Code did not come, again or for a long time: this page or worker may never ask for it anew. */
  | "reload_needed"
  /** The module or its JavaScript glue arrived but could not be compiled or started. */
  | "wasm_failed"
  /** The page's Content-Security-Policy forbids WebAssembly. */
  | "csp_blocked"
  /** The engine's files are of another build than the code that loads them. */
  | "build_mismatch"
  /** The worker died or was terminated while the call was pending. */
  | "worker_lost"
  /** The call was given up through its AbortSignal. */
  | "aborted"
  /** The session or data set was disposed of before, or the element is in no document. */
  | "disposed"
  /** Anything that we did not foresee; the message says what. */
  | "internal";

export class GanvasError extends Error {
  override readonly name = "GanvasError";
  readonly code: string;

  constructor(code: ErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The same failure as plain data, for crossing a worker's boundary. */
  toJSON(): SerializedError {
    return { code: this.code, message: this.message };
  }
}

/** Whether what arrived is not the file as it was published. */
export function isDamage(error: unknown): boolean {
  const codes = ["bad_magic", "shape_mismatch", "truncated", "malformed", "wasm_failed"];
  return error instanceof GanvasError && codes.includes(error.code);
}

/** A call was given up through its signal, whatever the signal's reason is. */
export function aborted(cause?: unknown): GanvasError {
  return new GanvasError("aborted", "The operation was aborted.", { cause });
}

export interface SerializedError {
  readonly code: string;
  readonly message: string;
}

/** Turns whatever was thrown into a GanvasError, keeping one that already is. */
export function asGanvasError(thrown: unknown, code: ErrorCode = "internal"): GanvasError {
  if (thrown instanceof GanvasError) return thrown;
  if (thrown instanceof Error) {
    if (thrown.name === "AbortError") return aborted(thrown);
    // Thrown by src/wasm/out_of_memory.h.
    if (thrown.name === "OutOfMemory") {
      return new GanvasError("out_of_memory", thrown.message, { cause: thrown });
    }
    return new GanvasError(code, thrown.message, { cause: thrown });
  }
  return new GanvasError(code, String(thrown));
}
