// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Light or dark: from the address, else an earlier choice, else the system. The colours are in
// styles/theme.css; canvases read them from there and are notified of changes.

import { writeAddress } from "./address_bar";
import { readPreference, writePreference } from "./preferences";

type Theme = "light" | "dark";

const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function currentTheme(): Theme {
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

/** Applies the theme and follows the system when its setting changes. */
export function startTheme(): void {
  apply(chosenTheme());
  darkSystem.addEventListener("change", () => apply(chosenTheme()));
}

/**
 * Switches the theme. A choice equal to the system's is removed, so that the page follows the
 * system again; `theme` in the address is updated if present.
 */
export function toggleTheme(): void {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  if (new URLSearchParams(location.search).has("theme")) writeAddress({ theme: next });
  writePreference("theme", next === systemTheme() ? null : next);
  apply(next);
}

/** Returns a function that unsubscribes. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A custom property's value, e.g. cssColor("--real"). */
export function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function systemTheme(): Theme {
  return darkSystem.matches ? "dark" : "light";
}

function chosenTheme(): Theme {
  const choices = [new URLSearchParams(location.search).get("theme"), readPreference("theme")];
  const chosen = choices.find((choice) => choice === "light" || choice === "dark");
  return (chosen as Theme | undefined) ?? systemTheme();
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}
