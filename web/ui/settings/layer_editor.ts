// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-layer-editor>`: edits the layers of one network, and shows the output shape and the number of
// parameters of each. Every edit emits an event with the new layers. Rows are places: when layers change
// theirs, the focus goes with them.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { parseNumber } from "../../config/fields";
import { fieldsOf, fieldValue, LAYER_TYPES, makeLayer } from "../../config/layer_text";
import type { Misfit } from "../../config/problem_place";
import type { LayerConfig, LayerType, NetworkReport } from "../../engine/types";
import { baseStyles } from "../elements/base_styles";
import { fieldStyles } from "../elements/field_styles";
import { closeIcon, downIcon, upIcon } from "../elements/icons";
import { formatCount } from "../platform/format";
import { explainProblem, printShape } from "../words/layer_words";

export class LayerEditor extends LitElement {
  static override properties = {
    layers: { attribute: false },
    report: { attribute: false },
    misfit: { attribute: false },
    input: { attribute: false },
    label: {},
  };

  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      :host {
        display: block;
      }

      ol {
        display: grid;
        gap: 0.25rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: 1.75rem 1fr auto;
        gap: 0.125rem 0.25rem;
        align-items: center;
        padding: 0.25rem 0.25rem 0.25rem 0.5rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
      }

      li.invalid {
        border-color: var(--danger);
      }

      .fields,
      .out,
      .wrong {
        grid-column: 2 / -1;
      }

      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.75rem;
      }

      .fields label {
        display: inline-flex;
        gap: 0.25rem;
        align-items: center;
      }

      .fields input[type="text"] {
        width: 3.75rem;
        min-height: 1.75rem;
        padding: 0 0.375rem;
      }

      select {
        width: auto;
        max-width: 100%;
        min-height: 2rem;
        padding: 0 0.25rem;
        border-color: transparent;
        background: none;
        font-weight: 600;
      }

      select:hover {
        border-color: var(--line-strong);
      }

      option {
        background: var(--surface);
      }

      .tools {
        grid-row: 1;
        grid-column: 3;
        display: flex;
      }

      .tools button {
        min-height: 2rem;
        padding: 0 0.3125rem;
      }

      .out {
        display: flex;
        justify-content: space-between;
      }

      .ends {
        display: flex;
        justify-content: space-between;
        padding: 0.375rem 0.5rem;
      }

      #add {
        width: 100%;
        margin-top: 0.25rem;
      }
    `,
  ];

  declare layers: readonly LayerConfig[];
  /** Null until the core's first report. */
  declare report: NetworkReport | null;
  declare misfit: Misfit | null;
  /** The shape of one sample of the network's input. */
  declare input: readonly number[];
  declare label: string;
  /** Finds what has the focus once the new layers are shown. */
  #nextFocus: (() => HTMLElement | null) | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("layers")) return;
    this.#nextFocus?.()?.focus();
    this.#nextFocus = null;
  }

  override render() {
    const { layers, report, misfit, input } = this;
    return html`
      <div class="ends small soft number">
        <span>${msg(str`in: ${printShape(input)}`)}</span>
        <span>${msg(str`${formatCount(report?.parameters ?? 0)} parameters`)}</span>
      </div>
      <ol aria-label=${this.label}>
        ${layers.map((layer, at) => this.#renderLayer(layer, at))}
      </ol>
      <button id="add" type="button" @click=${() => this.#edit([...layers, { type: "relu" }])}>
        ${msg("Add a layer")}
      </button>
      ${
        misfit?.layer === null
          ? html`<p class="small wrong" role="alert">${explainProblem(misfit.problem)}</p>`
          : nothing
      }
    `;
  }

  #renderLayer(layer: LayerConfig, at: number) {
    const { misfit } = this;
    const invalid = misfit?.layer === at;
    const output = this.report?.layers[at];
    const number = String(at + 1);
    return html`<li class=${invalid ? "invalid" : ""}>
      <span class="small soft number">${number}</span>
      <select aria-label=${msg(str`Type of layer ${number}`)}
        @change=${(event: Event) => this.#retype(at, (event.target as HTMLSelectElement).value)}>
        ${LAYER_TYPES.map(
          (type) => html`<option ?selected=${type === layer.type}>${type}</option>`,
        )}
      </select>
      <div class="fields small">
        ${fieldsOf(layer.type).map(
          (field) => html`<label>
            <span class="soft">${field.name.replaceAll("_", " ")}</span>
            <input type="text" inputmode="decimal" autocomplete="off"
              .value=${printNumber(fieldValue(layer, field))}
              @change=${(event: Event) =>
                this.#changeField(at, field.name, (event.target as HTMLInputElement).value)} />
          </label>`,
        )}
      </div>
      <div class="tools">
        <button type="button" class="quiet" data-by="-1" ?disabled=${at === 0}
          aria-label=${msg(str`Move layer ${number} up`)} @click=${() => this.#move(at, -1)}
          >${upIcon}</button>
        <button type="button" class="quiet" data-by="1" ?disabled=${at === this.layers.length - 1}
          aria-label=${msg(str`Move layer ${number} down`)} @click=${() => this.#move(at, 1)}
          >${downIcon}</button>
        <button type="button" class="quiet remove" aria-label=${msg(str`Remove layer ${number}`)}
          @click=${() => this.#remove(at)}>${closeIcon}</button>
      </div>
      ${
        output
          ? html`<div class="out small soft number">
              <span>→ ${printShape(output.shape)}</span>
              <span>${output.parameters > 0 ? formatCount(output.parameters) : nothing}</span>
            </div>`
          : nothing
      }
      ${
        invalid && misfit
          ? html`<p class="small wrong" role="alert">${explainProblem(misfit.problem)}</p>`
          : nothing
      }
    </li>`;
  }

  #retype(at: number, value: string): void {
    const type = LAYER_TYPES.find((known) => known === value);
    if (type) this.#edit(this.layers.map((layer, i) => (i === at ? newLayer(type) : layer)));
  }

  #changeField(at: number, name: string, text: string): void {
    const value = parseNumber(text);
    this.#edit(this.layers.map((layer, i) => (i === at ? { ...layer, [name]: value } : layer)));
  }

  #move(at: number, by: 1 | -1): void {
    const layers = [...this.layers];
    const [moved] = layers.splice(at, 1);
    if (moved) layers.splice(at + by, 0, moved);
    // At an end, the button that moves back.
    this.#nextFocus = () =>
      this.#find(at + by, `[data-by="${by}"]:enabled`) ?? this.#find(at + by, "[data-by]:enabled");
    this.#edit(layers);
  }

  #remove(at: number): void {
    this.#nextFocus = () => this.#find(at, ".remove") ?? this.renderRoot.querySelector("#add");
    this.#edit(this.layers.filter((_, i) => i !== at));
  }

  /** In the row of a layer. */
  #find(at: number, selector: string): HTMLElement | null {
    return this.renderRoot.querySelector(`li:nth-child(${at + 1}) ${selector}`);
  }

  #edit(layers: readonly LayerConfig[]): void {
    this.dispatchEvent(new CustomEvent("edit", { detail: layers }));
  }
}

function printNumber(value: number): string {
  const text = String(value);
  return text.length > 6 ? value.toExponential() : text;
}

/** A new layer with useful values; types that are not listed here use the core's defaults. */
function newLayer(type: LayerType): LayerConfig {
  const values: Partial<Record<LayerType, readonly number[]>> = {
    linear: [128],
    conv2d: [32, 4, 2, 1],
    conv_transpose2d: [32, 4, 2, 1],
    leaky_relu: [0.2],
    reshape: [16, 7, 7],
  };
  return makeLayer(type, values[type] ?? []);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-layer-editor": LayerEditor;
  }

  interface HTMLElementEventMap {
    edit: CustomEvent<readonly LayerConfig[]>;
  }
}

customElements.define("gv-layer-editor", LayerEditor);
