// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Events by which the elements tell the page around them.

import type { SerializedError } from "../../engine/errors";
import { explain } from "../words/error_words";
import type { GanvasEventMap } from "./element_types";

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
