// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-settings-dialog>`: the drawer with everything that makes a run: preset, seed, digits, every
// hyper-parameter, and the layers of both networks. Opens when it is attached.

import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import { downloadSize } from "../../config/download_size";
import {
  adjustmentTo,
  canGoOn,
  configOf,
  type Draft,
  finish,
  startDraft,
  withOptimizer,
  wrongNames,
} from "../../config/draft";
import {
  DATA_PARAMETER,
  type HyperParameter,
  hasSetting,
  NETWORK_KEYS,
  NETWORK_PARAMETERS,
  type NetworkName,
  RUN_PARAMETERS,
} from "../../config/hyper_parameters";
import { isOfPoints, PRESETS, type Preset } from "../../config/presets";
import { firstProblem, misfitOf } from "../../config/problem_place";
import { MAX_EXAMPLES, type Settings } from "../../config/settings";
import type { ConfigReport } from "../../engine/types";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { fieldStyles } from "../elements/field_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { TrainingElement } from "../elements/training_element";
import { formatBytes, formatCount } from "../platform/format";
import { Latest } from "../platform/latest";
import { writeSettings } from "../state/address";
import { explainProblem } from "../words/layer_words";
import { describePreset } from "../words/preset_words";
import { parameterStyles, renderParameter } from "./parameter_field";
import { settingsStyles } from "./settings_styles";
import "./layer_editor";

const CHOICES = [1_000, 10_000, 30_000, 60_000];

export class SettingsDialog extends TrainingElement {
  static override properties = { draft: { state: true }, report: { state: true } };

  static override styles = [baseStyles, dialogStyles, fieldStyles, parameterStyles, settingsStyles];

  declare draft: Draft;
  /** What the core said last; of the networks, what it said before while a number is out of range. */
  declare report: ConfigReport | null;
  /** Whether starting was tried, so that what is wrong is said. */
  #tried = false;
  readonly #checks = new Latest(() => {}); // without the core, starting will say what is wrong

  constructor() {
    super();
    this.report = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.draft = startDraft(this.state.settings);
    if (!this.hasUpdated || changed.has("draft")) this.#checks.ask(() => this.#check());
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
  }

  override render() {
    const { draft } = this;
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <form @submit=${this.#start}>
          <div class="title">
            <span id="title">${msg("Settings")}</span>
            <button type="button" class="quiet" aria-label=${msg("Close")} @click=${this.#close}>
              ${closeIcon}
            </button>
          </div>
          <div class="body">${this.#renderDraft(draft)}</div>
          <div class="apply">${this.#renderApply(draft)}</div>
        </form>
      </dialog>
    `;
  }

  #renderDraft(draft: Draft) {
    const wrong = wrongNames(draft);
    return html`
      ${this.#renderIdentity(draft, wrong)}
      <details>
        <summary>${msg("The game")}</summary>
        ${RUN_PARAMETERS.map((parameter) =>
          this.#renderField(draft, parameter, parameter.name, wrong),
        )}
        ${this.#renderConflict(wrong)}
      </details>
      ${this.#renderNetwork(draft, "g", wrong)} ${this.#renderNetwork(draft, "d", wrong)}
    `;
  }

  #renderIdentity(draft: Draft, wrong: ReadonlySet<string>) {
    const most = formatCount(Number.MAX_SAFE_INTEGER);
    return html`
      <fieldset>
        <label class="field" for="preset">${msg("Which GAN")}</label>
        <select id="preset" aria-describedby="preset-help" @change=${this.#choosePreset}>
          ${PRESETS.map(
            (name) =>
              html`<option value=${name} ?selected=${name === draft.preset}>
                ${name}${isOfPoints(name) ? ` (${msg("points in the plane")})` : ""}
              </option>`,
          )}
        </select>
        <p id="preset-help" class="small soft">${describePreset(draft.preset)}</p>
      </fieldset>
      ${isOfPoints(draft.preset) ? this.#renderData(draft) : this.#renderDigits(draft, wrong)}
      <fieldset>
        <label class="field" for="seed">${msg("Seed")}</label>
        <input id="seed" type="text" inputmode="numeric" autocomplete="off"
          aria-describedby="seed-help" aria-invalid=${wrong.has("seed")} .value=${draft.seed}
          @input=${(event: Event) => this.#change({ seed: (event.target as HTMLInputElement).value })} />
        <p id="seed-help" class="small soft">
          ${msg("The same GAN, seed and digits give the same run, number by number.")}
        </p>
        ${
          wrong.has("seed")
            ? html`<p class="small wrong" role="alert">
                ${msg(str`The seed is a whole number from 0 to ${most}.`)}
              </p>`
            : nothing
        }
      </fieldset>
    `;
  }

  #renderDigits(draft: Draft, wrong: ReadonlySet<string>) {
    const chosen = Number(draft.examples);
    const known = CHOICES.includes(chosen) || wrong.has("examples");
    const choices = known ? CHOICES : [...CHOICES, chosen].sort((a, b) => a - b);
    return html`
      <fieldset>
        <legend>${msg("Handwritten digits to learn from")}</legend>
        <div class="choices">
          ${choices.map(
            (count) => html`<label class="choice">
              <input type="radio" name="examples" value=${count} .checked=${count === chosen}
                @change=${() => this.#change({ examples: String(count) })} />
              <span class="number">${formatCount(count)}</span>
              <span class="small soft number">${formatBytes(downloadSize(count))}</span>
            </label>`,
          )}
        </div>
        ${
          wrong.has("examples")
            ? html`<p class="small wrong" role="alert">
                ${msg(str`A whole number from 1 to ${formatCount(MAX_EXAMPLES)}.`)}
              </p>`
            : nothing
        }
      </fieldset>
    `;
  }

  #renderData(draft: Draft) {
    const { name, spec } = DATA_PARAMETER;
    const drawn = draft.texts["points"] !== undefined;
    const choices = spec.kind === "choice" ? spec.choices : [];
    const known = choices.filter((choice) => drawn || choice !== "drawn");
    const parameter: HyperParameter = {
      ...DATA_PARAMETER,
      spec: { kind: "choice", choices: known },
    };
    return html`<fieldset>${this.#renderField(draft, parameter, name, new Set())}</fieldset>`;
  }

  #renderNetwork(draft: Draft, network: NetworkName, wrong: ReadonlySet<string>) {
    const { report } = this;
    const found = report?.[NETWORK_KEYS[network]] ?? null;
    const misfit = report === null ? null : misfitOf(report, NETWORK_KEYS[network]);
    const { config, texts } = draft;
    const optimizer = texts[`${network}.optimizer`] ?? "";
    const title = network === "g" ? msg("Generator") : msg("Discriminator");
    const input = network === "g" ? [Number(texts["latent_size"])] : config.sample_shape;
    return html`
      <details id=${network === "g" ? "generator" : "discriminator"}>
        <summary>
          <span class=${network === "g" ? "generated" : "real"}>${title}</span>
          <span class="small soft number">
            ${msg(str`${formatCount(found?.parameters ?? 0)} parameters`)}
          </span>
          ${misfit === null ? nothing : html`<span class="small wrong">${msg("does not fit")}</span>`}
        </summary>
        ${NETWORK_PARAMETERS.filter(
          ({ name, spec }) => spec.kind !== "layers" && hasSetting(optimizer, name),
        ).map((parameter) =>
          this.#renderField(draft, parameter, `${network}.${parameter.name}`, wrong),
        )}
        <div class="layers">
          <span class="field">${msg("Layers")}</span>
          <gv-layer-editor .layers=${draft.layers[network]} .report=${found} .misfit=${misfit} .input=${input}
            label=${network === "g" ? msg("Layers of the generator") : msg("Layers of the discriminator")}
            @edit=${({ detail }: HTMLElementEventMap["edit"]) =>
              this.#change({ layers: { ...draft.layers, [network]: detail } })}
          ></gv-layer-editor>
        </div>
      </details>
    `;
  }

  #renderField(draft: Draft, parameter: HyperParameter, name: string, wrong: ReadonlySet<string>) {
    return renderParameter(parameter, {
      id: name.replace(".", "-"),
      text: draft.texts[name] ?? "",
      byDefault: draft.defaults[name],
      wrong: wrong.has(name),
      change: (text) => this.#type(name, text),
    });
  }

  /** Settings of the run that do not go together. A number out of range is marked in its own field. */
  #renderConflict(wrong: ReadonlySet<string>) {
    const problem = this.report?.problem ?? null;
    if (problem === null || problem.path.includes(".") || wrong.size > 0) return nothing;
    return html`<p class="small wrong" role="alert">${explainProblem(problem)}</p>`;
  }

  /** What the draft stands for, or null while something in it cannot be. */
  #finished(): Settings | null {
    const { draft, report } = this;
    return report !== null && firstProblem(report) !== null ? null : finish(draft);
  }

  #renderApply(draft: Draft) {
    const settings = this.#finished();
    const run = this.training.run !== null && this.state.mode === "train";
    const going = settings !== null && run && canGoOn(this.state.settings, settings);
    return html`
      ${
        settings === null && this.#tried
          ? html`<p class="small wrong" role="alert">
              ${msg("Something above cannot be: it is marked in red.")}
            </p>`
          : nothing
      }
      <button class="primary" id="apply">${msg("Start over with these")}</button>
      <button type="button" id="go-on" ?disabled=${!going} @click=${() => void this.#goOn(draft)}>
        ${msg("Go on with these")}
      </button>
    `;
  }

  async #check(): Promise<void> {
    const report = await this.controller.client?.checkConfig(configOf(this.draft));
    if (report === undefined) return;
    const { generator, discriminator } = this.report ?? report;
    this.report = {
      ...report,
      generator: report.generator ?? generator,
      discriminator: report.discriminator ?? discriminator,
    };
  }

  readonly #choosePreset = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const preset: Preset | undefined = PRESETS.find((name) => name === value);
    if (preset) this.draft = startDraft({ ...this.state.settings, preset, changes: {} });
  };

  #type(name: string, text: string): void {
    const { draft } = this;
    const [network, rest] = name.split(".") as [string, string | undefined];
    if (rest === "optimizer") this.draft = withOptimizer(draft, network as NetworkName, text);
    else this.#change({ texts: { ...draft.texts, [name]: text } });
  }

  #change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part };
  }

  readonly #start = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#startOver();
  };

  async #startOver(): Promise<void> {
    await this.#check().catch(() => {}); // the answer may be of an earlier draft
    const settings = this.#finished();
    this.#tried = true;
    this.requestUpdate();
    await this.updateComplete;
    if (settings === null) {
      this.#showWrong();
      return;
    }
    this.#close();
    writeSettings(settings);
    void this.training.applySettings(settings);
  }

  async #goOn(draft: Draft): Promise<void> {
    await this.#check().catch(() => {});
    const settings = this.#finished();
    if (settings === null) return;
    this.#close();
    void this.training.changeCourse(settings, adjustmentTo(draft));
  }

  /** Opens what holds the first thing that is wrong, and puts the focus there. */
  #showWrong(): void {
    const wrong = this.renderRoot.querySelector<HTMLElement>("[aria-invalid=true]");
    const details = wrong?.closest("details");
    if (details) details.open = true;
    wrong?.focus();
  }

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-settings-dialog": SettingsDialog;
  }
}

customElements.define("gv-settings-dialog", SettingsDialog);
