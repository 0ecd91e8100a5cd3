// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Light or dark. Each element on a page has a theme of its own (elements/root_element.ts); canvases
// read their colours from custom properties and are notified of changes.

import type { Theme } from "./theme_choice";

export const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function systemTheme(): Theme {
  return darkSystem.matches ? "dark" : "light";
}

/** The colour scheme in use at an element; a page that states none is light. */
export function themeAt(element: Element): Theme {
  const schemes = getComputedStyle(element).colorScheme.split(" ");
  if (!schemes.includes("dark")) return "light";
  return schemes.includes("light") ? systemTheme() : "dark";
}

/** Listens for changes of any element's theme. Returns a function that unsubscribes. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function themeChanged(): void {
  for (const listener of listeners) listener();
}

/** A custom property's value at an element, e.g. cssColor(canvas, "--real"). */
export function cssColor(element: Element, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
