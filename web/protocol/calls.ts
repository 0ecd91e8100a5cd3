// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How a page's thread and a worker talk, whatever about: each call is one request with an id; it is
// answered by exactly one result or failure with that id, and may report progress on the way. A
// table of calls is the whole contract of one kind of worker; the message types follow from it.

import type { SerializedError } from "../engine/errors";

export interface Call<Params, Result, Progress = never> {
  readonly params: Params;
  readonly result: Result;
  readonly progress: Progress;
}

/** What every table of calls is. */
export type CallsOf<C> = { readonly [K in keyof C]: Call<unknown, unknown, unknown> };

/** A discriminated union over `type`, one member for each call. */
export type RequestOf<C extends CallsOf<C>> = {
  readonly [K in keyof C]: {
    readonly type: K;
    readonly id: number;
    readonly params: C[K]["params"];
  };
}[keyof C];

/** Gives up the pending call `target`, where that can be; it then fails with code aborted. */
export interface Abort {
  readonly type: "abort";
  readonly target: number;
}

export type ToWorkerOf<C extends CallsOf<C>> = RequestOf<C> | Abort;

export type FromWorkerOf<C extends CallsOf<C>> =
  | { readonly type: "result"; readonly id: number; readonly value: C[keyof C]["result"] }
  | { readonly type: "failure"; readonly id: number; readonly error: SerializedError }
  | { readonly type: "progress"; readonly id: number; readonly value: C[keyof C]["progress"] };

/** The part of a worker's global scope, and of a MessagePort, that serving needs. */
export interface ServerPortOf<C extends CallsOf<C>> {
  postMessage(message: FromWorkerOf<C>, options: { transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorkerOf<C>>) => void): void;
}
