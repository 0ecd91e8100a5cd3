// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-block-dialog>`: one network's layers as a table, and details of the chosen one. Opens when
// rendered and emits `close` when it can be removed.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { Half, Inspection, LayerSummary } from "../../../engine/types";
import { AppElement } from "../../elements/app_element";
import { baseStyles } from "../../elements/base_styles";
import { dialogStyles } from "../../elements/dialog_styles";
import { closeIcon } from "../../elements/icons";
import { openModal } from "../../elements/modal";
import { formatCount, formatFigure } from "../../platform/format";
import { torchName } from "../../words/layer_words";
import "./layer_detail";

export class BlockDialog extends AppElement {
  static override properties = {
    ...AppElement.properties,
    network: {},
    seen: { attribute: false },
    chosen: { state: true },
  };

  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      dialog {
        width: min(44rem, calc(100vw - 1.5rem));
        overscroll-behavior: contain;
      }

      .content {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 0.1875rem 0.75rem 0.1875rem 0;
        text-align: end;
        white-space: nowrap;
      }

      th {
        color: var(--ink-soft);
        font-weight: 400;
      }

      th:first-child,
      th:nth-child(2),
      tbody td:nth-child(2) {
        text-align: start;
      }

      th:last-child,
      td:last-child {
        padding-right: 0.25rem;
      }

      tbody tr {
        border-top: 1px solid var(--line);
        cursor: pointer;
      }

      tbody tr:hover,
      tr.chosen {
        background: var(--sunken);
      }

      tbody th button {
        justify-content: start;
        gap: 0.75em;
        min-height: 1.75rem;
        padding: 0 0.375rem;
        border: 0;
        background: none;
        color: var(--ink);
      }

      tr.chosen button {
        font-weight: 600;
      }

      tfoot :is(th, td) {
        border-top: 1px solid var(--line-strong);
        font-weight: 600;
      }

      @media (max-width: 30rem) {
        dialog {
          padding: 1rem;
        }

        .norm {
          display: none;
        }

        th,
        td {
          padding-right: 0.375rem;
        }

        tbody th button {
          gap: 0.375em;
          padding-left: 0.125rem;
        }
      }
    `,
  ];

  declare network: Half;
  declare seen: Inspection;
  /** Index of the layer shown in detail. */
  declare chosen: number | null;

  constructor() {
    super();
    this.chosen = null;
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
  }

  override render() {
    const layers = this.seen[this.network];
    const chosen = this.chosen ?? firstShown(layers, this.network);
    const layer = layers[chosen];
    const total = layers.reduce((sum, { parameters }) => sum + parameters, 0);
    return html`
      <dialog aria-labelledby="title" @close=${this.#closed}>
        <div class="content">
          <div class="title">
            <span id="title">
              ${this.network === "generator" ? msg("Generator") : msg("Discriminator")}
            </span>
            <button type="button" class="quiet" aria-label=${msg("Close")}
              @click=${() => this.renderRoot.querySelector("dialog")?.close()}>${closeIcon}</button>
          </div>
          <div class="scroll">
            <table class="small">
              <thead>
                <tr>
                  <th scope="col">${msg("Layer")}</th>
                  <th scope="col">${msg("Output")}</th>
                  <th scope="col">${msg("Parameters")}</th>
                  <th scope="col" class="norm">${msg("Weight norm")}</th>
                  <th scope="col" class="norm">${msg("Gradient norm")}</th>
                </tr>
              </thead>
              <tbody>
                ${layers.map((each, index) => this.#renderLayer(each, index, index === chosen))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colspan="2">${msg("Total")}</th>
                  <td id="total">${formatCount(total)}</td>
                  <td colspan="2" class="norm"></td>
                </tr>
              </tfoot>
            </table>
          </div>
          ${
            layer === undefined
              ? nothing
              : html`<gv-layer-detail .controller=${this.controller} .layer=${layer} .seen=${this.seen}></gv-layer-detail>`
          }
        </div>
      </dialog>
    `;
  }

  #renderLayer(
    { type, shape, parameters, norm, gradientNorm }: LayerSummary,
    index: number,
    chosen: boolean,
  ) {
    const figure = (value: number | null): string => (value === null ? "" : formatFigure(value));
    const choose = (): void => {
      this.chosen = index;
    };
    return html`<tr class=${chosen ? "chosen" : ""} @click=${choose}>
      <th scope="row">
        <button aria-pressed=${chosen}>
          <span class="soft">${index}</span>${torchName(type, shape)}
        </button>
      </th>
      <td>${shape.join(" × ")}</td>
      <td>${parameters === 0 ? "" : formatCount(parameters)}</td>
      <td class="norm">${figure(norm)}</td>
      <td class="norm">${figure(gradientNorm)}</td>
    </tr>`;
  }

  readonly #closed = (): void => {
    this.dispatchEvent(new Event("close"));
  };
}

/** The layer next to the images: D's first with weights, G's last with weights. */
function firstShown(layers: readonly LayerSummary[], network: Half): number {
  const has = ({ parameters, type }: LayerSummary): boolean =>
    parameters > 0 && type !== "batch_norm";
  return network === "discriminator" ? layers.findIndex(has) : layers.findLastIndex(has);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-block-dialog": BlockDialog;
  }
}

customElements.define("gv-block-dialog", BlockDialog);
