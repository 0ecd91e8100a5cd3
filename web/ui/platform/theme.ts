// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Light, dark, or whatever the address or the system says. The colours themselves are in styles/theme.css; canvases
// read them from there and are told when they change.

import { writeAddress } from "./address_bar";
import { readPreference, writePreference } from "./preferences";

type Theme = "light" | "dark";

const darkSystem = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

function currentTheme(): Theme {
  return document.documentElement.dataset["theme"] === "dark" ? "dark" : "light";
}

/** Applies the choice of an earlier visit, else follows the system as it changes. */
export function startTheme(): void {
  apply(wanted());
  darkSystem.addEventListener("change", () => apply(wanted()));
}

/**
 * Turns to the other one; a choice that equals the system's is forgotten, so it follows again. An
 * address that asks for a theme then asks for this one.
 */
export function toggleTheme(): void {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  if (new URLSearchParams(location.search).has("theme")) writeAddress({ theme: next });
  writePreference("theme", next === systemTheme() ? null : next);
  apply(next);
}

/** Returns the function that ends the subscription. */
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

function wanted(): Theme {
  const wishes = [new URLSearchParams(location.search).get("theme"), readPreference("theme")];
  const chosen = wishes.find((wish) => wish === "light" || wish === "dark");
  return (chosen as Theme | undefined) ?? systemTheme();
}

function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}
