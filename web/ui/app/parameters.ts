// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// An element's attributes as the parameters of a link.

/** Attributes that are properties of the element, too. Any hyper-parameter of a link is only an attribute. */
export const PROPERTIES = [
  "preset",
  "seed",
  "examples",
  "view",
  "hide",
  "grid",
  "speed",
  "theme",
  "tier",
  "threads",
  "model",
  "tool",
  "z",
  "digit",
  "truncation",
  "at",
  "station",
  "experiment",
  "assets",
  "engine",
] as const;

/** Where the element finds its files. */
const OF_FILES = ["assets", "engine"];

/** Attributes of any HTML element, and those of its events, frameworks and accessibility. */
const GLOBAL =
  /^(id|class|style|slot|part|exportparts|title|hidden|tabindex|dir|role|inert|draggable|translate|nonce|popover|is|auto(focus|capitalize|correct)|accesskey|contenteditable|spellcheck|enterkeyhint|inputmode|virtualkeyboardpolicy|writingsuggestions|item\w+|on\w+|_.*|.*[-:@].*)$/;

/** Whether an attribute of this name is a parameter of a link. */
export function isParameter(name: string): boolean {
  return !GLOBAL.test(name) && !OF_FILES.includes(name);
}

/** Parameters that can change without a new run. */
const LIVE = ["view", "hide", "grid", "speed", "theme", "lang"];

/** The query of a link with the element's parameters. */
export function readParameters(element: Element): string {
  const query = new URLSearchParams();
  for (const { name, value } of element.attributes) {
    if (isParameter(name)) query.append(name, value);
  }
  return `?${query}`;
}

/** What decides about the run: two elements with the same are on the same run. */
export function runOf(element: Element): string {
  const query = new URLSearchParams(readParameters(element));
  for (const name of LIVE) query.delete(name);
  for (const name of OF_FILES) query.append(name, element.getAttribute(name) ?? "");
  return query.toString();
}
