// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-settings-dialog>`: the drawer with all settings of a run: preset, seed, pictures, hyper-parameters,
// and the layers of both networks. Opens when it is attached.

import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import {
  adjustmentTo,
  canContinue,
  configOf,
  type Draft,
  finish,
  invalidNames,
  startDraft,
  withOptimizer,
  withTyped,
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
import { isOfPoints, PRESETS, type Preset, presetsFor } from "../../config/presets";
import { firstProblem, misfitOf } from "../../config/problem_place";
import type { Settings } from "../../config/settings";
import type { ConfigReport } from "../../engine/types";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { fieldStyles } from "../elements/field_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { TrainingElement } from "../elements/training_element";
import { formatCount } from "../platform/format";
import { Latest } from "../platform/latest";
import { DEFAULT_SETTINGS, writeSettings } from "../state/address";
import { configOf as configOfRun } from "../state/run_settings";
import { explainProblem } from "../words/layer_words";
import { describePreset } from "../words/preset_words";
import { renderExamples } from "./examples_field";
import { parameterStyles, renderParameter } from "./parameter_field";
import { settingsStyles } from "./settings_styles";
import "./layer_editor";

export class SettingsDialog extends TrainingElement {
  static override properties = { draft: { state: true }, report: { state: true } };

  static override styles = [baseStyles, dialogStyles, fieldStyles, parameterStyles, settingsStyles];

  /** Null until the core has made the preset for the run's own pictures. */
  declare draft: Draft | null;
  /** The core's latest report; while a number is out of range, the networks' reports are earlier ones. */
  declare report: ConfigReport | null;
  /** In the place of the run's own pictures, once the user has chosen them. */
  #digits: Settings | null = null;
  /** Whether the user tried to start with invalid settings, so that an error is shown. */
  #tried = false;
  readonly #checks = new Latest(() => {}); // without the core, starting a run reports the error

  constructor() {
    super();
    this.draft = null;
    this.report = null;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#begin(this.state.settings);
    if (changed.has("draft")) this.#checks.ask(() => this.#check());
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
          <div class="body">${draft === null ? nothing : this.#renderDraft(draft)}</div>
          <div class="apply">${draft === null ? nothing : this.#renderApply(draft)}</div>
        </form>
      </dialog>
    `;
  }

  #renderDraft(draft: Draft) {
    const invalid = invalidNames(draft);
    return html`
      ${this.#renderIdentity(draft, invalid)}
      <details>
        <summary>${msg("Training options")}</summary>
        ${RUN_PARAMETERS.map((parameter) =>
          this.#renderField(draft, parameter, parameter.name, invalid),
        )}
      </details>
      ${this.#renderConflict(invalid)}
      ${this.#renderNetwork(draft, "g", invalid)} ${this.#renderNetwork(draft, "d", invalid)}
    `;
  }

  #renderIdentity(draft: Draft, invalid: ReadonlySet<string>) {
    const most = formatCount(Number.MAX_SAFE_INTEGER);
    return html`
      <fieldset>
        <label class="field" for="preset">${msg("Preset")}</label>
        <select id="preset" aria-describedby="preset-help" @change=${this.#choosePreset}>
          ${presetsFor((this.#digits ?? this.state.settings).pictures !== null).map(
            (name) =>
              html`<option value=${name} ?selected=${name === draft.preset}>
                ${name}${isOfPoints(name) ? ` (${msg("points in the plane")})` : ""}
              </option>`,
          )}
        </select>
        <p id="preset-help" class="small soft">${describePreset(draft.preset)}</p>
      </fieldset>
      ${this.#renderExamples(draft, invalid)}
      <fieldset>
        <label class="field" for="seed">${msg("Seed")}</label>
        <input id="seed" type="text" inputmode="numeric" autocomplete="off"
          aria-describedby="seed-help" aria-invalid=${invalid.has("seed")} .value=${draft.seed}
          @input=${(event: Event) => this.#change({ seed: (event.target as HTMLInputElement).value })} />
        <p id="seed-help" class="small soft">
          ${msg("The same settings and seed give exactly the same run.")}
        </p>
        ${
          invalid.has("seed")
            ? html`<p class="small wrong" role="alert">
                ${msg(str`The seed is a whole number from 0 to ${most}.`)}
              </p>`
            : nothing
        }
      </fieldset>
    `;
  }

  #renderExamples(draft: Draft, invalid: ReadonlySet<string>) {
    if (isOfPoints(draft.preset)) return this.#renderData(draft);
    return renderExamples({
      draft,
      invalid: invalid.has("examples"),
      change: (examples) => this.#change({ examples }),
      takeDigits: this.#takeDigits,
    });
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

  #renderNetwork(draft: Draft, network: NetworkName, invalid: ReadonlySet<string>) {
    const { report } = this;
    const networkReport = report?.[NETWORK_KEYS[network]] ?? null;
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
            ${msg(str`${formatCount(networkReport?.parameters ?? 0)} parameters`)}
          </span>
          ${misfit === null ? nothing : html`<span class="small wrong">${msg("does not fit")}</span>`}
        </summary>
        ${NETWORK_PARAMETERS.filter(
          ({ name, spec }) => spec.kind !== "layers" && hasSetting(optimizer, name),
        ).map((parameter) =>
          this.#renderField(draft, parameter, `${network}.${parameter.name}`, invalid),
        )}
        <div class="layers">
          <span class="field">${msg("Layers")}</span>
          <gv-layer-editor .layers=${draft.layers[network]} .report=${networkReport} .misfit=${misfit} .input=${input}
            label=${network === "g" ? msg("Layers of the generator") : msg("Layers of the discriminator")}
            @edit=${({ detail }: HTMLElementEventMap["edit"]) =>
              this.#change({ layers: { ...draft.layers, [network]: detail } })}
          ></gv-layer-editor>
        </div>
      </details>
    `;
  }

  #renderField(
    draft: Draft,
    parameter: HyperParameter,
    name: string,
    invalid: ReadonlySet<string>,
  ) {
    return renderParameter(parameter, {
      id: name.replace(".", "-"),
      text: draft.texts[name] ?? "",
      presetText: draft.defaults[name],
      invalid: invalid.has(name),
      change: (text) => this.#type(name, text),
    });
  }

  /** Conflicts between settings, and too large a run. Numbers out of range are marked in their own fields. */
  #renderConflict(invalid: ReadonlySet<string>) {
    const problem = this.report?.problem ?? null;
    if (problem === null || problem.path.includes(".") || invalid.size > 0) return nothing;
    return html`<p class="small wrong" role="alert">${explainProblem(problem)}</p>`;
  }

  /** The draft as settings; null if it is invalid. */
  #validSettings(): Settings | null {
    const { draft, report } = this;
    if (draft === null) return null;
    return report !== null && firstProblem(report) !== null ? null : finish(draft);
  }

  #renderApply(draft: Draft) {
    const settings = this.#validSettings();
    const run = this.training.run !== null && this.state.mode === "train";
    const canApply =
      settings !== null && run && canContinue(this.state.settings, settings, draft.config);
    return html`
      ${
        settings === null && this.#tried
          ? html`<p class="small wrong" role="alert">
              ${msg("Some settings are invalid; they are marked in red.")}
            </p>`
          : nothing
      }
      <button class="primary" id="apply">${msg("Apply and restart")}</button>
      <button type="button" id="continue" ?disabled=${!canApply} @click=${() => void this.#continue(draft)}>
        ${msg("Apply to this run")}
      </button>
    `;
  }

  async #check(): Promise<void> {
    const { draft } = this;
    if (draft === null) return;
    const report = await this.controller.client?.checkConfig(configOf(draft));
    if (report === undefined) return;
    const { generator, discriminator } = this.report ?? report;
    this.report = {
      ...report,
      generator: report.generator ?? generator,
      discriminator: report.discriminator ?? discriminator,
    };
  }

  readonly #takeDigits = (): void => {
    this.#digits = { ...DEFAULT_SETTINGS, seed: this.state.settings.seed };
    this.#begin(this.#digits);
  };

  readonly #choosePreset = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    const preset: Preset | undefined = PRESETS.find((name) => name === value);
    if (preset === undefined || this.draft === null) return;
    const base = this.#digits ?? this.state.settings;
    const pictures = isOfPoints(preset) ? null : base.pictures;
    this.#begin(withTyped({ ...base, preset, pictures, changes: {} }, this.draft));
  };

  /** Only the core knows a preset for own pictures. */
  #begin(settings: Settings): void {
    const { client } = this.controller;
    if (settings.pictures === null || client === null) {
      this.draft = startDraft(settings);
      return;
    }
    configOfRun(client, { ...settings, changes: {} }).then(
      (config) => {
        this.draft = startDraft(settings, config);
      },
      // Of a preset that needs classes, say; the core's report tells.
      () => {
        this.draft = startDraft(settings);
      },
    );
  }

  #type(name: string, text: string): void {
    const { draft } = this;
    if (draft === null) return;
    const [network, rest] = name.split(".") as [string, string | undefined];
    if (rest === "optimizer") this.draft = withOptimizer(draft, network as NetworkName, text);
    else this.#change({ texts: { ...draft.texts, [name]: text } });
  }

  #change(part: Partial<Draft>): void {
    if (this.draft !== null) this.draft = { ...this.draft, ...part };
  }

  readonly #start = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#restart();
  };

  async #restart(): Promise<void> {
    await this.#check().catch(() => {}); // the last report can be about an earlier draft
    const settings = this.#validSettings();
    this.#tried = true;
    this.requestUpdate();
    await this.updateComplete;
    if (settings === null) {
      this.#showInvalid();
      return;
    }
    this.#close();
    writeSettings(this.controller.page, settings);
    void this.training.applySettings(settings);
  }

  async #continue(draft: Draft): Promise<void> {
    await this.#check().catch(() => {});
    const settings = this.#validSettings();
    if (settings === null) return;
    this.#close();
    void this.training.changeCourse(settings, adjustmentTo(draft));
  }

  /** Opens the section with the first invalid field and focuses the field. */
  #showInvalid(): void {
    const field = this.renderRoot.querySelector<HTMLElement>("[aria-invalid=true]");
    const details = field?.closest("details");
    if (details) details.open = true;
    field?.focus();
  }

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-settings-dialog": SettingsDialog;
  }
}

customElements.define("gv-settings-dialog", SettingsDialog);
