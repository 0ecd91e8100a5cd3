// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<ganvas-app>`: the whole app as an element for any page. Its attributes are the parameters of a
// link, and it has an engine, a state and a theme of its own. The site is one of them that fills the
// page (site_page.ts).

import { css, html, nothing } from "lit";
import type { ClientSession } from "../../client/training_client";
import type { Changes } from "../../config/settings";
import type { GanvasAppElement, Parameter } from "../elements/element_types";
import { RootElement } from "../elements/root_element";
import { rootStyles } from "../elements/theme_styles";
import { folderUrl } from "../platform/asset_url";
import { getLocale } from "../platform/i18n";
import type { PageHooks } from "../platform/page_hooks";
import { readAddress, readEngineOptions } from "../state/address";
import { AppController } from "../state/app_controller";
import type { Numbers, Store } from "../state/store";
import { announce } from "./announcements";
import { ElementPage } from "./element_page";
import { Frame } from "./frame";
import { PROPERTIES, readParameters, runOf } from "./parameters";

type Properties = Record<(typeof PROPERTIES)[number], Parameter>;

// The accessors of the parameters are defined below.
const Base = RootElement as unknown as abstract new () => RootElement & Properties;

export class GanvasApp extends Base implements GanvasAppElement {
  static styles = [
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

  /** What the app may change outside its element; null: nothing. To be set before it is connected. */
  page: PageHooks | null = null;
  #controller: AppController | null = null;
  #frame: Frame | null = null;
  #opened: Promise<void> = Promise.resolve();
  /** The parameters that decide about the run. */
  #run = "";

  get session(): ClientSession | null {
    return this.#controller?.training?.run ?? null;
  }

  get metrics(): Numbers | null {
    return this.#controller?.live.numbers ?? null;
  }

  async play(): Promise<void> {
    const controller = await this.#ready();
    if (!controller.training?.run) return controller.startTraining(true);
    await controller.resumeRun();
    controller.training.play();
  }

  async pause(): Promise<void> {
    await this.#whenOpen();
    await this.#controller?.training?.pause();
  }

  async step(): Promise<void> {
    const controller = await this.#ready();
    await (controller.training?.run ? controller.resumeRun() : controller.startTraining(false));
    await controller.training?.step();
  }

  async reset(): Promise<void> {
    const controller = await this.#ready();
    await controller.training?.reset();
  }

  override connectedCallback(): void {
    for (const name of PROPERTIES) takeOver(this, name);
    super.connectedCallback();
    if (this.#controller === null) this.#open();
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
    return html`<div id="app" lang=${getLocale()} tabindex=${this.page === null ? -1 : nothing}
      @click=${this.#onLink} @auxclick=${this.#onLink}>${this.#frame}</div>`;
  }

  protected override attributesChanged(names: ReadonlySet<string>): void {
    const controller = this.#controller;
    // The site's parameters are those of its address.
    if (this.page !== null || controller === null) return;
    if (runOf(this) !== this.#run) this.#open();
    // A lost worker is shown by the engine's own notice.
    else controller.display(readAddress(readParameters(this)).opening, names).catch(() => {});
  }

  #open(page = this.page ?? new ElementPage(this, readParameters(this))): void {
    this.#close();
    this.#run = runOf(this);
    const { opening, rest } = readAddress(page.search);
    const engine = this.getAttribute("engine");
    const controller = new AppController(opening, {
      page,
      engine: {
        ...readEngineOptions(page.search),
        ...(engine !== null && { baseUrl: folderUrl(engine) }),
      },
      assets: folderUrl(this.getAttribute("assets")),
      prepare: (store) => takeChanges(store, rest),
    });
    this.#controller = controller;
    announce(this, controller);
    // Starts the downloads before the language has loaded.
    this.#opened = controller.open();
    this.#frame = new Frame();
    this.#frame.controller = controller;
    this.requestUpdate();
  }

  #close(): void {
    this.#controller?.dispose();
    this.#controller = null;
    this.#frame = null;
  }

  /** Attributes that have just changed open another run, which is waited for too. */
  async #whenOpen(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.#opened; ) {
      seen = this.#opened;
      await seen;
    }
  }

  async #ready(): Promise<AppController> {
    await this.#whenOpen();
    if (this.#controller === null) throw new Error("<ganvas-app> is not in a document.");
    await this.#controller.show("train");
    return this.#controller;
  }

  /** Links in the app's own texts, such as "?view=learn", open within the element. */
  readonly #onLink = (event: MouseEvent): void => {
    if (this.page !== null || event.defaultPrevented || event.button > 1) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const query = link?.getAttribute("href") ?? "";
    if (!query.startsWith("?")) return;
    event.preventDefault();
    // The middle button would open a link of the page around.
    if (event.button === 0) this.#open(new ElementPage(this, query));
  };
}

/** Few links change network settings, so the code that checks them is loaded only for those. */
async function takeChanges(store: Store, rest: Changes): Promise<void> {
  if (Object.keys(rest).length === 0) return;
  const { checkChanges } = await import("../../config/hyper_parameters");
  const { settings, problems: before } = store.state;
  const { changes, problems } = checkChanges(rest, settings.preset);
  store.patch({ settings: { ...settings, changes }, problems: [...before, ...problems] });
}

/** Properties that a page set before the element was defined would hide the accessors. */
function takeOver(element: GanvasApp, name: (typeof PROPERTIES)[number]): void {
  if (!Object.hasOwn(element, name)) return;
  const value = element[name];
  Reflect.deleteProperty(element, name);
  element[name] = value;
}

for (const name of PROPERTIES) {
  Object.defineProperty(GanvasApp.prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: GanvasApp): Parameter {
      return this.getAttribute(name);
    },
    set(this: GanvasApp, value: Parameter | undefined) {
      if (value === null || value === undefined) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
  });
}

customElements.define("ganvas-app", GanvasApp);
