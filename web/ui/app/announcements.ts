// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What an app tells the page around it, as events of its element.

import type { SerializedError } from "../../engine/errors";
import { send, sendError } from "../elements/events";
import type { AppController } from "../state/app_controller";
import type { AppState, Numbers } from "../state/store";

/** Sends events from the element until the app ends. */
export function announce(element: Element, { store, live, ended }: AppController): void {
  let ready = false;
  let numbers: Numbers | null = null;
  const told = new WeakSet<SerializedError>();
  const ends = [
    store.subscribe(() => {
      const { engine } = store.state;
      if (!ready && engine.status === "ready" && isThere(store.state)) {
        ready = true;
        send(element, "ganvas-ready", engine.value);
      }
      for (const error of errorsOf(store.state)) {
        if (told.has(error)) continue;
        told.add(error);
        sendError(element, error);
      }
    }),
    live.subscribe(() => {
      if (live.numbers === numbers) return;
      numbers = live.numbers;
      if (numbers !== null) send(element, "ganvas-step", numbers);
    }),
  ];
  ended.addEventListener("abort", () => {
    for (const end of ends) end();
  });
}

/** Whether what the app opens with is there: the pretrained digits, or the run's data. */
function isThere({ view, mode, pretrained, digits }: AppState): boolean {
  if (view !== "train") return true;
  return (mode === "train" ? digits : pretrained).status === "ready";
}

function errorsOf({ engine, pretrained, digits, failure, missing }: AppState): SerializedError[] {
  const failed = [engine, pretrained, digits].flatMap((part) =>
    part.status === "failed" ? [part.error] : [],
  );
  return [...failed, failure, missing?.error ?? null].filter((error) => error !== null);
}
