// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's end of a worker: pairs answers with calls, and when the worker dies rejects every call
// that waits with code worker_lost.

import { GanvasError } from "../engine/errors";
import type { CallsOf, FromWorkerOf, RequestOf, ToWorkerOf } from "../protocol/calls";

/** The part of Worker that a channel needs. */
export interface WorkerLike<C extends CallsOf<C>> {
  postMessage(message: ToWorkerOf<C>, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<FromWorkerOf<C>>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: GanvasError): void;
  progress(value: unknown): void;
}

/** One worker and the calls that wait for its answer. */
export class WorkerChannel<C extends CallsOf<C>> {
  readonly #worker: WorkerLike<C>;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended: GanvasError | null = null;

  /** `name` says in errors which worker it was. */
  constructor(name: string, worker: WorkerLike<C>, onLost: (error: GanvasError) => void) {
    this.#worker = worker;
    worker.addEventListener("message", (event) => this.#receive(event.data));
    const lost = (event: Event): void => {
      if (this.#ended !== null) return;
      const said = "message" in event && event.message ? `: ${String(event.message)}` : ".";
      const error = new GanvasError("worker_lost", `The ${name} worker stopped${said}`);
      this.end(error);
      onLost(error);
    };
    worker.addEventListener("error", lost);
    worker.addEventListener("messageerror", lost);
  }

  call<K extends keyof C>(
    type: K,
    params: C[K]["params"],
    transfer: Transferable[] = [],
    onProgress?: (progress: C[K]["progress"]) => void,
    signal?: AbortSignal,
  ): Promise<C[K]["result"]> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (signal?.aborted) return Promise.reject(new GanvasError("aborted", "It was aborted."));
    this.#lastId += 1;
    const id = this.#lastId;
    const abort = (): void => this.#worker.postMessage({ type: "abort", target: id }, []);
    signal?.addEventListener("abort", abort, { once: true });
    const answer = new Promise<unknown>((resolve, reject) => {
      // The table of calls pairs each type with its progress and result, which ids alone cannot.
      const progress = (value: unknown): void => onProgress?.(value as C[K]["progress"]);
      this.#pending.set(id, { resolve, reject, progress });
      this.#worker.postMessage({ type, id, params } as RequestOf<C>, transfer);
    });
    return answer.finally(() => signal?.removeEventListener("abort", abort)) as Promise<
      C[K]["result"]
    >;
  }

  end(error: GanvasError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#worker.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.reject(error);
  }

  #receive(message: FromWorkerOf<C>): void {
    const call = this.#pending.get(message.id);
    if (!call) return;
    switch (message.type) {
      case "progress":
        call.progress(message.value);
        return;
      case "result":
        this.#pending.delete(message.id);
        call.resolve(message.value);
        return;
      case "failure":
        this.#pending.delete(message.id);
        call.reject(new GanvasError(message.error.code, message.error.message));
        return;
    }
  }
}
