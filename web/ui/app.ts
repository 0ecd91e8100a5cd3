// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<ganvas-app>`: the page's frame. One stage, beside it either the invitation or the run, and the
// keys that work everywhere.

import { msg } from "@lit/localize";
import { html, nothing } from "lit";
import { asksForBenchmark } from "./address";
import { appStyles } from "./app_styles";
import { baseStyles } from "./base_styles";
import { LabElement } from "./element";
import { describeEngine } from "./engine_names";
import { gaugeIcon } from "./icons";
import { isOfPoints } from "./presets";
import "./header";
import "./stage";
import "./welcome_panel";

type Lazy = "unloaded" | "loading" | "loaded";
type DialogName = "settings" | "keys";

export class App extends LabElement {
  static override styles = [baseStyles, appStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKey);
    window.addEventListener("beforeunload", this.#onLeave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKey);
    window.removeEventListener("beforeunload", this.#onLeave);
    this.#heights.disconnect();
  }

  override render() {
    const { mode, engine, announcement, hidden, settings } = this.state;
    const training = mode === "train" && this.#trainPanel === "loaded";
    const ofPoints = mode === "train" && isOfPoints(settings.preset);
    const film =
      training && !hidden.has("film")
        ? html`<gv-film-strip .lab=${this.lab}></gv-film-strip>`
        : nothing;
    return html`
      <gv-header .lab=${this.lab}></gv-header>
      <main class="${mode} ${ofPoints ? "points" : ""}" @settings=${() => this.#open("settings")}>
        ${this.#renderProblems()}
        ${training ? html`<gv-control-bar .lab=${this.lab}></gv-control-bar>` : nothing}
        ${
          training && !hidden.has("machine")
            ? html`<gv-machine .lab=${this.lab}></gv-machine>`
            : nothing
        }
        ${ofPoints ? this.#renderPointsStage(film) : html`<gv-stage .lab=${this.lab}>${film}</gv-stage>`}
        ${
          mode === "dream"
            ? html`<gv-welcome-panel .lab=${this.lab}></gv-welcome-panel>`
            : training
              ? html`<gv-train-panel .lab=${this.lab}></gv-train-panel>`
              : nothing
        }
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
        ${hidden.has("keys") ? nothing : this.#renderKeys()}
      </footer>
      <div class="unseen" role="status">${announcement}</div>
      ${
        this.#dialog === "settings"
          ? html`<gv-settings-dialog .lab=${this.lab} @close=${this.#closeDialog}></gv-settings-dialog>`
          : nothing
      }
      ${
        this.#dialog === "keys"
          ? html`<gv-keys-dialog @close=${this.#closeDialog}></gv-keys-dialog>`
          : nothing
      }
      ${
        this.#benchmark === "open"
          ? html`<gv-benchmark-dialog .lab=${this.lab} @close=${this.#closeBenchmark}>
            </gv-benchmark-dialog>`
          : nothing
      }
    `;
  }

  #renderPointsStage(film: unknown) {
    if (this.#pointsStage !== "loaded") return nothing;
    return html`<gv-points-stage .lab=${this.lab}>${film}</gv-points-stage>`;
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
        ${msg("The link asks for what this page does not know, which was left out:")}
        ${problems.slice(0, 5).map(({ name, value }) => html`<code>${name}=${value}</code> `)}
      </span>
      <button class="quiet" @click=${() => this.lab.store.patch({ problems: [] })}>
        ${msg("Close")}
      </button>
    </div>`;
  }

  #trainPanel: Lazy = "unloaded";
  #pointsStage: Lazy = "unloaded";

  /** The stage is as large as what stands above it leaves it, so it has to know how much that is. */
  readonly #heights = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    this.style.setProperty("--machine-height", `${Math.ceil(height)}px`);
  });

  override updated(): void {
    const machine = this.renderRoot.querySelector("gv-machine");
    if (machine !== null) this.#heights.observe(machine);
    if (this.#benchmark === "wanted" && this.state.engine.status === "ready") this.#openBenchmark();
    this.#loadTrainPanel();
    if (this.state.mode === "train" && isOfPoints(this.state.settings.preset)) {
      this.#loadPointsStage();
    }
  }

  #loadPointsStage(): void {
    if (this.#pointsStage !== "unloaded") return;
    this.#pointsStage = "loading";
    import("./points/points_stage").then(
      () => {
        this.#pointsStage = "loaded";
        this.requestUpdate();
      },
      () => {
        this.#pointsStage = "unloaded"; // the next change of state tries again
      },
    );
  }

  /** The curves and controls are half of the page's code, which nobody needs before training. */
  #loadTrainPanel(): void {
    if (this.state.mode === "dream" || this.#trainPanel !== "unloaded") return;
    this.#trainPanel = "loading";
    import("./train_panel").then(
      () => {
        this.#trainPanel = "loaded";
        this.requestUpdate();
      },
      () => {
        this.#trainPanel = "unloaded"; // the next change of state tries again
      },
    );
  }

  #dialog: DialogName | null = null;

  readonly #closeDialog = (): void => this.#showDialog(null);

  #open(name: DialogName): void {
    const loading = name === "settings" ? import("./settings_dialog") : import("./keys_dialog");
    loading.then(
      () => this.#showDialog(name),
      () => this.#showDialog(null), // the next press tries again
    );
  }

  #showDialog(name: DialogName | null): void {
    this.#dialog = name;
    this.requestUpdate();
  }

  /** Wanted: by the address, as soon as there is an engine to measure. */
  #benchmark: "closed" | "wanted" | "loading" | "open" = asksForBenchmark(location.search)
    ? "wanted"
    : "closed";

  readonly #openBenchmark = (): void => {
    this.#benchmark = "loading";
    import("./benchmark_dialog").then(
      () => this.#showBenchmark(this.state.engine.status === "ready" ? "open" : "wanted"),
      () => this.#showBenchmark("closed"),
    );
  };

  readonly #closeBenchmark = (): void => this.#showBenchmark("closed");

  #showBenchmark(state: "open" | "wanted" | "closed"): void {
    this.#benchmark = state;
    this.requestUpdate();
  }

  /** A run is lost with the page. */
  readonly #onLeave = (event: BeforeUnloadEvent): void => {
    if ((this.lab.live.numbers?.step ?? 0) > 0) event.preventDefault();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (this.#benchmark === "open" || this.#dialog !== null) return;
    const target = event.composedPath()[0];
    const inside = (selector: string): boolean =>
      target instanceof Element && target.closest(selector) !== null;
    if (inside("input:not([type=range]), select, dialog")) return;
    // A focused button already does its own thing on space.
    if (event.key === " " && inside("button, input")) return;
    const training = this.state.mode === "train";
    switch (event.key.toLowerCase()) {
      case " ":
        if (training) this.lab.toggle();
        else void this.lab.resumeRun();
        break;
      case "s":
        if (training) void this.lab.step();
        break;
      case "h":
        if (training) void this.lab.advanceHalf();
        break;
      case "r":
        if (training && event.shiftKey)
          void import("./control_bar").then((m) => m.reseed(this.lab));
        else if (training) void this.lab.reset();
        break;
      case "n":
        void this.lab.newNoise();
        break;
      case "?":
        this.#open("keys");
        break;
      case "arrowleft":
      case "arrowright":
        if (training) this.#scrub(event.key === "ArrowLeft" ? -1 : 1);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  /** A snapshot of the film back or forth; past the last is the present. */
  #scrub(by: number): void {
    const last = this.lab.live.film.length - 1;
    const frame = Math.max(0, (this.state.frame ?? last) + by);
    this.lab.store.patch({ frame: frame >= last ? null : frame });
  }
}

customElements.define("ganvas-app", App);
