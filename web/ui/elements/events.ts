// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Events by which the elements tell the page around them.

import type { SerializedError } from "../../engine/errors";
import type { EngineInfo } from "../../engine/types";
import type { Numbers } from "../state/store";
import { explain } from "../words/error_words";

export interface GanvasEventMap {
  /** The engine runs, and what the element shows first is there. */
  "ganvas-ready": CustomEvent<EngineInfo>;
  /** Training went on: metrics of the latest step, at most once per frame. */
  "ganvas-step": CustomEvent<Numbers>;
  /** Something failed; `text` says so in the language of the page, `message` in English. */
  "ganvas-error": CustomEvent<SerializedError & { readonly text: string }>;
}

export function send<T extends keyof GanvasEventMap>(
  element: Element,
  type: T,
  detail: GanvasEventMap[T]["detail"],
): void {
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}

export function sendError(element: Element, { code, message }: SerializedError): void {
  send(element, "ganvas-error", { code, message, text: explain({ code, message }) });
}

declare global {
  interface HTMLElementEventMap extends GanvasEventMap {}
}
