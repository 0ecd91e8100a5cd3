// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The worker's end: finds the object and the method that a call names, and sends back its result,
// its progress or its failure.

import { asGanvasError, GanvasError } from "../engine/errors";
import type { Call, FromWorker, ToWorker } from "./messages";

/** The part of a worker's global scope, and of a MessagePort, that serving needs. */
export interface ServerPort {
  postMessage(message: FromWorker, options: { transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

export class CallServer {
  readonly #port: ServerPort;
  readonly #exposed: (readonly object[])[] = [];
  readonly #aborters = new Map<number, AbortController>();
  /** For each watched call, what waits for the page to take its progress, in order. */
  readonly #untaken = new Map<number, (() => void)[]>();

  constructor(port: ServerPort) {
    this.#port = port;
    port.addEventListener("message", ({ data }) => {
      switch (data.type) {
        case "call":
          void this.#answer(data);
          return;
        case "abort":
          this.#aborters.get(data.id)?.abort();
          return;
        case "taken":
          this.#untaken.get(data.id)?.shift()?.();
          return;
        case "ping":
          this.#post({ type: "pong" });
          return;
      }
    });
  }

  /**
   * Lets the page call every method of these objects under one number, which is returned; ROOT for
   * the first. Where several have a method of that name, the first of them answers.
   */
  expose(...objects: readonly object[]): number {
    return this.#exposed.push(objects) - 1;
  }

  async #answer(call: Call): Promise<void> {
    const { id } = call;
    try {
      this.#post({ type: "begun", id });
      const outcome = this.#invoke(call);
      // The first slice of a call with progress may be long: nobody knows yet how slow this device is.
      if (outcome instanceof Promise && !call.watched) this.#post({ type: "sliced", id });
      this.#post({ type: "result", id, value: await outcome });
    } catch (thrown) {
      this.#post({ type: "failure", id, error: asGanvasError(thrown).toJSON() });
    } finally {
      this.#aborters.delete(id);
      this.#untaken.delete(id);
    }
  }

  #invoke({ id, target, method, args, watched }: Call): unknown {
    const object = this.#exposed[target]?.find((candidate) => method in candidate);
    const found: unknown = object && Reflect.get(object, method);
    if (typeof found !== "function") {
      throw new GanvasError("internal", `The worker has no method ${method}.`);
    }
    if (!watched) return Reflect.apply(found, object, args);
    const aborter = new AbortController();
    this.#aborters.set(id, aborter);
    const untaken: (() => void)[] = [];
    this.#untaken.set(id, untaken);
    const onProgress = (value: unknown): Promise<void> =>
      new Promise((resolve) => {
        this.#post({ type: "progress", id, value });
        untaken.push(resolve);
      });
    const last = { ...(args.at(-1) as object), onProgress, signal: aborter.signal };
    return Reflect.apply(found, object, [...args.slice(0, -1), last]);
  }

  /** Arrays move instead of being copied: no method keeps what it returns or reports. */
  #post(message: FromWorker): void {
    const transfer = new Set<ArrayBuffer>();
    const visit = (value: unknown): void => {
      if (!ArrayBuffer.isView(value)) {
        if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
      } else if (value.buffer instanceof ArrayBuffer) transfer.add(value.buffer);
    };
    visit(message);
    this.#port.postMessage(message, { transfer: [...transfer] });
  }
}
