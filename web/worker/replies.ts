// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A worker's end of shared/calls.ts: how what it did goes back to whoever asked.

import { asGanvasError, GanvasError } from "../engine/errors";
import type { CallsOf, FromWorkerOf, ServerPortOf } from "../protocol/calls";

/** Sends what becomes of `answer` as call `id`'s result or failure. */
export function reply<C extends CallsOf<C>>(
  port: ServerPortOf<C>,
  id: number,
  answer: Promise<C[keyof C]["result"]>,
): void {
  answer.then(
    (value) => post(port, { type: "result", id, value }),
    (thrown: unknown) => post(port, { type: "failure", id, error: asGanvasError(thrown).toJSON() }),
  );
}

export function post<C extends CallsOf<C>>(port: ServerPortOf<C>, message: FromWorkerOf<C>): void {
  port.postMessage(message, { transfer: transferables(message) });
}

/** The compiler proves that this is unreachable; another version's page may still reach it. */
export function unknownCall(request: never): never {
  throw new GanvasError("internal", `The worker does not know ${JSON.stringify(request)}.`);
}

/** Large arrays move instead of being copied: the worker never touches a result again. */
function transferables<C extends CallsOf<C>>(message: FromWorkerOf<C>): Transferable[] {
  if (message.type === "failure") return [];
  const found: Transferable[] = [];
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) found.push(value.buffer as ArrayBuffer);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(message.value);
  return found;
}
