// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-settings-dialog>`: preset, seed and number of digits, which are the run's identity, so they
// hold from step 0 of the next run.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { DEFAULT_SETTINGS, MAX_EXAMPLES, parseWhole, writeSettings } from "./address";
import { baseStyles } from "./base_styles";
import { dialogStyles } from "./dialog_styles";
import { LabElement } from "./element";
import { formatBytes, formatCount } from "./format";
import { closeIcon } from "./icons";
import { describePreset, PRESETS, type Preset } from "./presets";

const CHOICES = [1_000, 10_000, 30_000, 60_000];
/** The compressed images take this much each, very evenly. */
const BYTES_AN_IMAGE = 162;

export function downloadSize(examples: number): number {
  return examples * BYTES_AN_IMAGE;
}

export class SettingsDialog extends LabElement {
  static override properties = { wrong: { state: true }, shown: { state: true } };

  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      form,
      fieldset {
        display: grid;
        gap: 0.5rem;
        margin: 0;
        padding: 0;
        border: 0;
      }

      form {
        gap: 1.5rem;
      }

      legend,
      label.field {
        padding: 0;
        font-weight: 600;
      }

      legend {
        margin-bottom: 0.5rem;
      }

      .choices {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.5rem;
      }

      .choice {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 0.5rem;
        align-items: center;
        padding: 0.5rem 0.75rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        cursor: pointer;
      }

      .choice .small {
        white-space: nowrap;
      }

      @media (max-width: 26rem) {
        .choice .small {
          grid-column: 2 / -1;
        }
      }

      .choice:has(:checked) {
        border-color: var(--ink);
      }

      .choice:has(:focus-visible) {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }

      input[type="radio"] {
        margin: 0;
        accent-color: var(--ink);
        outline: none;
      }

      select,
      input[type="text"] {
        width: 100%;
        min-height: 2.5rem;
        padding: 0.375rem 0.75rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--page);
        color: var(--ink);
        font: inherit;
        font-variant-numeric: tabular-nums;
      }

      .wrong {
        color: var(--danger);
      }

      .apply {
        display: grid;
        gap: 0.5rem;
      }
    `,
  ];

  /** What is wrong with the seed as typed. */
  declare wrong: string | null;
  /** The preset that is chosen in the form, and described. */
  declare shown: Preset;

  constructor() {
    super();
    this.wrong = null;
    this.shown = DEFAULT_SETTINGS.preset;
  }

  open(): void {
    this.wrong = null;
    this.shown = this.state.settings.preset;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const form = this.renderRoot.querySelector("form");
      form?.reset();
      this.#dialog?.showModal();
    });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  override render() {
    const { preset, seed, examples } = this.state.settings;
    const choices = CHOICES.includes(examples)
      ? CHOICES
      : [...CHOICES, examples].sort((a, b) => a - b);
    return html`
      <dialog aria-labelledby="title">
        <form @submit=${this.#apply}>
          <div class="title">
            <span id="title">${msg("Settings")}</span>
            <button type="button" class="quiet" aria-label=${msg("Close")}
              @click=${() => this.#dialog?.close()}>${closeIcon}</button>
          </div>
          <fieldset>
            <label class="field" for="preset">${msg("Which GAN")}</label>
            <select id="preset" name="preset" aria-describedby="preset-help" @change=${this.#show}>
              ${PRESETS.map(
                (name) => html`<option value=${name} ?selected=${name === preset}>${name}</option>`,
              )}
            </select>
            <p id="preset-help" class="small soft">${describePreset(this.shown)}</p>
          </fieldset>
          <fieldset>
            <legend>${msg("Handwritten digits to learn from")}</legend>
            <div class="choices">
              ${choices.map(
                (count) => html`<label class="choice">
                  <input type="radio" name="examples" value=${count} ?checked=${count === examples} />
                  <span class="number">${formatCount(count)}</span>
                  <span class="small soft number">${formatBytes(downloadSize(count))}</span>
                </label>`,
              )}
            </div>
          </fieldset>
          <fieldset>
            <label class="field" for="seed">${msg("Seed")}</label>
            <input id="seed" name="seed" type="text" inputmode="numeric" autocomplete="off"
              aria-describedby="seed-help" value=${seed} />
            <p id="seed-help" class="small soft">
              ${msg("The same GAN, seed and digits give the same run, number by number.")}
            </p>
            ${this.wrong === null ? nothing : html`<p class="small wrong" role="alert">${this.wrong}</p>`}
          </fieldset>
          <div class="apply">
            <button class="primary" id="apply">${msg("Start over with these")}</button>
          </div>
        </form>
      </dialog>
    `;
  }

  #show(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.shown = PRESETS.find((name) => name === value) ?? DEFAULT_SETTINGS.preset;
  }

  #apply(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const preset = PRESETS.find((name) => name === form.get("preset")) ?? DEFAULT_SETTINGS.preset;
    const seed = parseWhole(String(form.get("seed")), 0, Number.MAX_SAFE_INTEGER);
    const examples = parseWhole(String(form.get("examples")), 1, MAX_EXAMPLES);
    if (seed === null || examples === null) {
      const most = formatCount(Number.MAX_SAFE_INTEGER);
      this.wrong = msg(str`The seed is a whole number from 0 to ${most}.`);
      return;
    }
    this.#dialog?.close();
    writeSettings({ preset, seed, examples });
    void this.lab.applySettings({ preset, seed, examples });
  }
}

customElements.define("gv-settings-dialog", SettingsDialog);
