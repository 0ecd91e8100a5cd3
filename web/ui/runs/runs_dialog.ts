// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-runs-dialog>`: the saved runs, to open, rename, duplicate, download or delete, and checkpoints from
// elsewhere. Opens when attached.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { checkpointName, fileName } from "../../config/file_names";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { download } from "../platform/download";
import { formatBytes, formatCount } from "../platform/format";
import { type StorageFailure, storageFailure } from "../platform/storage_error";
import { type OnnxNetwork, onnxFile } from "../state/onnx_file";
import { shownPictures } from "../state/picture_sets";
import { importRun, openRun } from "../state/saved_runs/open_run";
import { type KeptRun, type SavedRun, withRuns } from "../state/saved_runs/run_storage";
import { inUse, ownId } from "../state/saved_runs/tab_lock";
import { explain } from "../words/error_words";
import { explainStorage } from "../words/storage_words";
import { aboutOnnx } from "../words/supply_words";
import { explainRefusal, formatTime, runName } from "./run_words";
import { runsStyles } from "./runs_styles";
import "./run_thumbnail";

const LONGEST_NAME = 80;
/** A few runs. */
const LITTLE_BYTES = 30e6;

/** What was asked of a run, and is not done yet. */
interface Asked {
  readonly id: string;
  readonly action: "rename" | "download" | "delete";
}

type Trouble =
  | { readonly kind: "file"; readonly name: string; readonly error: SerializedError }
  | { readonly kind: "onnx"; readonly error: SerializedError }
  | { readonly kind: "storage"; readonly reason: StorageFailure };

export class RunsDialog extends AppElement {
  static override properties = {
    ...AppElement.properties,
    runs: { state: true },
    asked: { state: true },
    trouble: { state: true },
  };

  static override styles = [baseStyles, dialogStyles, runsStyles];

  /** Null until they have been read. */
  declare runs: readonly SavedRun[] | null;
  declare asked: Asked | null;
  declare trouble: Trouble | null;
  #inUse: ReadonlySet<string> = new Set();
  /** Bytes that the browser says are left; null if it does not say. */
  #free: number | null = null;
  #picturesBytes = 0;

  constructor() {
    super();
    this.runs = null;
    this.asked = null;
    this.trouble = null;
  }

  override firstUpdated(): void {
    openModal(this.#dialog);
    void this.#act(async () => {
      // What this page has trained since the last save belongs to the list.
      await this.controller.training?.keeper.save();
    });
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <h2 id="title">${msg("Saved runs")}</h2>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        <p class="small soft">
          ${msg("Runs are saved in this browser while they train. A reset deletes a run that has trained for less than half a minute, unless it has a name. Download one to keep it elsewhere, or to go on with it in the command.")}
        </p>
        ${this.#renderTrouble()}
        ${this.runs === null ? nothing : this.#renderList(this.runs)}
        <div class="below">
          <button id="import" ?disabled=${this.controller.client === null} @click=${this.#choose}>
            ${msg("Open a checkpoint …")}
          </button>
          <input id="file" type="file" accept=".safetensors" hidden aria-hidden="true" tabindex="-1"
            @change=${this.#chosen} />
          ${this.runs === null || this.runs.length === 0 ? nothing : this.#renderTotal(this.runs)}
        </div>
      </dialog>
    `;
  }

  #renderTrouble() {
    const { trouble } = this;
    if (trouble === null) return nothing;
    return html`<p class="trouble small" role="alert">${describe(trouble)}</p>`;
  }

  #renderList(runs: readonly SavedRun[]) {
    if (runs.length === 0) {
      return html`<p class="empty soft">
        ${msg("No run has been saved yet. A run is saved once it has trained for five seconds.")}
      </p>`;
    }
    return html`<ul>${runs.map((run) => this.#renderRun(run))}</ul>`;
  }

  #renderRun(run: SavedRun) {
    const { preset, seed, pictures } = run.settings;
    const facts = [
      run.step === 1 ? msg("1 step") : msg(str`${formatCount(run.step)} steps`),
      ...(run.name === null ? [] : [msg(str`${preset}, seed ${String(seed)}`)]),
      ...(run.name !== null && pictures?.name ? [pictures.name] : []),
      formatBytes(run.bytes),
      formatTime(run.saved),
    ];
    return html`<li data-run=${run.id}>
      <gv-run-thumbnail .run=${run} columns="4"></gv-run-thumbnail>
      <div class="facts">
        <div class="name" id="name-${run.id}">${runName(run)}</div>
        <div class="small soft number">${facts.join(" · ")}</div>
        ${this.#renderActions(run)}
      </div>
    </li>`;
  }

  #renderActions(run: SavedRun) {
    const { asked } = this;
    if (asked?.id !== run.id) return this.#renderButtons(run);
    switch (asked.action) {
      case "rename":
        return html`<form class="actions" @submit=${(event: Event) => this.#rename(event, run)}
          @keydown=${this.#onKey}>
          <input name="name" aria-label=${msg("Name")} maxlength=${LONGEST_NAME} autocomplete="off"
            .value=${runName(run)} />
          <button>${msg("Save")}</button>
          ${this.#renderCancel()}
        </form>`;
      case "download":
        return this.#renderFormats(run);
      case "delete":
        return html`<div class="actions" role="group" aria-label=${msg("Delete this run?")}
          @keydown=${this.#onKey}>
          <span class="small">${msg("Delete this run? This cannot be undone.")}</span>
          <button class="delete" @click=${() => void this.#delete(run)}>${msg("Delete")}</button>
          ${this.#renderCancel()}
        </div>`;
    }
  }

  #renderFormats(run: SavedRun) {
    const about = aboutOnnx();
    const onnx = (network: OnnxNetwork, words: string) =>
      html`<button class=${network} @click=${() => void this.#downloadOnnx(run, network)}>
        ${words}
      </button>`;
    return html`<div class="actions" role="group" aria-label=${msg("Download")}
      @keydown=${this.#onKey}>
      <button class="checkpoint" @click=${() => void this.#download(run)}>
        ${msg("Checkpoint")}
      </button>
      ${
        about === ""
          ? [
              onnx("generator", msg("Generator (ONNX)")),
              onnx("discriminator", msg("Discriminator (ONNX)")),
            ]
          : html`<span class="small soft">${about}</span>`
      }
      ${this.#renderCancel()}
    </div>`;
  }

  #renderCancel() {
    return html`<button type="button" class="quiet" @click=${() => this.#ask(null)}>
      ${msg("Cancel")}
    </button>`;
  }

  #renderButtons(run: SavedRun) {
    const isHere = run.id === this.controller.training?.keeper.latest?.run.id;
    const isElsewhere = !isHere && this.#inUse.has(run.id);
    const button = (name: string, words: string, action: () => void) =>
      html`<button class="quiet ${name}" aria-describedby="name-${run.id}" @click=${action}>
        ${words}
      </button>`;
    return html`<div class="actions">
      ${
        isHere || isElsewhere
          ? html`<span class="small soft here">${isHere ? msg("This run") : msg("Open in another tab")}</span>`
          : html`<button class="open" aria-describedby="name-${run.id}" @click=${() => void this.#open(run)}>${msg("Go on")}</button>`
      }
      ${button("rename", msg("Rename"), () => this.#ask({ id: run.id, action: "rename" }))}
      ${button("duplicate", msg("Duplicate"), () => void this.#duplicate(run))}
      ${button("download", msg("Download"), () => this.#ask({ id: run.id, action: "download" }))}
      ${isHere || isElsewhere ? nothing : button("delete", msg("Delete"), () => this.#ask({ id: run.id, action: "delete" }))}
    </div>`;
  }

  #renderTotal(runs: readonly SavedRun[]) {
    const bytes = formatBytes(runs.reduce((sum, run) => sum + run.bytes, 0));
    const all =
      runs.length === 1
        ? msg(str`1 run, ${bytes}`)
        : msg(str`${formatCount(runs.length)} runs, ${bytes}`);
    const pictures = this.#picturesBytes;
    const isNearlyFull = this.#free !== null && this.#free < LITTLE_BYTES;
    return html`<span class="small soft number">
      ${pictures === 0 ? all : msg(str`${all}; their pictures, ${formatBytes(pictures)}`)}
      ${isNearlyFull ? html`<strong>${msg(str`The browser has only ${formatBytes(this.#free ?? 0)} left for this page.`)}</strong>` : nothing}
    </span>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  readonly #close = (): void => this.#dialog?.close();

  #ask(asked: Asked | null): void {
    const before = this.asked;
    this.asked = asked;
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelector(`[data-run="${(asked ?? before)?.id}"]`);
      const first = asked === null ? `.${before?.action}` : "input, .checkpoint, .delete";
      row?.querySelector<HTMLElement>(first)?.focus();
      row?.querySelector("input")?.select();
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.#ask(null);
  };

  /** Does something, then shows the list as it is. */
  async #act(action: () => Promise<unknown>): Promise<void> {
    this.trouble = null;
    try {
      await action();
      [this.#inUse, this.#free] = await Promise.all([inUse("run"), freeBytes()]);
      this.#picturesBytes = await withRuns((storage) => storage.sizeOfPictures());
      this.runs = await withRuns((storage) => storage.list());
    } catch (thrown) {
      this.trouble = { kind: "storage", reason: storageFailure(thrown) };
      this.runs ??= [];
    }
  }

  /** Does something with a run as it is saved now, unless another tab has deleted it. */
  #withRun({ id }: SavedRun, action: (kept: KeptRun) => Promise<unknown>): Promise<void> {
    return this.#act(async () => {
      const kept = await withRuns((storage) => storage.read(id));
      if (kept !== null) await action(kept);
    });
  }

  #open(run: SavedRun): Promise<void> {
    return this.#withRun(run, async (kept) => {
      // Another tab may have opened it meanwhile.
      if ((await inUse("run")).has(run.id)) return;
      this.#close();
      await openRun(this.controller, kept, false);
    });
  }

  #rename(event: Event, { id }: SavedRun): void {
    event.preventDefault();
    const name = new FormData(event.target as HTMLFormElement).get("name");
    this.#ask(null);
    const text = typeof name === "string" ? name.trim().slice(0, LONGEST_NAME) : "";
    void this.#act(() =>
      withRuns((storage) => storage.change(id, { name: text === "" ? null : text })),
    );
  }

  #duplicate(run: SavedRun): Promise<void> {
    return this.#withRun(run, (kept) => {
      const name = msg(str`Copy of ${runName(kept.run)}`);
      const now = Date.now();
      const copy = { ...kept.run, id: ownId(), name, created: now, saved: now, writer: "" };
      const save = {
        ...kept,
        run: { ...copy, declined: true },
        firstChangedPart: 0,
        firstChangedStep: 0,
      };
      return withRuns((storage) => storage.save(save));
    });
  }

  #download(run: SavedRun): Promise<void> {
    this.#ask(null);
    return this.#withRun(run, async ({ run: { settings, step }, checkpoint }) =>
      download(checkpointName(settings, step), new Blob([checkpoint])),
    );
  }

  #downloadOnnx(run: SavedRun, network: OnnxNetwork): Promise<void> {
    this.#ask(null);
    return this.#withRun(run, async (kept) => {
      try {
        const { settings, step } = kept.run;
        const name = `${fileName(settings)}-${step}-${network}.onnx`;
        download(name, await onnxFile(this.controller, kept.checkpoint, network));
      } catch (thrown) {
        this.trouble = { kind: "onnx", error: asGanvasError(thrown) };
      }
    });
  }

  async #delete({ id }: SavedRun): Promise<void> {
    this.asked = null;
    await this.#act(async () => {
      if ((await inUse("run")).has(id)) return;
      const shown = await shownPictures(this.state.settings);
      await withRuns((storage) => storage.delete(id, shown));
    });
    this.renderRoot.querySelector<HTMLElement>("#import")?.focus();
  }

  readonly #choose = (): void => {
    this.renderRoot.querySelector<HTMLInputElement>("#file")?.click();
  };

  readonly #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file) void this.#import(file);
    input.value = ""; // the same file can be chosen again
  };

  async #import(file: File): Promise<void> {
    this.trouble = null;
    try {
      const kept = await importRun(this.controller, file);
      this.#close();
      await openRun(this.controller, kept, false);
    } catch (thrown) {
      this.trouble = { kind: "file", name: file.name, error: asGanvasError(thrown) };
    }
  }
}

async function freeBytes(): Promise<number | null> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  return quota === undefined || usage === undefined ? null : quota - usage;
}

function describe(trouble: Trouble): string {
  switch (trouble.kind) {
    case "file":
      return `${msg(str`“${trouble.name}” could not be opened.`)} ${explainRefusal(trouble.error)}`;
    case "onnx":
      return `${msg("The file could not be made.")} ${explain(trouble.error)}`;
    case "storage":
      return explainStorage(trouble.reason);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-runs-dialog": RunsDialog;
  }
}

customElements.define("gv-runs-dialog", RunsDialog);
