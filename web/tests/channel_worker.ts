// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A worker's server on a message channel in this thread, which can be made to fail like a worker.

import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { WorkerLike } from "../calls/channel";
import type { FromWorker, ToWorker } from "../calls/messages";
import type { ServerPort } from "../calls/server";

export class ChannelWorker implements WorkerLike {
  static readonly all: ChannelWorker[] = [];
  terminated = false;
  readonly #near: MessagePort;
  readonly #far: MessagePort;
  readonly #errorListeners: ((event: Event) => void)[] = [];

  constructor(serve: (port: ServerPort) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#near = port1;
    this.#far = port2;
    serve({
      postMessage: (message, { transfer }) => port2.postMessage(message, transfer as never[]),
      addEventListener: (_, listener) =>
        port2.on("message", (data: ToWorker) => listener({ data } as MessageEvent<ToWorker>)),
    });
    ChannelWorker.all.push(this);
  }

  /** Terminates and removes everything that a test created. */
  static endAll(): void {
    for (const worker of ChannelWorker.all.splice(0)) worker.terminate();
  }

  postMessage(message: ToWorker, transfer: Transferable[]): void {
    this.#near.postMessage(message, transfer as never[]);
  }

  terminate(): void {
    this.terminated = true;
    this.#near.close();
    this.#far.close();
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    if (type === "message") {
      this.#near.on("message", (data: FromWorker) => listener({ data } as never));
    } else {
      this.#errorListeners.push(listener as (event: Event) => void);
    }
  }

  die(message: string): void {
    const event = Object.assign(new Event("error"), { message });
    for (const listener of this.#errorListeners) listener(event);
  }
}
