// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page of an element that anybody's page holds: the parameters are its own, and nothing outside
// the element changes.

import { changedUrl } from "../platform/link";
import type { Locale } from "../platform/locale_choice";
import type { PageHooks, Parameters } from "../platform/page_hooks";
import type { Theme } from "../platform/theme_choice";

export class ElementPage implements PageHooks {
  readonly link = null;
  readonly keeps = false;
  readonly keys: EventTarget;
  readonly #element: HTMLElement;
  #search: string;

  /** @param search the parameters that the element opens with */
  constructor(element: HTMLElement, search: string) {
    this.keys = element;
    this.#element = element;
    this.#search = search;
  }

  get search(): string {
    return this.#search;
  }

  href(parameters: Parameters): string {
    return new URL(changedUrl(`ganvas:/${this.#search}`, parameters)).search || "?";
  }

  write(parameters: Parameters): void {
    this.#search = this.href(parameters);
  }

  visit(parameters: Parameters): void {
    this.write(parameters);
  }

  onReturn(): () => void {
    return () => {};
  }

  /** A new tab would have the page around the element, so every click counts. */
  follows(): boolean {
    return true;
  }

  scrollToTop(): void {
    if (this.#element.getBoundingClientRect().top < 0) this.#element.scrollIntoView();
  }

  takeWorker(): null {
    return null;
  }

  chooseTheme(theme: Theme): void {
    this.#element.setAttribute("theme", theme);
  }

  chooseLocale(locale: Locale): void {
    this.#element.setAttribute("lang", locale);
  }
}
