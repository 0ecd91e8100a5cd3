// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-train-panel>`: next to the samples: errors, the state of training in words, curves, and real
// digits.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { isOfPoints } from "../../config/presets";
import { baseStyles } from "../elements/base_styles";
import { noticeStyles } from "../elements/notice_styles";
import { TrainingElement } from "../elements/training_element";
import type { Pictures } from "../pixels/pixel_colors";
import { formatCount } from "../platform/format";
import { DEFAULT_SETTINGS, writeSettings } from "../state/address";
import type { WentBack } from "../state/store";
import { explain } from "../words/error_words";
import { explainProblem } from "../words/layer_words";
import "./control_bar";
import "./curves/curves_view";
import "./film/film_strip";
import "./health_view";
import "../elements/image_grid";
import "../elements/load_notice";
import "./points/distributions";
import "./step_diagram/step_diagram";
import "./unsaved_notice";

const REAL_SHAPE = { columns: 12, rows: 1 };

export class TrainPanel extends TrainingElement {
  static override styles = [
    baseStyles,
    noticeStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 0.75rem;
        min-height: 0;
      }

      gv-curves-view {
        flex: 1;
        min-height: 0;
      }

      #real {
        display: grid;
        grid-template-columns: auto minmax(0, 26rem) auto;
        gap: 0.25rem 0.75rem;
        align-items: center;
      }

      #ways {
        display: flex;
        flex-wrap: wrap;
        grid-column: -2;
        justify-content: end;
      }

      @container (max-width: 899px) {
        #real {
          grid-template-columns: minmax(0, 26rem);
        }

        #ways {
          grid-column: 1;
          justify-content: start;
          margin-left: -0.875rem;
        }
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
    `,
  ];

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.requestUpdate())];
  }

  override render() {
    const { hidden, refusal, settings } = this.state;
    const ofPoints = isOfPoints(settings.preset);
    return html`
      ${this.#renderTrouble()}
      ${ofPoints && !hidden.has("real") ? html`<gv-distributions .controller=${this.controller}></gv-distributions>` : nothing}
      ${hidden.has("health") || refusal !== null ? nothing : html`<gv-health-view .controller=${this.controller}></gv-health-view>`}
      ${hidden.has("curves") ? nothing : html`<gv-curves-view .controller=${this.controller}></gv-curves-view>`}
      ${hidden.has("real") || ofPoints ? nothing : this.#renderReal()}
    `;
  }

  #renderTrouble() {
    const { digits, failure, refusal, wentBack, revived } = this.state;
    const { pictures } = this.state.settings;
    return html`
      <gv-unsaved-notice .controller=${this.controller}></gv-unsaved-notice>
      ${revived === null ? nothing : this.#renderRevived(revived)}
      ${
        refusal
          ? html`<div id="refusal" class="failure" role="alert">
              <strong>${msg("These settings cannot be trained.")}</strong> ${explainProblem(refusal)}
              <div class="small soft"><code>${refusal.path}</code></div>
            </div>`
          : nothing
      }
      ${
        digits.status === "failed" && digits.error.code === "no_data"
          ? this.#renderElsewhere()
          : digits.status === "loading" || digits.status === "failed"
            ? html`<gv-load-notice
              .loading=${digits}
              .amount=${formatCount}
              doing=${pictures === null ? msg("Loading handwritten digits") : msg("Reading your pictures")}
              failed=${pictures === null ? msg("The handwritten digits could not be loaded.") : msg("Your pictures could not be read.")}
              @retry=${() => void this.training.retryDigits()}
            ></gv-load-notice>`
            : nothing
      }
      ${
        failure
          ? html`<div class="failure" role="alert">
              <strong>${msg("Training stopped.")}</strong> ${explain(failure)}
              ${failure.code === "non_finite" ? describeReturn(wentBack) : nothing}
              <div class="small soft" lang="en">${failure.message}</div>
            </div>`
          : nothing
      }
    `;
  }

  /** The run's pictures are not here; unless its checkpoint does not say which, its files can be chosen again. */
  #renderElsewhere() {
    const isKnown = this.state.settings.pictures?.id;
    return html`<div id="elsewhere" class="failure" role="status">
      ${
        isKnown
          ? msg(
              "The pictures of this run are not on this device. Choose the same files again to train it. Until then you can look at its samples, save its film and explore it.",
            )
          : msg(
              "This run learned from pictures that are not on this page, so it cannot go on here. You can still look at its samples, save its film and explore it.",
            )
      }
      <div class="buttons">
        ${isKnown ? html`<button id="choose" @click=${this.#choosePictures}>${msg("Choose the files")}</button>` : nothing}
        ${this.#renderBack()}
      </div>
    </div>`;
  }

  #renderBack() {
    return html`<button id="back" class="quiet small" @click=${this.#backToDigits}>${msg("Back to the digits")}</button>`;
  }

  readonly #backToDigits = (): void => {
    writeSettings(this.controller.page, DEFAULT_SETTINGS);
    void this.training.applySettings(DEFAULT_SETTINGS);
  };

  #renderRevived(step: number) {
    return html`<div id="revived" class="failure" role="status">
      <strong>${msg("The training thread stopped.")}</strong>
      ${msg(str`The run went on from its last save, at step ${formatCount(step)}.`)}
      <button class="quiet" @click=${() => this.controller.store.patch({ revived: null })}>
        ${msg("Close")}
      </button>
    </div>`;
  }

  readonly #choosePictures = (): void => {
    this.dispatchEvent(new Event("pictures", { bubbles: true, composed: true }));
  };

  #renderReal() {
    const { digits, settings } = this.state;
    const isShownOwn = settings.pictures !== null && digits.status === "ready";
    return html`<div id="real" class="small">
      ${this.#renderDigits()}
      <span id="ways">
        <button id="pictures" class="quiet small" aria-haspopup="dialog" @click=${this.#choosePictures}>
          ${msg("Your own pictures …")}
        </button>
        ${isShownOwn ? this.#renderBack() : nothing}
      </span>
    </div>`;
  }

  #renderDigits() {
    const { realImages } = this.controller.live;
    const { digits, settings } = this.state;
    if (realImages === null || digits.status !== "ready") return nothing;
    if (this.#real?.values !== realImages) {
      this.#real = { values: realImages, size: this.training.sampleSize, off: 0, on: 255 };
    }
    const isOwn = settings.pictures !== null;
    const count = formatCount(digits.value);
    return html`
      <div>
        <strong>${msg("Real")}</strong>
        <span class="soft number">${isOwn ? msg(str`${count} pictures`) : msg(str`${count} digits`)}</span>
      </div>
      <gv-image-grid
        .pictures=${this.#real}
        .shape=${REAL_SHAPE}
        label=${isOwn ? msg("Some of your pictures that it learns from") : msg("Some of the handwritten digits that it learns from")}
      ></gv-image-grid>
    `;
  }

  #real: Pictures | null = null;
}

function describeReturn(wentBack: WentBack | null): string {
  if (wentBack === null) return msg("Reset it to start over.");
  const at = formatCount(wentBack.step);
  return wentBack.settings
    ? msg(str`The run is back at step ${at}, with the settings that it had then.`)
    : msg(str`The run is back at step ${at}.`);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-train-panel": TrainPanel;
  }
}

customElements.define("gv-train-panel", TrainPanel);
