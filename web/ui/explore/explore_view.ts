// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-explore>`: six tools that query trained networks, one at a time, and the choice of model.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { PRETRAINED } from "../../config/supply";
import { IMAGE_PIXELS } from "../../engine/types";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { renderEngineNotice } from "../elements/engine_notice";
import { formatBytes } from "../platform/format";
import { themeChanged } from "../platform/theme";
import type { AppController } from "../state/app_controller";
import type { Model, ModelName } from "../state/models";
import { aboutNetworks } from "../words/supply_words";
import { TOOLS, type Tool } from "./choice";
import { chooserStyles, exploreStyles } from "./explore_styles";
import { type Explorer, explorerOf } from "./explorer";
import { describeModel, explainRefusal, loadingWords, modelName } from "./model_names";
import "../elements/load_notice";
import "./axes_tool";
import "./digit_tool";
import "./draw_tool";
import "./model_download";
import "./path_tool";
import "./plane_tool";
import "./score_tool";
import "./variety_tool";

/** Entry of the model list that opens a file. */
const OPEN_FILE = "open";

export class ExploreView extends AppElement {
  static override properties = { ...AppElement.properties, dropping: { state: true } };

  static override styles = [baseStyles, chooserStyles, exploreStyles];

  /** Whether a file is being dragged over the view. */
  declare dropping: boolean;
  #explorer: Explorer | null = null;
  #wereDigits = true;

  constructor() {
    super();
    this.dropping = false;
  }

  protected override subscriptions() {
    return [
      this.explorer.subscribe(() => this.requestUpdate()),
      this.controller.store.subscribe(() => this.explorer.wake()),
    ];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.explorer.refresh();
  }

  get explorer(): Explorer {
    this.#explorer ??= explorerOf(this.controller as AppController);
    return this.#explorer;
  }

  override render() {
    const { explorer } = this;
    const { choice, model } = explorer.state;
    return html`
      <h1 class="unseen">${msg("Explore")}</h1>
      <div class="frame ${this.dropping ? "dropping" : ""}" @dragover=${this.#dragOver}
        @dragleave=${this.#dragEnd} @drop=${this.#drop}>
        <div class="bar">
          <div class="tabs" role="tablist" aria-label=${msg("Tools")} @keydown=${this.#onKey}>
            ${TOOLS.map((tool) => this.#renderTab(tool, choice.tool))}
          </div>
          ${this.#renderChooser()}
        </div>
        ${this.#renderNotices()}
        <div id="panel" class=${model?.ofDigits === false ? "photographs" : ""} role="tabpanel" aria-labelledby="tab-${choice.tool}">
          ${model === null ? nothing : this.#renderTool(choice.tool)}
        </div>
      </div>
    `;
  }

  override updated(): void {
    const ofDigits = this.explorer.state.model?.ofDigits !== false;
    if (ofDigits !== this.#wereDigits) {
      this.#wereDigits = ofDigits;
      themeChanged();
    }
  }

  #renderTab(tool: Tool, chosen: Tool) {
    return html`<button id="tab-${tool}" role="tab" aria-controls="panel"
      aria-selected=${tool === chosen ? "true" : "false"} tabindex=${tool === chosen ? 0 : -1}
      @click=${() => this.explorer.choose({ tool })}>${toolName(tool, this.explorer.state.model)}</button>`;
  }

  #renderChooser() {
    const { explorer } = this;
    const { choice, model, file } = explorer.state;
    const own: ModelName[] = explorer.hasRun ? ["run"] : [];
    const more = aboutNetworks();
    const names: ModelName[] = [...PRETRAINED, ...own, ...(file === null ? [] : ["file" as const])];
    return html`
      <div class="chooser">
        <label for="model" class="unseen">${msg("The generator")}</label>
        <select id="model" @change=${this.#choose} title=${msg("The generator")}>
          ${names.map(
            (name) => html`<option value=${name} .selected=${name === choice.model}>
              ${modelName(name, file?.name)}
            </option>`,
          )}
          ${more === "" ? nothing : html`<option disabled>${more}</option>`}
          <option value=${OPEN_FILE}>${msg("Open a file …")}</option>
        </select>
        <span class="small soft about">${model === null ? nothing : describeModel(model)}</span>
        <input id="file" type="file" accept=".safetensors" hidden aria-hidden="true" tabindex="-1"
          @change=${this.#openChosen} />
        ${
          model === null
            ? nothing
            : html`<gv-model-download .controller=${this.controller} .explorer=${explorer}>
              </gv-model-download>`
        }
      </div>
    `;
  }

  #renderNotices() {
    const { engine } = this.state;
    const { loading, loads, refused, choice } = this.explorer.state;
    if (engine.status !== "ready") {
      return renderEngineNotice(this.controller, msg("The program was interrupted."));
    }
    const name = refused === null ? "" : refused.file;
    if (loading.status === "idle" && refused === null) return nothing;
    const { doing, failed } = loadingWords(loads);
    return html`
      <gv-load-notice .loading=${loading} .amount=${formatBytes} doing=${doing} .failed=${failed}
        @retry=${() => void this.explorer.useModel(choice.model)}></gv-load-notice>
      ${
        refused === null
          ? nothing
          : html`<div class="refused" role="alert">
              <span>
                <strong>${msg(str`“${name}” could not be opened.`)}</strong>
                ${explainRefusal(refused.error)} ${msg("The previous generator stays in use.")}
                <span class="small soft detail" lang="en">${refused.error.message}</span>
              </span>
              <button class="quiet" @click=${() => this.explorer.dismissRefusal()}>
                ${msg("Close")}
              </button>
            </div>`
      }
    `;
  }

  #renderTool(tool: Tool) {
    const { explorer } = this;
    switch (tool) {
      case "plane":
        return html`<gv-plane-tool .explorer=${explorer}></gv-plane-tool>`;
      case "path":
        return html`<gv-path-tool .explorer=${explorer}></gv-path-tool>`;
      case "digit":
        return html`<gv-digit-tool .explorer=${explorer}></gv-digit-tool>`;
      case "variety":
        return html`<gv-variety-tool .explorer=${explorer}></gv-variety-tool>`;
      case "axes":
        return html`<gv-axes-tool .explorer=${explorer}></gv-axes-tool>`;
      case "draw":
        return isDrawable(explorer.state.model)
          ? html`<gv-draw-tool .explorer=${explorer}></gv-draw-tool>`
          : html`<gv-score-tool .explorer=${explorer}></gv-score-tool>`;
    }
  }

  readonly #choose = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const { choice } = this.explorer.state;
    if (select.value === OPEN_FILE) {
      select.value = choice.model;
      this.renderRoot.querySelector<HTMLInputElement>("#file")?.click();
      return;
    }
    void this.explorer.useModel(select.value as ModelName);
  };

  readonly #openChosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) void this.explorer.openFile(file);
    input.value = ""; // the same file can be chosen again
  };

  readonly #dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.dropping = true;
  };

  readonly #dragEnd = (): void => {
    this.dropping = false;
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.dropping = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void this.explorer.openFile(file);
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { tool } = this.explorer.state.choice;
    const here = TOOLS.indexOf(tool);
    const to = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      Home: 0,
      End: TOOLS.length - 1,
    }[event.key];
    const next = to === undefined ? undefined : TOOLS[(to + TOOLS.length) % TOOLS.length];
    if (next === undefined) return;
    event.preventDefault();
    this.explorer.choose({ tool: next });
    this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
}

/** Whether the model's pictures are such as a pen can draw. */
function isDrawable(model: Model | null): boolean {
  return model === null || model.size === IMAGE_PIXELS;
}

function toolName(tool: Tool, model: Model | null): string {
  switch (tool) {
    case "plane":
      return msg("Map");
    case "path":
      return msg("Path");
    case "digit":
      return model === null || model.ofDigits ? msg("Digits") : msg("Classes");
    case "variety":
      return msg("Variety");
    case "axes":
      return msg("Numbers");
    case "draw":
      return isDrawable(model) ? msg("Draw") : msg("Score");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-explore": ExploreView;
  }
}

customElements.define("gv-explore", ExploreView);
