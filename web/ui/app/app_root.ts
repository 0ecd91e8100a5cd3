// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The whole app as an element, with an engine, a state and a theme of its own. The site is one that fills
// its page (main.ts); `<ganvas-app>` is one for any page (ganvas_app.ts).

import { css, html, nothing } from "lit";
import type { Changes } from "../../config/settings";
import { importPart } from "../../engine/parts";
import { RootElement } from "../elements/root_element";
import { rootStyles } from "../elements/theme_styles";
import { folderUrl } from "../platform/asset_url";
import { getLocale } from "../platform/i18n";
import type { PageHooks } from "../platform/page_hooks";
import { readAddress, readEngineOptions } from "../state/address";
import { AppController } from "../state/app_controller";
import { type Numbers, type Store, unkeptPictures } from "../state/store";
import { announce } from "./announcements";
import { Frame } from "./frame";

export abstract class AppRoot extends RootElement {
  static override styles = [
    rootStyles,
    css`
      :host {
        --ganvas-height: clamp(34rem, 62.5cqi, 100dvh);
      }

      #app:focus {
        outline: none;
      }
    `,
  ];

  protected controller: AppController | null = null;
  /** Resolves when the controller is open. */
  protected opened: Promise<void> = Promise.resolve();
  #frame: Frame | null = null;

  get metrics(): Numbers | null {
    return this.controller?.live.numbers ?? null;
  }

  /** Whether the run or its pictures would be lost with the page. */
  get isUnsaved(): boolean {
    if (this.controller === null) return false;
    const { state } = this.controller.store;
    const isSaved = state.keeping.status === "saved" && unkeptPictures(state) === null;
    return (this.metrics?.step ?? 0) > 0 && !isSaved;
  }

  /** Saves the run as it is now. */
  async saveRun(): Promise<void> {
    await this.controller?.training?.keeper.save();
  }

  /** What the app reads from the page around it, and may change there. */
  protected abstract hooks(): PageHooks;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.controller === null) this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that only moves within the page goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#close();
    });
  }

  override render() {
    // Focusable, so that keys work after a click anywhere inside.
    return html`<div id="app" lang=${getLocale()} tabindex=${this.controller?.page.link === null ? -1 : nothing}>
      ${this.#frame}
    </div>`;
  }

  protected override localeFailed(thrown: unknown, again: () => void): void {
    const words = "中文文本未能加载。The Chinese texts could not be loaded.";
    this.controller?.miss(thrown, again, words);
  }

  protected open(page = this.hooks()): void {
    this.#close();
    const { opening, rest } = readAddress(page.search);
    const engine = this.getAttribute("engine");
    const controller = new AppController(opening, {
      page,
      engine: {
        ...readEngineOptions(page.search),
        ...(engine !== null && { baseUrl: folderUrl(engine) }),
      },
      assets: folderUrl(this.getAttribute("assets")),
      prepare: async (store) => {
        await findPictures(store, page);
        await takeChanges(store, rest);
      },
      loadControls: () => importPart(() => import("../train/train_panel")),
    });
    this.controller = controller;
    announce(this, controller);
    // Starts the downloads before the language has loaded.
    this.opened = controller.open();
    this.#frame = new Frame();
    this.#frame.controller = controller;
    this.requestUpdate();
  }

  #close(): void {
    this.controller?.dispose();
    this.controller = null;
    this.#frame = null;
  }
}

/** A link has the id of own pictures alone, which this device may have kept. */
async function findPictures(store: Store, page: PageHooks): Promise<void> {
  const { settings } = store.state;
  if (settings.pictures === null) return;
  const { findFacts } = await importPart(() => import("../state/picture_sets"));
  const pictures = await findFacts({ store, page }, settings.pictures.id);
  if (pictures === null) return;
  const examples = Math.min(settings.examples, pictures.count);
  store.patch({ settings: { ...settings, pictures, examples } });
}

/** Few links change network settings, so the code that checks them is loaded only for those. */
async function takeChanges(store: Store, rest: Changes): Promise<void> {
  if (Object.keys(rest).length === 0) return;
  const { checkChanges } = await importPart(() => import("../../config/hyper_parameters"));
  const { settings, problems: before } = store.state;
  const { changes, problems } = checkChanges(rest, settings.preset);
  store.patch({ settings: { ...settings, changes }, problems: [...before, ...problems] });
}
