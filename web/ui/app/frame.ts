// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-frame>`: what surrounds the views, the current view, and the keys. The Train view shows a stage
// next to either the welcome panel or the run.

import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { isOfPoints } from "../../config/presets";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { gaugeIcon } from "../elements/icons";
import { isModalOpen } from "../elements/modal";
import { asksForBenchmark, readAddress } from "../state/address";
import type { View } from "../state/store";
import { describeEngine } from "../words/engine_words";
import { frameStyles } from "./frame_styles";
import "./header";
import "../train/stage";
import "./welcome_panel";

/** A view, or the stage for points. */
type LazyPart = View | "points";

/** Code that is loaded only when its view is opened or a run starts. */
const LATER: Record<LazyPart, () => Promise<unknown>> = {
  train: () => import("../train/train_panel"),
  points: () => import("../train/points/points_stage"),
  explore: () => import("../explore/explore_view"),
  learn: () => import("../learn/learn_view"),
};
const DIALOGS = {
  settings: () => import("../settings/settings_dialog"),
  keys: () => import("./keys_dialog"),
  code: () => import("../script/code_dialog"),
  share: () => import("./share_dialog"),
};
type DialogName = keyof typeof DIALOGS;

export class Frame extends AppElement {
  static override styles = [baseStyles, frameStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    if (asksForBenchmark(this.controller.page.search)) this.#benchmark = "wanted";
  }

  protected override subscriptions() {
    const { page } = this.controller;
    page.keys.addEventListener("keydown", this.#onKey);
    return [
      page.onReturn(() => void this.controller.show(readAddress(page.search).opening.view)),
      () => page.keys.removeEventListener("keydown", this.#onKey),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heights.disconnect();
  }

  override render() {
    const { view, mode, engine, announcement, hidden } = this.state;
    const main = view === "train" ? `${mode} ${this.#ofPoints ? "points" : ""}` : view;
    return html`
      <gv-header .controller=${this.controller} @share=${() => this.#open("share")}></gv-header>
      <main class=${main} @settings=${() => this.#open("settings")}
        @code=${() => this.#open("code")}>
        ${this.#renderProblems()} ${this.#renderView(view)}
      </main>
      <footer class="small soft">
        <span>
          ${
            engine.status === "ready"
              ? html`<button id="engine" class="quiet" aria-haspopup="dialog"
                  title=${msg("Benchmark this device")} @click=${this.#openBenchmark}>
                  ${gaugeIcon}${describeEngine(engine.value)}
                </button>`
              : nothing
          }
        </span>
        ${hidden.has("keys") || view !== "train" ? nothing : this.#renderKeys()}
      </footer>
      <div class="unseen" role="status">${announcement}</div>
      ${
        this.#dialog === "settings"
          ? html`<gv-settings-dialog .controller=${this.controller} @close=${this.#closeDialog}></gv-settings-dialog>`
          : nothing
      }
      ${
        this.#dialog === "keys"
          ? html`<gv-keys-dialog @close=${this.#closeDialog}></gv-keys-dialog>`
          : nothing
      }
      ${
        this.#dialog === "code"
          ? html`<gv-code-dialog .controller=${this.controller} @close=${this.#closeDialog}></gv-code-dialog>`
          : nothing
      }
      ${
        this.#dialog === "share"
          ? html`<gv-share-dialog link=${this.controller.page.link ?? ""} @close=${this.#closeDialog}></gv-share-dialog>`
          : nothing
      }
      ${
        this.#benchmark === "open"
          ? html`<gv-benchmark-dialog .controller=${this.controller} @close=${this.#closeBenchmark}>
            </gv-benchmark-dialog>`
          : nothing
      }
    `;
  }

  #renderView(view: View) {
    switch (view) {
      case "train":
        return this.#renderTrain();
      case "explore":
        return this.#renderLater(html`<gv-explore .controller=${this.controller}></gv-explore>`);
      case "learn":
        return this.#renderLater(html`<gv-learn .controller=${this.controller}></gv-learn>`);
    }
  }

  #renderTrain() {
    const { mode, hidden } = this.state;
    const training = mode === "train" && this.#later.get("train") === "loaded";
    const film =
      training && !hidden.has("film")
        ? html`<gv-film-strip .controller=${this.controller}></gv-film-strip>`
        : nothing;
    return html`
      ${training ? html`<gv-control-bar .controller=${this.controller}></gv-control-bar>` : nothing}
      ${
        training && !hidden.has("diagram")
          ? html`<gv-step-diagram .controller=${this.controller}></gv-step-diagram>`
          : nothing
      }
      ${
        this.#ofPoints
          ? this.#renderLater(
              html`<gv-points-stage .controller=${this.controller}>${film}</gv-points-stage>`,
              "points",
            )
          : html`<gv-stage .controller=${this.controller}>${film}</gv-stage>`
      }
      ${
        mode === "pretrained"
          ? html`<gv-welcome-panel .controller=${this.controller}></gv-welcome-panel>`
          : training
            ? html`<gv-train-panel .controller=${this.controller}></gv-train-panel>`
            : nothing
      }
    `;
  }

  /** Whether the run learns points, which have their own stage. */
  get #ofPoints(): boolean {
    return this.state.mode === "train" && isOfPoints(this.state.settings.preset);
  }

  #renderLater(view: TemplateResult, part: LazyPart = this.state.view) {
    switch (this.#later.get(part)) {
      case "loaded":
        return view;
      case "failed":
        return html`<p class="later" role="alert">
          ${msg("This part of the page could not be loaded.")}
          <button @click=${() => this.#load(part)}>${msg("Try again")}</button>
        </p>`;
      default:
        return nothing;
    }
  }

  #renderKeys() {
    return html`<span class="keys">
      <span><kbd>${msg("Space")}</kbd> ${msg("play or pause")}</span>
      <span><kbd>S</kbd> ${msg("step")}</span>
      <span><kbd>R</kbd> ${msg("reset")}</span>
      <button id="keys" class="quiet" aria-haspopup="dialog" @click=${() => this.#open("keys")}>
        <kbd>?</kbd> ${msg("all keys")}
      </button>
    </span>`;
  }

  #renderProblems() {
    const { problems } = this.state;
    if (problems.length === 0) return nothing;
    return html`<div id="problems" class="small" role="alert">
      <span>
        ${msg("This page cannot use these settings and ignored them:")}
        ${problems.slice(0, 5).map(({ name, value }) => html`<code>${name}=${value}</code> `)}
      </span>
      <button class="quiet" @click=${() => this.controller.store.patch({ problems: [] })}>
        ${msg("Close")}
      </button>
    </div>`;
  }

  readonly #later = new Map<LazyPart, "loading" | "loaded" | "failed">();

  /** Reports the diagram's height, since the stage fills the height that is left below it. */
  readonly #heights = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    this.style.setProperty("--diagram-height", `${Math.ceil(height)}px`);
  });

  override updated(): void {
    const diagram = this.renderRoot.querySelector("gv-step-diagram");
    if (diagram !== null) this.#heights.observe(diagram);
    if (this.#benchmark === "wanted" && this.state.engine.status === "ready") this.#openBenchmark();
    const { view, mode } = this.state;
    const begun = view !== "train" || (mode === "train" && this.controller.training !== null);
    if (begun && !this.#later.has(view)) this.#load(view);
    if (view === "train" && this.#ofPoints && !this.#later.has("points")) this.#load("points");
  }

  #load(part: LazyPart): void {
    this.#later.set(part, "loading");
    const ended = (as: "loaded" | "failed") => (): void => {
      this.#later.set(part, as);
      this.requestUpdate();
    };
    LATER[part]().then(ended("loaded"), ended("failed"));
  }

  #dialog: DialogName | null = null;

  readonly #closeDialog = (): void => this.#showDialog(null);

  #open(name: DialogName): void {
    DIALOGS[name]().then(
      () => this.#showDialog(name),
      () => this.#showDialog(null), // pressing again retries
    );
  }

  #showDialog(name: DialogName | null): void {
    this.#dialog = name;
    this.requestUpdate();
  }

  /** "wanted": requested by the address, opens once the engine is ready. */
  #benchmark: "closed" | "wanted" | "loading" | "open" = "closed";

  readonly #openBenchmark = (): void => {
    this.#benchmark = "loading";
    import("../benchmark/benchmark_dialog").then(
      () => this.#showBenchmark(this.state.engine.status === "ready" ? "open" : "wanted"),
      () => this.#showBenchmark("closed"),
    );
  };

  readonly #closeBenchmark = (): void => this.#showBenchmark("closed");

  #showBenchmark(state: "open" | "wanted" | "closed"): void {
    this.#benchmark = state;
    this.requestUpdate();
  }

  readonly #onKey: EventListener = (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // The page around, such as a deck of slides, does not act on them as well. It gets Escape, unless that closes a dialog.
    if (event.key !== "Escape" || isModalOpen()) event.stopPropagation();
    if (event.repeat || isModalOpen()) return;
    const target = event.composedPath()[0];
    const inside = (selector: string): boolean =>
      target instanceof Element && target.closest(selector) !== null;
    if (inside("input:not([type=range]), select")) return;
    // The space key already presses a focused button.
    if (event.key === " " && inside("button, input")) return;
    if (event.key === "?") this.#open("keys");
    else if (this.state.view === "train") this.#onTrainKey(event);
  };

  #onTrainKey(event: KeyboardEvent): void {
    const training = this.state.mode === "train";
    switch (event.key.toLowerCase()) {
      case " ":
        if (training) this.controller.training?.toggle();
        else void this.controller.resumeRun();
        break;
      case "s":
        if (training) void this.controller.training?.step();
        break;
      case "h":
        if (training) void this.controller.training?.advanceHalf();
        break;
      case "r":
        if (training && event.shiftKey)
          void import("../train/control_bar").then((m) => m.reseed(this.controller));
        else if (training) void this.controller.training?.reset();
        break;
      case "c":
        if (training) this.#open("code");
        break;
      case "n":
        void this.controller.newNoise();
        break;
      case "arrowleft":
      case "arrowright":
        if (training) this.#scrub(event.key === "ArrowLeft" ? -1 : 1);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Moves by one snapshot of the film; after the last one comes the live run. */
  #scrub(by: number): void {
    const last = (this.controller.training?.film.length ?? 0) - 1;
    const frame = Math.max(0, (this.state.frame ?? last) + by);
    this.controller.store.patch({ frame: frame >= last ? null : frame });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-frame": Frame;
  }
}

customElements.define("gv-frame", Frame);
