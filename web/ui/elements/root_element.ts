// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Base class of the elements that stand in a page themselves. Each has its own theme: its attribute
// `theme`, else the colour scheme of the page where it stands. The language is the document's:
// `lang`, else the nearest ancestor's, else the browser's.

import { updateWhenLocaleChanges } from "@lit/localize";
import { adoptStyles, LitElement } from "lit";
import { useLocale } from "../platform/i18n";
import { preferredLocale } from "../platform/locale_choice";
import { darkSystem, themeAt, themeChanged } from "../platform/theme";
import { asTheme, type Theme } from "../platform/theme_choice";
import { COLORS } from "./theme_styles";

export abstract class RootElement extends LitElement {
  #theme: Theme | null = null;
  #locale: Promise<void> = Promise.resolve();
  /** Follow the page: its scheme is usually switched by an attribute of one of these. */
  readonly #pageChanges = new MutationObserver(() => this.#applyTheme());
  /** Observes also while the element is in no document, so that no change is missed when it moves. */
  readonly #attributeChanges = new MutationObserver((changes) => this.#follow(changes));
  readonly #onSystem = (): void => this.#applyTheme();

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** The theme in use. */
  get currentTheme(): Theme {
    return this.#theme ?? "light";
  }

  /** Attributes, by name, whose value may have changed, perhaps while the element is in no document. */
  protected abstract attributesChanged(names: ReadonlySet<string>): void;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const element of [document.documentElement, document.body]) {
      this.#pageChanges.observe(element, { attributes: true });
    }
    this.#attributeChanges.observe(this, { attributes: true, attributeOldValue: true });
    darkSystem.addEventListener("change", this.#onSystem);
    this.#applyTheme();
    this.#applyLocale();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#pageChanges.disconnect();
    darkSystem.removeEventListener("change", this.#onSystem);
  }

  /** Nothing is drawn before its words are there. */
  protected override async scheduleUpdate(): Promise<unknown> {
    await this.#locale;
    return super.scheduleUpdate();
  }

  #follow(changes: readonly MutationRecord[]): void {
    const names = new Set(changes.map(({ attributeName }) => attributeName ?? ""));
    if (this.isConnected && names.has("theme")) this.#applyTheme();
    if (this.isConnected && names.has("lang")) this.#applyLocale();
    this.attributesChanged(names);
  }

  #applyTheme(): void {
    const around = this.parentElement ?? (this.getRootNode() as ShadowRoot).host;
    const theme = asTheme(this.getAttribute("theme")) ?? themeAt(around);
    if (theme === this.#theme) return;
    this.#theme = theme;
    const { elementStyles } = this.constructor as typeof LitElement;
    adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, COLORS[theme]]);
    themeChanged();
  }

  #applyLocale(): void {
    const named = this.closest("[lang]")?.getAttribute("lang") ?? null;
    this.#locale = useLocale(preferredLocale([named, ...navigator.languages])).catch((thrown) =>
      this.localeFailed(thrown, () => this.#applyLocale()),
    );
  }

  /** Without its translation an element is in English. */
  protected localeFailed(_thrown: unknown, _again: () => void): void {}
}
