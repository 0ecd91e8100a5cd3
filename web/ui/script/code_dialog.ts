// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-code-dialog>`: the run's settings as one PyTorch script to read, copy and download. Lines
// that differ from the preset's script are marked. Opens when attached.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { asGanvasError } from "../../engine/errors";
import type { Config, ConfigReport } from "../../engine/types";
import { withShapes } from "../../pytorch_script/networks";
import { scriptName, writeScript } from "../../pytorch_script/script";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { download } from "../platform/download";
import { formatCount } from "../platform/format";
import { configOf } from "../state/run_settings";
import { explain } from "../words/error_words";
import { codeStyles } from "./code_styles";
import { newLines } from "./line_differences";
import { type Token, tokenize } from "./python_tokens";

interface Code {
  readonly config: Config;
  readonly parameters: number;
  readonly script: string;
  readonly lines: readonly (readonly Token[])[];
  /** For each line, whether it is missing from the preset's script. */
  readonly marked: readonly boolean[];
}

export class CodeDialog extends AppElement {
  static override properties = {
    code: { state: true },
    trouble: { state: true },
    note: { state: true },
  };

  static override styles = [baseStyles, dialogStyles, codeStyles];

  /** Null until the core has resolved the settings. */
  declare code: Code | null;
  /** Why the core rejected the settings. */
  declare trouble: string | null;
  /** Result of copying. */
  declare note: "none" | "copied" | "not_copied";

  constructor() {
    super();
    this.code = null;
    this.trouble = null;
    this.note = "none";
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
    void this.#write();
  }

  override render() {
    const { code, trouble } = this;
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <span id="title">${msg("As code")}</span>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        ${trouble === null ? nothing : html`<p role="alert">${trouble}</p>`}
        ${code === null ? nothing : this.#renderCode(code)}
      </dialog>
    `;
  }

  #renderCode({ config, parameters: count, script, lines, marked }: Code) {
    const parameters = formatCount(count);
    return html`
      <p class="small soft">
        ${msg(str`This run’s settings in PyTorch: preset ${config.preset}, ${parameters} parameters.`)}
        ${msg("The script’s first lines say how to run it, and how to go on from a run that you have downloaded. Explore opens the file that it saves.")}
        ${
          marked.includes(true)
            ? html`<mark>${msg("Lines that differ from the preset")}</mark>`
            : nothing
        }
      </p>
      <pre tabindex="0" role="region" aria-label=${msg("Python script")} translate="no"><code
        >${lines.slice(0, -1).map((tokens, at) => renderLine(tokens, marked[at] === true))}</code></pre>
      <div class="buttons">
        <button id="copy" class="primary" @click=${() => void this.#copy(script)}>
          ${this.note === "copied" ? msg("Copied") : msg("Copy")}
        </button>
        <button id="download"
          @click=${() => download(scriptName(config), new Blob([script], { type: "text/x-python" }))}>
          ${msg(str`Download ${scriptName(config)}`)}
        </button>
        <p class=${this.note === "copied" ? "unseen" : "small soft"} role="status">${this.#describeNote()}</p>
      </div>
    `;
  }

  #describeNote(): string {
    switch (this.note) {
      case "none":
        return "";
      case "copied":
        return msg("Copied");
      case "not_copied":
        return msg("The browser did not allow copying.");
    }
  }

  async #write(): Promise<void> {
    const { settings } = this.state;
    const { client } = this.controller;
    if (client === null) return;
    try {
      const config = await configOf(client, settings);
      const preset = await configOf(client, { ...settings, changes: {} });
      const [report, presetReport] = [
        await client.checkConfig(config),
        await client.checkConfig(preset),
      ];
      const script = writeScript(withShapes(config, report), settings.changes["points"]);
      const before = writeScript(withShapes(preset, presetReport), "", config);
      const marked = newLines(script.split("\n"), before.split("\n"));
      const parameters = countParameters(report);
      this.code = { config, parameters, script, lines: tokenize(script), marked };
    } catch (thrown) {
      this.trouble = explain(asGanvasError(thrown));
    }
  }

  async #copy(script: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(script);
      this.note = "copied";
    } catch {
      this.note = "not_copied"; // no permission, or no clipboard without https
    }
  }

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

function countParameters({ generator, discriminator }: ConfigReport): number {
  return (generator?.parameters ?? 0) + (discriminator?.parameters ?? 0);
}

function renderLine(tokens: readonly Token[], marked: boolean) {
  const pieces = tokens.map(({ kind, text }) =>
    kind === "plain" ? text : html`<span class=${kind}>${text}</span>`,
  );
  return marked ? html`<mark>${pieces}</mark>` : html`<span class="line">${pieces}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-code-dialog": CodeDialog;
  }
}

customElements.define("gv-code-dialog", CodeDialog);
