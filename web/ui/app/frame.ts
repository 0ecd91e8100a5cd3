// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-frame>`: what surrounds the views, the current view, and the keys. The Train view shows a stage
// next to either the welcome panel or the run.

import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { isOfPoints } from "../../config/presets";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import { importPart } from "../../engine/parts";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { type Dropped, takeDropped } from "../elements/dropped";
import { gaugeIcon } from "../elements/icons";
import { renderMissing } from "../elements/missing_part";
import { isModalOpen } from "../elements/modal";
import { formatCount, shorten } from "../platform/format";
import { hasDatabase } from "../platform/has_database";
import { themeChanged } from "../platform/theme";
import { asksForBenchmark, hasThreads, readAddress } from "../state/address";
import type { AppController } from "../state/app_controller";
import type { AppState, View } from "../state/store";
import { describeEngine, explainOneThread } from "../words/engine_words";
import { frameStyles } from "./frame_styles";
import "./header";
import "../train/stage";
import "./welcome_panel";

/** A view that is not of the opening, or the stage for points. */
type LazyPart = Exclude<View, "train"> | "points";

/** Code that is loaded only when its view is opened; a run's controls come with the run. */
const LATER: Record<LazyPart, () => Promise<unknown>> = {
  points: () => import("../train/points/points_stage"),
  explore: () => import("../explore/explore_view"),
  learn: () => import("../learn/learn_view"),
};
/** Each defines the element `gv-NAME-dialog`. */
const DIALOGS = {
  // These two show the settings, so they need all of them.
  settings: (controller: AppController) =>
    Promise.all([import("../settings/settings_dialog"), controller.complete()]),
  code: (controller: AppController) =>
    Promise.all([import("../script/code_dialog"), controller.complete()]),
  keys: () => import("./keys_dialog"),
  share: () => import("./share_dialog"),
  benchmark: () => import("../benchmark/benchmark_dialog"),
  runs: () => import("../runs/runs_dialog"),
  pictures: () => import("../pictures/pictures_dialog"),
};
type DialogName = keyof typeof DIALOGS;

/** Of a link's problems; the rest are counted. */
const SHOWN_PROBLEMS = 5;

export class Frame extends AppElement {
  static override styles = [baseStyles, frameStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    if (asksForBenchmark(this.controller.page.search)) this.#wantsBenchmark = true;
    void hasDatabase().then((has) => {
      this.#hasDatabase = has;
      this.requestUpdate();
    });
  }

  protected override subscriptions() {
    const { page } = this.controller;
    const listeners = { keydown: this.#onKey, dragover: this.#onDrag, drop: this.#onDrag };
    for (const [type, listener] of Object.entries(listeners)) {
      page.keys.addEventListener(type, listener);
    }
    return [
      page.onReturn(() => void this.controller.show(readAddress(page.search).opening.view)),
      () => {
        for (const [type, listener] of Object.entries(listeners)) {
          page.keys.removeEventListener(type, listener);
        }
      },
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heights.disconnect();
  }

  override render() {
    const { view, mode, engine, announcement, hidden } = this.state;
    const stage = this.#ofPoints ? "points" : this.#ofOwnPictures ? "photographs" : "";
    const main = view === "train" ? `${mode} ${stage}` : view;
    return html`
      <gv-header .controller=${this.controller} @share=${() => this.#open("share")}></gv-header>
      <main class=${main} @settings=${() => this.#open("settings")}
        @code=${() => this.#open("code")} @runs=${() => this.#open("runs")}
        @pictures=${() => this.#open("pictures")}>
        ${this.#renderProblems()} ${this.#renderView(view)}
      </main>
      ${this.#renderMissing()}
      <footer class="small soft">
        <span>
          ${
            engine.status === "ready"
              ? html`<button id="engine" class="quiet" aria-haspopup="dialog"
                  title=${msg("Benchmark this device")} @click=${() => this.#open("benchmark")}>
                  ${gaugeIcon}${describeEngine(engine.value)}
                </button>`
              : nothing
          }
        </span>
        ${hidden.has("keys") || view !== "train" ? nothing : this.#renderKeys()}
      </footer>
      <div class="unseen" role="status">${announcement}</div>
      ${this.#dialog}
    `;
  }

  #renderView(view: View) {
    switch (view) {
      case "train":
        return this.#renderTrain();
      case "explore":
        return this.#renderLater(
          view,
          html`<gv-explore .controller=${this.controller}></gv-explore>`,
        );
      case "learn":
        return this.#renderLater(view, html`<gv-learn .controller=${this.controller}></gv-learn>`);
    }
  }

  #renderTrain() {
    const { mode, hidden } = this.state;
    const training = mode === "train" && this.controller.training !== null;
    const film =
      training && !hidden.has("film")
        ? html`<gv-film-strip .controller=${this.controller}></gv-film-strip>`
        : nothing;
    return html`
      ${this.#offer === "loaded" ? html`<gv-saved-run .controller=${this.controller} .dropped=${this.#checkpoint} @taken=${this.#onTaken}></gv-saved-run>` : nothing}
      ${training ? html`<gv-control-bar .controller=${this.controller}></gv-control-bar>` : nothing}
      ${
        training && !hidden.has("diagram")
          ? html`<gv-step-diagram .controller=${this.controller}></gv-step-diagram>`
          : nothing
      }
      ${
        this.#ofPoints
          ? this.#renderLater(
              "points",
              html`<gv-points-stage .controller=${this.controller}>${film}</gv-points-stage>`,
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

  get #ofOwnPictures(): boolean {
    return this.state.mode === "train" && this.state.settings.pictures !== null;
  }

  #renderLater(part: LazyPart, view: TemplateResult) {
    const state = this.#later.get(part);
    if (state === "loaded") return view;
    if (state === "loading" || state === undefined) return nothing;
    const again = (): void => this.#load(part);
    return html`<p class="missing" role="alert">${renderMissing({ error: state, again })}</p>`;
  }

  #renderMissing() {
    const { missing } = this.state;
    if (missing === null) return nothing;
    return html`<p class="missing small" role="alert">
      ${renderMissing(missing)} ${this.#renderClose({ missing: null })}
    </p>`;
  }

  #renderClose(closed: Partial<AppState>) {
    return html`<button class="quiet" @click=${() => this.controller.store.patch(closed)}>
      ${msg("Close")}
    </button>`;
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
    const more = problems.length - SHOWN_PROBLEMS;
    return html`<div id="problems" class="small" role="alert">
      <span>
        ${msg("This page cannot use these settings and ignored them:")}
        ${problems
          .slice(0, SHOWN_PROBLEMS)
          .map(({ name, value }) => html`<code>${shorten(`${name}=${value}`)}</code>`)}
        ${more > 0 ? msg(str`and ${formatCount(more)} more.`) : nothing}
        ${!hasThreads() && problems.some(({ name }) => name === "threads") ? explainOneThread() : nothing}
      </span>
      ${this.#renderClose({ problems: [] })}
    </div>`;
  }

  readonly #later = new Map<LazyPart, "loading" | "loaded" | SerializedError>();

  /** Reports the diagram's height, since the stage fills the height that is left below it. */
  readonly #heights = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    this.style.setProperty("--diagram-height", `${Math.ceil(height)}px`);
  });

  override updated(): void {
    const diagram = this.renderRoot.querySelector("gv-step-diagram");
    if (diagram !== null) this.#heights.observe(diagram);
    if (this.#wantsBenchmark && this.state.engine.status === "ready") {
      this.#wantsBenchmark = false;
      void this.#open("benchmark");
    }
    if (this.#hadOwnPictures !== this.#ofOwnPictures) {
      this.#hadOwnPictures = this.#ofOwnPictures;
      themeChanged();
    }
    const { view } = this.state;
    const mayHaveRuns = this.controller.training !== null || this.#hasDatabase;
    const offers = this.#checkpoint !== null || (this.controller.page.keeps && mayHaveRuns);
    if (offers && this.state.engine.status === "ready" && this.#offer === "unloaded") {
      this.#loadOffer();
    }
    const part = view !== "train" ? view : this.#ofPoints ? "points" : null;
    if (part !== null && !this.#later.has(part)) this.#load(part);
  }

  #hasDatabase = false;

  #offer: "unloaded" | "loading" | "loaded" = "unloaded";

  /** Later than what the page opens with. */
  readonly #loadOffer = (): void => {
    this.#offer = "loading";
    void this.controller
      .part(() => import("../runs/saved_run"), this.#loadOffer)
      .then((part) => {
        if (part !== null) this.#offer = "loaded";
        this.requestUpdate();
      });
  };

  #load(part: LazyPart): void {
    const show = (state: "loading" | "loaded" | SerializedError): void => {
      this.#later.set(part, state);
      this.requestUpdate();
    };
    show("loading");
    importPart(LATER[part]).then(
      () => show("loaded"),
      (thrown) => show(asGanvasError(thrown)),
    );
  }

  #dialog: HTMLElement | typeof nothing = nothing;

  async #open(name: DialogName, dropped: readonly Dropped[] = []): Promise<void> {
    const { controller } = this;
    const load: () => Promise<unknown> = () => DIALOGS[name](controller);
    const part = await controller.part(load, () => void this.#open(name, dropped));
    if (part !== null) this.#showDialog(name, dropped);
  }

  #showDialog(name: DialogName, dropped: readonly Dropped[]): void {
    const { controller } = this;
    const dialog = document.createElement(`gv-${name}-dialog`);
    const link = controller.page.link ?? "";
    this.#dialog = Object.assign(dialog, { controller, link, dropped });
    dialog.addEventListener("close", () => {
      // Browsers tell late, when another may have been opened.
      if (this.#dialog === dialog) this.#dialog = nothing;
      this.requestUpdate();
    });
    this.requestUpdate();
  }

  #hadOwnPictures = false;

  /** Whether the address asks for it; it opens once the engine is ready. */
  #wantsBenchmark = false;

  /** A checkpoint that was dropped, until it is taken: the view's next elements would open it again. */
  #checkpoint: File | null = null;

  readonly #onTaken = (): void => {
    this.#checkpoint = null;
  };

  /** A checkpoint opens a run; other files are pictures. Text can be dragged as well, into inputs. */
  readonly #onDrag: EventListener = (event) => {
    if (!(event instanceof DragEvent) || this.state.view !== "train" || isModalOpen()) return;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (event.type !== "drop" || file === undefined) return;
    if (!file.name.endsWith(".safetensors")) void this.#open("pictures", takeDropped(event));
    else {
      this.#checkpoint = file;
      this.requestUpdate();
    }
  };

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
    // The space key already presses a focused button, and arrow keys move a slider.
    if (event.key === " " && inside("button, input")) return;
    if (event.key.startsWith("Arrow") && inside("input")) return;
    if (event.key === "?") void this.#open("keys");
    else if (this.state.view === "train") this.#onTrainKey(event);
  };

  #onTrainKey(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    // There while there is a run.
    const bar = this.renderRoot.querySelector("gv-control-bar");
    if (key === "n") void this.controller.newNoise();
    else if (key === " " && this.state.mode === "pretrained") void this.controller.resumeRun();
    else if (!bar?.press(key, event.shiftKey)) return;
    event.preventDefault();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-frame": Frame;
  }
}

customElements.define("gv-frame", Frame);
