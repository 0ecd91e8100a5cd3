// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-train-panel>`: next to the samples: errors, the state of training in words, curves, and real
// digits.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { isOfPoints } from "../../config/presets";
import { IMAGE_PIXELS } from "../../engine/types";
import { baseStyles } from "../elements/base_styles";
import { TrainingElement } from "../elements/training_element";
import type { Pictures } from "../pixels/pixel_colors";
import { download } from "../platform/download";
import { formatCount } from "../platform/format";
import { checkpointName } from "../state/saved_runs/checkpoint_name";
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

const REAL_SHAPE = { columns: 12, rows: 1 };

export class TrainPanel extends TrainingElement {
  static override styles = [
    baseStyles,
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

      .failure {
        padding: 0.625rem 1rem;
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
        grid-template-columns: auto minmax(0, 26rem) auto;
        gap: 0.25rem 0.75rem;
        align-items: center;
      }

      #pictures {
        grid-column: -2;
        justify-self: end;
      }

      @container (max-width: 899px) {
        #pictures {
          grid-column: 1 / -1;
          justify-self: start;
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
    const { hidden, settings } = this.state;
    const ofPoints = isOfPoints(settings.preset);
    return html`
      ${this.#renderTrouble()}
      ${ofPoints && !hidden.has("real") ? html`<gv-distributions .controller=${this.controller}></gv-distributions>` : nothing}
      ${hidden.has("health") ? nothing : html`<gv-health-view .controller=${this.controller}></gv-health-view>`}
      ${hidden.has("curves") ? nothing : html`<gv-curves-view .controller=${this.controller}></gv-curves-view>`}
      ${hidden.has("real") || ofPoints ? nothing : this.#renderReal()}
    `;
  }

  #renderTrouble() {
    const { digits, failure, refusal, wentBack, keeping, revived } = this.state;
    return html`
      ${keeping.status === "failed" ? this.#renderUnsaved(keeping.reason) : nothing}
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
          ? html`<div id="elsewhere" class="failure" role="status">
              ${msg("This run learned from pictures that are not on this page, so it cannot go on here. You can still look at its samples, save its film and explore it.")}
            </div>`
          : digits.status === "loading" || digits.status === "failed"
            ? html`<gv-load-notice
              .loading=${digits}
              .amount=${formatCount}
              doing=${msg("Loading handwritten digits")}
              failed=${msg("The handwritten digits could not be loaded.")}
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

  #renderUnsaved(reason: "full" | "refused") {
    const why =
      reason === "full"
        ? msg(
            "The browser's storage is full. Training goes on; delete runs that you no longer need.",
          )
        : msg(
            "This browser keeps nothing for this page, perhaps because the window is private. Training goes on.",
          );
    return html`<div id="unsaved" class="failure" role="alert">
      <strong>${msg("This run is not saved.")}</strong> ${why}
      <button @click=${() => void this.#download()}>${msg("Download the run")}</button>
      ${
        reason === "full"
          ? html`<button @click=${() => this.#open("runs")}>${msg("Saved runs")}</button>`
          : nothing
      }
    </div>`;
  }

  #renderRevived(step: number) {
    return html`<div id="revived" class="failure" role="status">
      <strong>${msg("The training thread stopped.")}</strong>
      ${msg(str`The run went on from its last save, at step ${formatCount(step)}.`)}
      <button class="quiet" @click=${() => this.controller.store.patch({ revived: null })}>
        ${msg("Close")}
      </button>
    </div>`;
  }

  #open(dialog: "runs" | "pictures"): void {
    this.dispatchEvent(new Event(dialog, { bubbles: true, composed: true }));
  }

  /** The checkpoint, where the browser cannot keep it. */
  async #download(): Promise<void> {
    const { keeper } = this.training;
    await keeper.save();
    const kept = keeper.latest;
    if (kept !== null) download(checkpointName(kept.run), new Blob([kept.checkpoint]));
  }

  #renderReal() {
    return html`<div id="real" class="small">
      ${this.#renderDigits()}
      <button id="pictures" class="quiet small" aria-haspopup="dialog" @click=${() => this.#open("pictures")}>
        ${msg("Your own pictures …")}
      </button>
    </div>`;
  }

  #renderDigits() {
    const { realImages } = this.controller.live;
    const { digits } = this.state;
    if (realImages === null || digits.status !== "ready") return nothing;
    if (this.#real?.values !== realImages) {
      this.#real = { values: realImages, size: IMAGE_PIXELS, off: 0, on: 255 };
    }
    return html`
      <div>
        <strong>${msg("Real")}</strong>
        <span class="soft number">${msg(str`${formatCount(digits.value)} digits`)}</span>
      </div>
      <gv-image-grid
        .pictures=${this.#real}
        .shape=${REAL_SHAPE}
        label=${msg("Some of the handwritten digits that it learns from")}
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
