// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-train-panel>`: the controls of the run, its numbers, its curves, and the real digits.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { baseStyles } from "./base_styles";
import { LabElement } from "./element";
import { explain } from "./failures";
import { formatCount, formatFixed } from "./format";
import { pauseIcon, playIcon, resetIcon, settingsIcon, stepIcon } from "./icons";
import type { Pictures } from "./images";
import "./curves_view";
import "./image_grid";
import "./load_notice";
import "./machine";

const REAL_SHAPE = { columns: 12, rows: 1 };

export class TrainPanel extends LabElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
        min-height: 0;
        container-type: inline-size;
      }

      .controls {
        display: flex;
        gap: 0.5rem;
      }

      /* The seed is still in the dialog where there is no room for it here. */
      @container (max-width: 29rem) {
        #settings span {
          display: none;
        }
      }

      #play {
        min-width: 7.5rem;
      }

      #settings {
        margin: 0 -0.875rem 0 auto;
      }

      dl {
        display: grid;
        grid-template-columns: 1fr 1.25fr 0.8fr 0.8fr;
        gap: 0.5rem 1rem;
        padding: 0.75rem 0;
        border-block: 1px solid var(--line);
      }

      dd {
        font-weight: 600;
      }

      gv-curves-view {
        flex: 1;
        min-height: 0;
      }

      .failure {
        padding: 0.75rem 1rem;
        border: 1px solid var(--danger);
        border-radius: var(--radius);
        background: var(--surface);
      }

      .failure strong {
        color: var(--danger);
        font-weight: 600;
      }

      #real {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.75rem;
        align-items: center;
      }

      #real strong {
        color: var(--real-text);
        font-weight: 600;
      }

      #real gv-image-grid {
        aspect-ratio: 11.6;
        padding: 2px;
        border: 1px solid var(--line);
        border-left: 3px solid var(--real);
        border-radius: var(--radius-small);
        background: var(--surface);
      }

      @media (max-width: 899px) {
        .controls {
          display: grid;
          grid-template-columns: 1.4fr 1fr 1fr auto;
        }

        #play {
          min-width: 0;
        }

        button {
          min-height: 3rem;
        }
      }
    `,
  ];

  protected override subscriptions() {
    return [this.lab.live.subscribe(() => this.requestUpdate())];
  }

  override render() {
    return html`
      <h1 class="unseen">${msg("Training")}</h1>
      ${this.#renderControls()} ${this.#renderTrouble()} ${this.#renderNumbers()}
      <gv-curves-view .lab=${this.lab}></gv-curves-view>
      ${this.#renderReal()}
    `;
  }

  #renderControls() {
    const { playing, digits, settings } = this.state;
    const { preset } = settings;
    const seed = String(settings.seed);
    const ready = this.lab.canTrain;
    return html`
      <div class="controls" role="group" aria-label=${msg("Training")}>
        <button id="play" class="primary" title=${msg("Space")} ?disabled=${!ready}
          @click=${() => this.lab.toggle()}>
          ${playing ? html`${pauseIcon}${msg("Pause")}` : html`${playIcon}${msg("Play")}`}
        </button>
        <button id="step" title="S" ?disabled=${!ready} @click=${() => void this.lab.step()}>
          ${stepIcon}${msg("Step")}
        </button>
        <button id="reset" title="R" ?disabled=${digits.status === "loading"}
          @click=${() => void this.lab.reset()}>
          ${resetIcon}${msg("Reset")}
        </button>
        <button id="settings" class="quiet number" aria-haspopup="dialog"
          aria-label=${msg(str`Settings: ${preset}, seed ${seed}`)} title=${msg("Settings")}
          @click=${() => this.dispatchEvent(new Event("settings"))}>
          ${settingsIcon}<span>${msg(str`${preset}, seed ${seed}`)}</span>
        </button>
      </div>
    `;
  }

  #renderTrouble() {
    const { digits, failure } = this.state;
    return html`
      ${
        digits.status === "loading" || digits.status === "failed"
          ? html`<gv-load-notice
              .loading=${digits}
              .amount=${formatCount}
              doing=${msg("Getting handwritten digits")}
              failed=${msg("The handwritten digits could not be loaded.")}
              @retry=${() => void this.lab.retryDigits()}
            ></gv-load-notice>`
          : nothing
      }
      ${
        failure
          ? html`<div class="failure" role="alert">
              <strong>${msg("Training stopped.")}</strong> ${explain(failure)}
              <div class="small soft" lang="en">${failure.message}</div>
            </div>`
          : nothing
      }
    `;
  }

  #renderNumbers() {
    const { numbers, stepsPerSecond } = this.lab.live;
    const { playing, settings } = this.state;
    const epochs = (numbers?.imagesSeen ?? 0) / settings.examples;
    const entry = (id: string, name: string, value: string) => html`
      <div>
        <dt class="small soft">${name}</dt>
        <dd class="number" id=${id}>${value}</dd>
      </div>
    `;
    return html`
      <dl>
        ${entry("steps", msg("Steps"), formatCount(numbers?.step ?? 0))}
        ${entry("images", msg("Images seen"), formatCount(numbers?.imagesSeen ?? 0))}
        ${entry("epoch", msg("Epoch"), formatFixed(epochs, 1))}
        ${entry("rate", msg("Steps/s"), playing ? formatCount(stepsPerSecond) : "–")}
      </dl>
    `;
  }

  #renderReal() {
    const { realImages } = this.lab.live;
    const { digits } = this.state;
    if (realImages === null || digits.status !== "ready") return nothing;
    if (this.#real?.values !== realImages) this.#real = { values: realImages, off: 0, on: 255 };
    return html`
      <div id="real" class="small">
        <div>
          <strong>${msg("Real")}</strong>
          <span class="soft number">${msg(str`${formatCount(digits.value)} digits`)}</span>
        </div>
        <gv-image-grid
          .pictures=${this.#real}
          .shape=${REAL_SHAPE}
          label=${msg("Some of the handwritten digits that it learns from")}
        ></gv-image-grid>
      </div>
    `;
  }

  #real: Pictures | null = null;
}

customElements.define("gv-train-panel", TrainPanel);
