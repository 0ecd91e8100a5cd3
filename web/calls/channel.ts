// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's end of a worker: pairs answers with calls, and when the worker dies rejects every
// pending call with code worker_lost.

import { aborted, asGanvasError, GanvasError } from "../engine/errors";
import { awaitInstalled } from "../engine/service_worker";
import { Heartbeat } from "./heartbeat";
import type { FromWorker, Remote, ToWorker, Watch } from "./messages";

/** The part of Worker that a channel needs. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
}

interface Pending {
  /** Whether the worker computes it without a break. */
  isWhole: boolean;
  resolve(value: unknown): void;
  reject(error: GanvasError): void;
  progress(value: unknown): void;
}

/** Browsers do not tell why a script did not load. */
const UNSTARTED =
  "Its script may be missing (copy the package's engine/ beside the bundle) or forbidden by the page's Content-Security-Policy.";

/** One worker and the calls that wait for its answer. */
export class WorkerChannel {
  readonly #name: string;
  readonly #createWorker: () => WorkerLike;
  readonly #onLost: (error: GanvasError) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = (): void => this.end(aborted());
  #worker: WorkerLike;
  readonly #pending = new Map<number, Pending>();
  readonly #heartbeat: Heartbeat;
  #lastId = 0;
  #ended: GanvasError | null = null;
  #answered = false;
  /** What was sent before the worker's first answer, for another worker if this one does not start. */
  #early: ToWorker[] = [];
  #start: "first" | "waiting" | "second" = "first";

  /**
   * @param name says in errors which worker it is
   * @param onLost called once, if the worker dies by itself
   * @param signal ends the worker
   * @throws GanvasError worker_lost when the worker cannot be created, or aborted
   */
  constructor(
    name: string,
    createWorker: () => WorkerLike,
    onLost: (error: GanvasError) => void,
    signal?: AbortSignal,
  ) {
    if (signal?.aborted) throw aborted();
    this.#name = name;
    this.#createWorker = createWorker;
    this.#onLost = onLost;
    this.#signal = signal;
    this.#worker = this.#open();
    signal?.addEventListener("abort", this.#abort);
    this.#heartbeat = new Heartbeat(
      () => this.#worker.postMessage({ type: "ping" }, []),
      () => [...this.#pending.values()].some(({ isWhole }) => isWhole),
      () => this.#lose(`The ${name} worker no longer answers.`),
    );
  }

  /** @throws GanvasError worker_lost */
  #open(): WorkerLike {
    let worker: WorkerLike;
    try {
      worker = this.#createWorker();
    } catch (thrown) {
      const reason = asGanvasError(thrown).message;
      const line = `The ${this.#name} worker could not be started: ${reason}`;
      throw new GanvasError("worker_lost", line, { cause: thrown });
    }
    worker.addEventListener("message", (event) => this.#receive(event.data));
    const failed = (event: Event): void => {
      if (worker === this.#worker) void this.#fail(event);
    };
    worker.addEventListener("error", failed);
    worker.addEventListener("messageerror", failed);
    return worker;
  }

  async #fail(event: Event): Promise<void> {
    const reason = "message" in event && event.message ? `: ${String(event.message)}` : ".";
    if (this.#answered) return this.#lose(`The ${this.#name} worker stopped${reason}`);
    if (this.#start === "waiting") return;
    if (this.#start === "first") {
      this.#start = "waiting";
      const mayStart = await awaitInstalled();
      this.#start = "second";
      if (mayStart && this.#ended === null) return this.#startAgain();
    }
    this.#lose(`The ${this.#name} worker could not be started${reason} ${UNSTARTED}`);
  }

  #startAgain(): void {
    try {
      this.#worker = this.#open();
      for (const message of this.#early) this.#worker.postMessage(message, []);
    } catch (thrown) {
      this.#lose(asGanvasError(thrown).message);
    }
  }

  #lose(line: string): void {
    if (this.#ended !== null) return;
    const error = new GanvasError("worker_lost", line);
    this.end(error);
    this.#onLost(error);
  }

  /**
   * Calls a method of object `target`. Arguments are copied, but for the buffers in `moved`. Rejects
   * with a GanvasError: what the method threw, worker_lost, aborted, or invalid_argument for an
   * argument that cannot be copied.
   */
  call(
    target: number,
    method: string,
    args: readonly unknown[],
    moved: ArrayBuffer[] = [],
  ): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const last = args.at(-1);
    const watched = isWatch(last);
    const { onProgress, signal, ...data }: Watch = watched ? last : {};
    if (signal?.aborted) return Promise.reject(aborted());
    this.#lastId += 1;
    const id = this.#lastId;
    const sent = watched ? [...args.slice(0, -1), data] : args;
    try {
      this.#send({ type: "call", id, target, method, args: sent, watched }, moved);
    } catch (thrown) {
      const line = `${method} has an argument that cannot be sent to a worker: ${String(thrown)}`;
      return Promise.reject(new GanvasError("invalid_argument", line, { cause: thrown }));
    }
    const abort = (): void => this.#send({ type: "abort", id });
    signal?.addEventListener("abort", abort, { once: true });
    return new Promise<unknown>((resolve, reject) => {
      // `Remote` has checked that this call's progress is what its callback takes.
      const progress = (value: unknown): void => onProgress?.(value as never);
      this.#pending.set(id, { isWhole: false, resolve, reject, progress });
      // How long its script takes to arrive depends on the network.
      if (this.#answered) this.#heartbeat.start();
    }).finally(() => signal?.removeEventListener("abort", abort));
  }

  /** Terminates the worker and rejects every pending and later call with this error. */
  end(error: GanvasError): void {
    if (this.#ended !== null) return;
    this.#ended = error;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#heartbeat.stop();
    this.#worker.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of pending) call.reject(error);
  }

  #send(message: ToWorker, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, moved);
    if (!this.#answered) this.#early.push(message);
  }

  #receive(message: FromWorker): void {
    this.#answered = true;
    this.#early = [];
    this.#heartbeat.heard();
    const call = message.type === "pong" ? undefined : this.#pending.get(message.id);
    if (!call) return;
    switch (message.type) {
      case "begun":
        call.isWhole = true;
        this.#heartbeat.start();
        return;
      case "sliced":
        call.isWhole = false;
        return;
      case "progress":
        call.isWhole = false;
        try {
          call.progress(message.value);
        } finally {
          this.#worker.postMessage({ type: "taken", id: message.id }, []);
        }
        return;
      case "result":
        this.#settle(message.id);
        call.resolve(message.value);
        return;
      case "failure":
        this.#settle(message.id);
        call.reject(new GanvasError(message.error.code, message.error.message));
        return;
      case "pong":
        return;
    }
  }

  #settle(id: number): void {
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#heartbeat.stop();
  }
}

/** Object `target` of the worker, with `own` properties that the page adds to it. */
export function remote<T, Own extends object = object>(
  channel: WorkerChannel,
  target: number,
  own: Own,
): Remote<T> & Own {
  return new Proxy(own, {
    get: (_, name) =>
      // An object with a method `then` would be a promise to `await`, and `JSON.stringify` would call `toJSON`.
      typeof name === "symbol" || name === "then" || name === "toJSON" || name in own
        ? Reflect.get(own, name)
        : (...args: unknown[]) => channel.call(target, name, args),
  }) as Remote<T> & Own;
}

function isWatch(value: unknown): value is Watch {
  return (
    typeof value === "object" && value !== null && ("onProgress" in value || "signal" in value)
  );
}
