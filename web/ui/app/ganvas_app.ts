// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<ganvas-app>`: the whole app as an element for any page. Its attributes are the parameters of a
// link.

import type { ClientSession } from "../../client/training_client";
import { GanvasError } from "../../engine/errors";
import type { GanvasAppElement, Parameter } from "../elements/element_types";
import type { PageHooks } from "../platform/page_hooks";
import { readAddress } from "../state/address";
import type { AppController } from "../state/app_controller";
import { AppRoot } from "./app_root";
import { ElementPage } from "./element_page";
import { PROPERTIES, readParameters, runOf } from "./parameters";

type Properties = Record<(typeof PROPERTIES)[number], Parameter>;

// The accessors of the parameters are defined below.
const Base = AppRoot as unknown as abstract new () => AppRoot & Properties;

export class GanvasApp extends Base implements GanvasAppElement {
  /** The parameters that decide about the run. */
  #run = "";
  /** Whether the last method called was `play`: what it needs may still be loading. */
  #plays = false;

  constructor() {
    super();
    this.addEventListener("click", this.#onLink);
    this.addEventListener("auxclick", this.#onLink);
  }

  get session(): ClientSession | null {
    return this.controller?.training?.run ?? null;
  }

  async play(): Promise<void> {
    this.#plays = true;
    const controller = await this.#ready();
    if (!controller.training?.run) return controller.startTraining(() => this.#plays);
    await controller.resumeRun();
    if (this.#plays) controller.training.play();
  }

  async pause(): Promise<void> {
    this.#plays = false;
    await this.#whenOpen();
    await this.controller?.training?.pause();
  }

  async step(): Promise<void> {
    this.#plays = false;
    const controller = await this.#ready();
    const { training } = controller;
    await (training?.run ? controller.resumeRun() : controller.startTraining(() => false));
    await controller.training?.step();
  }

  async reset(): Promise<void> {
    this.#plays = false;
    const controller = await this.#ready();
    await controller.training?.reset();
  }

  override connectedCallback(): void {
    for (const name of PROPERTIES) takeOver(this, name);
    super.connectedCallback();
  }

  protected override hooks(): PageHooks {
    return new ElementPage(this, readParameters(this));
  }

  protected override open(page = this.hooks()): void {
    this.#run = runOf(this);
    super.open(page);
  }

  protected override attributesChanged(names: ReadonlySet<string>): void {
    const { controller } = this;
    if (controller === null) return;
    if (runOf(this) !== this.#run) this.open();
    // A lost worker is shown by the engine's own notice.
    else controller.display(readAddress(readParameters(this)).opening, names).catch(() => {});
  }

  /** Attributes that have just changed open another run, which is waited for too. */
  async #whenOpen(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.opened; ) {
      seen = this.opened;
      await seen;
    }
  }

  async #ready(): Promise<AppController> {
    await this.#whenOpen();
    if (this.controller === null) {
      throw new GanvasError("disposed", "<ganvas-app> is not in a document.");
    }
    await this.controller.show("train");
    return this.controller;
  }

  /** Links in the app's own texts, such as "?view=learn", open within the element. */
  readonly #onLink = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button > 1) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const query = link?.getAttribute("href") ?? "";
    if (!query.startsWith("?")) return;
    event.preventDefault();
    // The middle button would open a link of the page around.
    if (event.button === 0) this.open(new ElementPage(this, query));
  };
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
