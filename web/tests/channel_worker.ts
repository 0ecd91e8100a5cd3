// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A worker's server at the other end of a channel in this thread, which can die as a worker does.

import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { WorkerLike } from "../client/worker_channel";
import type { CallsOf, FromWorkerOf, ServerPortOf, ToWorkerOf } from "../protocol/calls";

export class ChannelWorker<C extends CallsOf<C>> implements WorkerLike<C> {
  static readonly all: { terminate(): void; terminated: boolean; die(message: string): void }[] =
    [];
  terminated = false;
  readonly #near: MessagePort;
  readonly #far: MessagePort;
  readonly #errorListeners: ((event: Event) => void)[] = [];

  constructor(serve: (port: ServerPortOf<C>) => void) {
    const { port1, port2 } = new MessageChannel();
    this.#near = port1;
    this.#far = port2;
    serve({
      postMessage: (message, { transfer }) => port2.postMessage(message, transfer as never[]),
      addEventListener: (_, listener) =>
        port2.on("message", (data: ToWorkerOf<C>) =>
          listener({ data } as MessageEvent<ToWorkerOf<C>>),
        ),
    });
    ChannelWorker.all.push(this);
  }

  /** Terminates and forgets all that a test made. */
  static endAll(): void {
    for (const worker of ChannelWorker.all.splice(0)) worker.terminate();
  }

  postMessage(message: ToWorkerOf<C>, transfer: Transferable[]): void {
    this.#near.postMessage(message, transfer as never[]);
  }

  terminate(): void {
    this.terminated = true;
    this.#near.close();
    this.#far.close();
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    if (type === "message") {
      this.#near.on("message", (data: FromWorkerOf<C>) => listener({ data } as never));
    } else {
      this.#errorListeners.push(listener as (event: Event) => void);
    }
  }

  die(message: string): void {
    const event = Object.assign(new Event("error"), { message });
    for (const listener of this.#errorListeners) listener(event);
  }
}
