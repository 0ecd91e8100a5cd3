// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How a page's thread and a worker talk. The worker owns objects, each with a number; a call names an
// object and one of its methods. It gets exactly one result or failure, and may report progress on
// the way. The classes that a worker exposes are the whole contract: `Remote` makes the page's types
// of them.

import type { SerializedError } from "../engine/errors";

/** The number of the object that every worker has from the start. */
export const ROOT = 0;

/**
 * What a method can take in its last argument besides data. Neither can be cloned: the page keeps
 * both, and the worker puts its own in their place. The worker's `onProgress` returns a promise that
 * resolves when the page has taken the progress.
 */
export interface Watch {
  readonly onProgress?: (progress: never) => void;
  readonly signal?: AbortSignal;
}

export interface Call {
  readonly type: "call";
  readonly id: number;
  /** The object's number. */
  readonly target: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Whether the last argument had a Watch. */
  readonly watched: boolean;
}

/** Gives up a call that is pending; one that takes a signal then fails with code aborted. */
interface Abort {
  readonly type: "abort";
  readonly id: number;
}

/** The page has taken the oldest progress of a call that it had not taken yet. */
interface Taken {
  readonly type: "taken";
  readonly id: number;
}

/** Asks for a pong, which says that the worker lives. */
interface Ping {
  readonly type: "ping";
}

export type ToWorker = Call | Abort | Taken | Ping;

export type FromWorker =
  | { readonly type: "result"; readonly id: number; readonly value: unknown }
  | { readonly type: "failure"; readonly id: number; readonly error: SerializedError }
  | { readonly type: "progress"; readonly id: number; readonly value: unknown }
  /** The call is about to be computed, and the worker may be silent for as long as that takes. */
  | { readonly type: "begun"; readonly id: number }
  /** It goes on in slices, between which the worker answers pings. */
  | { readonly type: "sliced"; readonly id: number }
  | { readonly type: "pong" };

type Method = (...args: never[]) => unknown;

/** T as the page sees it: its methods, with promises of their results. */
export type Remote<T> = {
  readonly [K in keyof T as T[K] extends Method ? K : never]: T[K] extends (
    ...args: infer Args
  ) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};
