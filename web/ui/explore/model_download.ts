// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-model-download>`: saves the current model for other programs, as safetensors or as ONNX.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { fileName } from "../../config/file_names";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { download } from "../platform/download";
import { type OnnxNetwork, onnxFile } from "../state/onnx_file";
import { aboutOnnx } from "../words/supply_words";
import { chooserStyles } from "./explore_styles";
import type { Explorer } from "./explorer";

type Content = "weights" | OnnxNetwork;

export class ModelDownload extends AppElement {
  static override properties = {
    ...AppElement.properties,
    explorer: { attribute: false },
    saving: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      select {
        width: 8.5rem;
      }
    `,
    chooserStyles,
  ];

  declare explorer: Explorer;
  /** Whether a file is being made. */
  declare saving: boolean;

  constructor() {
    super();
    this.saving = false;
  }

  protected override subscriptions() {
    return [this.explorer.subscribe(() => this.requestUpdate())];
  }

  override render() {
    const about = aboutOnnx();
    return html`
      <select id="download" aria-label=${msg("Download")} ?disabled=${this.saving}
        @change=${this.#choose}>
        <option value="" selected>${msg("Download …")}</option>
        <option value="weights">${msg("Weights (safetensors)")}</option>
        ${
          about === ""
            ? html`<option value="generator">${msg("Generator (ONNX)")}</option>
                ${
                  this.explorer.state.model?.judges
                    ? html`<option value="discriminator">${msg("Discriminator (ONNX)")}</option>`
                    : nothing
                }`
            : html`<option disabled>${about}</option>`
        }
      </select>
    `;
  }

  readonly #choose = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const content = select.value as Content;
    select.value = "";
    void this.#save(content);
  };

  async #save(content: Content): Promise<void> {
    const { controller, explorer } = this;
    const { model } = explorer.state;
    if (model === null) return;
    this.saving = true;
    try {
      const weights = await explorer.weightsOf(model);
      const name = fileName(model.config);
      if (content === "weights") {
        download(`${name}.safetensors`, new Blob([weights]));
      } else {
        download(`${name}-${content}.onnx`, await onnxFile(controller, weights, content));
      }
      controller.store.patch({ announcement: msg("The file is saved.") });
    } catch (thrown) {
      const again = (): void => void this.#save(content);
      controller.miss(thrown, again, msg("The file could not be made."));
    } finally {
      this.saving = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-model-download": ModelDownload;
  }
}

customElements.define("gv-model-download", ModelDownload);
