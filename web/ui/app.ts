// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<ganvas-app>`: the page's frame. One stage, beside it either the invitation or the run, and the
// keys that work everywhere.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { asksForBenchmark } from "./address";
import { baseStyles } from "./base_styles";
import { LabElement } from "./element";
import { describeEngine } from "./engine_names";
import { gaugeIcon } from "./icons";
import type { SettingsDialog } from "./settings_dialog";
import "./header";
import "./stage";
import "./welcome_panel";

export class App extends LabElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 3.5rem 1fr auto;
        width: min(100%, 104rem);
        min-height: 100dvh;
        margin: 0 auto;
        padding: 0 max(1rem, 2.5vw);
      }

      main {
        display: grid;
        /* The stage is as large as the window's height allows, and leaves the curves their room. */
        grid-template-columns: min(100dvh - 10.25rem, 52%) minmax(0, 1fr);
        gap: clamp(1.5rem, 4vw, 3.5rem);
        align-items: stretch;
        align-content: center;
      }

      gv-stage {
        align-self: start;
      }

      gv-machine {
        grid-column: 1 / -1;
      }

      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 0 1.5rem;
        justify-content: space-between;
        padding: 0.5rem 0 0.875rem;
      }

      #engine {
        min-height: 0;
        margin: -0.375rem -0.625rem;
        padding: 0.375rem 0.625rem;
        text-align: start;
        white-space: normal;
      }

      kbd {
        padding: 0 0.35em;
        border: 1px solid var(--line);
        border-radius: 4px;
        font: inherit;
      }

      .keys span + span {
        margin-left: 0.75em;
      }

      @media (max-width: 899px) {
        main {
          grid-template-columns: minmax(0, 1fr);
          gap: 0.75rem;
          align-content: start;
          width: min(100%, 34rem);
          margin: 0 auto;
        }

        gv-stage {
          align-self: auto;
        }

        footer {
          padding-top: 1.5rem;
        }
      }

      @media (hover: none), (max-width: 899px) {
        .keys {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#onKey);
  }

  override render() {
    const { mode, engine, announcement } = this.state;
    return html`
      <gv-header .lab=${this.lab}></gv-header>
      <main>
        <gv-stage .lab=${this.lab}></gv-stage>
        ${
          mode === "dream"
            ? html`<gv-welcome-panel .lab=${this.lab}></gv-welcome-panel>`
            : this.#trainPanel === "loaded"
              ? html`<gv-train-panel .lab=${this.lab} @settings=${() => this.#settings?.open()}>
                  </gv-train-panel>
                  <gv-machine .lab=${this.lab}></gv-machine>`
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
        <span class="keys">
          <span><kbd>${msg("Space")}</kbd> ${msg("play or pause")}</span>
          <span><kbd>S</kbd> ${msg("step")}</span>
          <span><kbd>R</kbd> ${msg("reset")}</span>
          <span><kbd>N</kbd> ${msg("new noise")}</span>
        </span>
      </footer>
      <div class="unseen" role="status">${announcement}</div>
      <gv-settings-dialog .lab=${this.lab}></gv-settings-dialog>
      ${
        this.#benchmark === "open"
          ? html`<gv-benchmark-dialog .lab=${this.lab} @close=${this.#closeBenchmark}>
            </gv-benchmark-dialog>`
          : nothing
      }
    `;
  }

  #trainPanel: "unloaded" | "loading" | "loaded" = "unloaded";

  override updated(): void {
    if (this.#benchmark === "wanted" && this.state.engine.status === "ready") this.#openBenchmark();
    this.#loadTrainPanel();
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

  get #settings(): SettingsDialog | null {
    return this.renderRoot.querySelector<SettingsDialog>("gv-settings-dialog");
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (this.#benchmark === "open") return;
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest("input, dialog")) return;
    // A focused button already does its own thing on space.
    if (event.key === " " && target instanceof Element && target.closest("button")) return;
    switch (event.key.toLowerCase()) {
      case " ":
        if (this.state.mode === "dream") void this.lab.resumeRun();
        else this.lab.toggle();
        break;
      case "s":
        if (this.state.mode === "train") void this.lab.step();
        break;
      case "r":
        if (this.state.mode === "train") void this.lab.reset();
        break;
      case "n":
        void this.lab.newNoise();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}

customElements.define("ganvas-app", App);
