// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The site's own page, which its app fills: the address bar, the title, the background, and choices
// that outlast a visit.

import { msg } from "@lit/localize";
import { getLocale } from "../platform/i18n";
import { changedUrl, isPlain } from "../platform/link";
import { type Locale, preferredLocale } from "../platform/locale_choice";
import type { PageHooks, Parameters } from "../platform/page_hooks";
import { readPreference, writePreference } from "../platform/preferences";
import { cssColor, onThemeChange, systemTheme } from "../platform/theme";
import { asTheme, type Theme } from "../platform/theme_choice";
import type { AppRoot } from "./app_root";

declare global {
  /** What startup.js has started; null if it failed. */
  var ganvasAhead: Worker | null | undefined;
}

export class SitePage implements PageHooks {
  readonly keys = window;
  readonly keeps = true;
  readonly #app: AppRoot;

  constructor(app: AppRoot) {
    this.#app = app;
    const address = new URLSearchParams(location.search);
    const theme = asTheme(address.get("theme")) ?? asTheme(readPreference("theme"));
    this.#setTheme(theme);
    const wanted = [address.get("lang"), readPreference("lang"), ...navigator.languages];
    app.lang = preferredLocale(wanted);
    onThemeChange(() => this.#paint());
    this.#name();
    window.addEventListener("lit-localize-status", () => this.#name());
    window.addEventListener("beforeunload", (event) => {
      if (app.isUnsaved) event.preventDefault();
    });
  }

  get search(): string {
    return location.search;
  }

  get link(): string | null {
    return location.href;
  }

  href(parameters: Parameters): string {
    return changedUrl(location.href, parameters);
  }

  write(parameters: Parameters): void {
    history.replaceState(history.state, "", this.href(parameters));
  }

  visit(parameters: Parameters): void {
    history.pushState(null, "", this.href(parameters));
  }

  onReturn(listener: () => void): () => void {
    window.addEventListener("popstate", listener);
    return () => window.removeEventListener("popstate", listener);
  }

  follows(click: MouseEvent): boolean {
    return isPlain(click);
  }

  scrollToTop(): void {
    window.scrollTo({ top: 0 });
  }

  takeWorker(): Worker | null {
    const worker = globalThis.ganvasAhead ?? null;
    globalThis.ganvasAhead = null;
    return worker;
  }

  /** A choice equal to the system's is removed, so that the page follows the system again. */
  chooseTheme(theme: Theme): void {
    const own = theme === systemTheme() ? null : theme;
    writePreference("theme", own);
    this.#writeIfThere("theme", theme);
    this.#setTheme(own);
  }

  chooseLocale(locale: Locale): void {
    writePreference("lang", locale);
    this.#writeIfThere("lang", locale);
    this.#app.lang = locale;
  }

  #writeIfThere(name: string, value: string): void {
    if (new URLSearchParams(location.search).has(name)) this.write({ [name]: value });
  }

  /** Without a theme of its own, the app follows the scheme of the page, and the page the system's. */
  #setTheme(theme: Theme | null): void {
    document.documentElement.style.colorScheme = theme ?? "";
    if (theme === null) this.#app.removeAttribute("theme");
    else this.#app.setAttribute("theme", theme);
  }

  #paint(): void {
    document.body.style.background = cssColor(this.#app, "--page");
  }

  #name(): void {
    document.title = msg("Ganvas: train a GAN in this tab");
    document.documentElement.lang = getLocale();
  }
}
