// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-pictures-dialog>`: pictures of the user's own to learn from: choosing or drawing them, and a sheet
// that shows what was understood. Opens when attached.

import { msg, str } from "@lit/localize";
import { html, nothing } from "lit";
import { asGanvasError } from "../../engine/errors";
import type { ReadingOptions } from "../../engine/pictures";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { type Dropped, takeDropped } from "../elements/dropped";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { download } from "../platform/download";
import { formatCount } from "../platform/format";
import { spaceBetween } from "../platform/i18n";
import { currentSet, trainOn } from "../state/own_pictures";
import { setFile } from "../state/set_file";
import { explainReading } from "../words/picture_words";
import { type ChosenFiles, chosenByDrop, chosenByPaste, chosenInInput } from "./chosen_files";
import { type Drawings, filesOf } from "./drawings";
import { picturesStyles } from "./pictures_styles";
import type { Finding, ReadSheet } from "./sheet";
import { type Workspace, workspaceOf } from "./workspace";
import "./draw_set";
import "./set_sheet";

export class PicturesDialog extends AppElement {
  static override properties = {
    ...AppElement.properties,
    dropped: { attribute: false },
    trouble: { state: true },
    starting: { state: true },
  };

  static override styles = [baseStyles, dialogStyles, picturesStyles];

  /** What was dropped to open the dialog. */
  declare dropped: readonly Dropped[];
  /** What went wrong besides reading. */
  declare trouble: string | null;
  declare starting: boolean;

  constructor() {
    super();
    this.dropped = [];
    this.trouble = null;
    this.starting = false;
  }

  protected override subscriptions() {
    const { sheet } = this.#work;
    // Of the document, since a click on plain text leaves nothing in the dialog with the focus.
    document.addEventListener("paste", this.#pasted);
    return [
      sheet.subscribe(() => this.requestUpdate()),
      () => this.#leave(),
      () => document.removeEventListener("paste", this.#pasted),
    ];
  }

  override firstUpdated(): void {
    openModal(this.#dialog);
    if (this.dropped.length > 0) this.#openDropped(this.dropped);
    else void this.#showCurrent();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}
        @dragover=${this.#dragOver} @drop=${this.#drop}>
        <div class="title">
          <h2 id="title">${msg("Your own pictures")}</h2>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        ${this.#renderTrouble()} ${this.#renderView()}
        <input id="files" type="file" multiple hidden aria-hidden="true" tabindex="-1" @change=${this.#chosen} />
        <input id="folder" type="file" webkitdirectory hidden aria-hidden="true" tabindex="-1"
          @change=${this.#chosen} />
      </dialog>
    `;
  }

  #renderView() {
    const { view, sheet, drawings } = this.#work;
    if (view === "draw") {
      return html`
        <gv-draw-set .drawings=${drawings} @drawings=${this.#keepDrawings} @use=${this.#useDrawings}></gv-draw-set>
        <p class="back"><button id="back" class="quiet" @click=${() => this.#show("choose")}>
          ${msg("Choose files instead")}
        </button></p>
      `;
    }
    if (view === "sheet" && sheet.current !== null) return this.#renderSheet(sheet.current);
    return sheet.progress === null ? this.#renderChoice() : this.#renderProgress();
  }

  #renderChoice() {
    const { current } = this.#work.sheet;
    const drawn = this.#work.drawings.all.length;
    return html`
      <p>
        ${msg("Choose small pictures of one sort of thing, such as icons, flags or faces, and the networks learn to draw more of them. Nothing leaves this device.")}
      </p>
      <div id="target">
        <p>${msg("Drop pictures, a folder or a ZIP here")}</p>
        <div class="buttons">
          <button id="choose-files" class="primary" @click=${() => this.#pick("files")}>${msg("Choose files …")}</button>
          ${
            "webkitdirectory" in HTMLInputElement.prototype
              ? html`<button id="choose-folder" @click=${() => this.#pick("folder")}>${msg("Choose a folder …")}</button>`
              : nothing
          }
          <button id="paste" @click=${() => void this.#paste()}>${msg("Paste")}</button>
          <button id="draw" @click=${() => this.#show("draw")}>
            ${drawn === 0 ? msg("Draw them by hand") : msg(str`Go on drawing (${formatCount(drawn)})`)}
          </button>
        </div>
      </div>
      <ul class="small soft">
        <li>${msg("A few hundred pictures are good; fifty are enough to try.")}</li>
        <li>${msg("Subfolders become classes, such as cats/ and dogs/.")}</li>
        <li>${msg("PNG, JPEG, WebP, GIF and SVG are read, ZIPs of them, and sets of many pictures: IDX as MNIST has it, NumPy’s .npy and .npz, Kaggle’s CSV of digits, CIFAR’s .bin.")}</li>
      </ul>
      ${
        current === null
          ? nothing
          : html`<p class="back"><button id="back" class="quiet" @click=${() => this.#show("sheet")}>
              ${msg(str`Back to “${current.chosen.name}”`)}
            </button></p>`
      }
    `;
  }

  #renderProgress() {
    const { progress } = this.#work.sheet;
    if (progress === null) return nothing;
    const { done, all } = progress;
    return html`<div id="progress">
      <p role="status">
        ${
          all === null
            ? msg(str`Looking for pictures: ${formatCount(done)} files`)
            : msg(str`Reading pictures: ${formatCount(done)} of ${formatCount(all)}`)
        }
      </p>
      <progress aria-label=${msg("Reading pictures")} max=${all ?? 1} .value=${all === null ? 0 : done}></progress>
      <button id="cancel" @click=${this.#cancel}>${msg("Cancel")}</button>
    </div>`;
  }

  #renderSheet(current: ReadSheet) {
    const { sheet } = this.#work;
    const { origin } = current.chosen;
    const isBusy = sheet.progress !== null || this.starting;
    const isDrawn = origin === "drawings";
    return html`
      ${origin === "run" ? html`<p class="soft">${msg("The current run learns from these.")}</p>` : nothing}
      <gv-set-sheet .sheet=${current} .options=${sheet.options} .progress=${sheet.progress}
        @options=${(event: CustomEvent<ReadingOptions>) => void sheet.choose(event.detail)}
      ></gv-set-sheet>
      <div class="buttons below">
        ${
          origin === "run"
            ? nothing
            : html`<button id="train-on" class="primary" ?disabled=${isBusy}
                @click=${() => void this.#train(current)}>${msg("Train on these")}</button>`
        }
        <button id="save-set" ?disabled=${isBusy} title=${msg("As one .npz file, for this page, the command and NumPy")}
          @click=${() => this.#save(current)}>${msg("Save this set")}</button>
        <button id="others" class="quiet" @click=${() => this.#show(isDrawn ? "draw" : "choose")}>
          ${isDrawn ? msg("Go on drawing") : msg("Choose others …")}
        </button>
      </div>
    `;
  }

  #renderTrouble() {
    const { failure } = this.#work.sheet;
    if (this.trouble !== null)
      return html`<p class="trouble small" role="alert">${this.trouble}</p>`;
    if (failure === null || failure.error.code === "aborted") return nothing;
    return html`<p class="trouble small" role="alert">
      <strong>${msg(str`“${failure.name}” could not be read.`)}</strong>${spaceBetween()}${explainReading(failure.error)}
      ${failure.error.message === "" || failure.error.code === "none_usable" ? nothing : html`<span class="detail soft" lang="en">${failure.error.message}</span>`}
    </p>`;
  }

  get #work(): Workspace {
    return workspaceOf(this.controller);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  readonly #close = (): void => this.#dialog?.close();

  #show(view: Workspace["view"]): void {
    this.#work.view = view;
    this.#work.sheet.failure = null;
    this.trouble = null;
    this.requestUpdate();
  }

  /** The pictures of the current run, if the user has chosen no others. */
  async #showCurrent(): Promise<void> {
    const { sheet, view } = this.#work;
    if (view !== "choose" || sheet.current !== null) return;
    const { pictures } = this.state.settings;
    const set = pictures === null ? null : await currentSet(this.controller).catch(() => null);
    // The user may have gone on meanwhile.
    const isStale = !this.isConnected || this.#work.view !== "choose" || sheet.current !== null;
    if (pictures === null || set === null || sheet.progress !== null || isStale) return;
    const chosen = { name: pictures.name, files: [], origin: "run" } as const;
    sheet.show({ chosen, options: {}, reading: { set, leftOut: [], notes: [] } });
    this.#show("sheet");
  }

  /** A run's pictures are asked for anew, since the run may be another then. */
  #leave(): void {
    const { sheet } = this.#work;
    sheet.cancel();
    if (sheet.current?.chosen.origin !== "run") return;
    sheet.clear();
    this.#work.view = "choose";
  }

  readonly #cancel = (): void => {
    const { sheet } = this.#work;
    sheet.cancel();
    if (sheet.current !== null) this.#show("sheet");
  };

  #pick(input: "files" | "folder"): void {
    this.renderRoot.querySelector<HTMLInputElement>(`#${input}`)?.click();
  }

  readonly #chosen = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const chosen = chosenInInput(input.files ?? []);
    input.value = ""; // the same files can be chosen again
    if (chosen.files.length > 0) void this.#openFiles(chosen);
  };

  readonly #dragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  };

  readonly #drop = (event: DragEvent): void => {
    const dropped = takeDropped(event);
    if (dropped.length === 0) return;
    event.preventDefault();
    this.#openDropped(dropped);
  };

  #openDropped(dropped: readonly Dropped[]): void {
    const [first] = dropped;
    if (first === undefined) return;
    void this.#open(first.name, (signal, onFound) => chosenByDrop(dropped, signal, onFound));
  }

  /** By the keys, which need no permission. */
  readonly #pasted = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.#openFiles(this.#withPasted(files));
  };

  async #paste(): Promise<void> {
    try {
      const items = await navigator.clipboard.read();
      const pictures = items.flatMap((item) => {
        const type = item.types.find((each) => each.startsWith("image/"));
        return type === undefined ? [] : [item.getType(type)];
      });
      const blobs = await Promise.all(pictures);
      if (blobs.length > 0) await this.#openFiles(this.#withPasted(blobs));
      else this.trouble = msg("There is no picture in the clipboard.");
    } catch {
      this.trouble = msg(
        "The browser does not let this page read the clipboard. Press Ctrl+V, or ⌘V on a Mac.",
      );
    }
  }

  /** Pictures are copied one by one, so each joins those that were pasted before. */
  #withPasted(blobs: readonly Blob[]): ChosenFiles {
    const before = this.#work.sheet.current?.chosen;
    const pasted = before?.origin === "clipboard" ? before.files : [];
    return chosenByPaste(blobs, msg("Pasted pictures"), pasted);
  }

  #openFiles(chosen: ChosenFiles): Promise<void> {
    return this.#open(chosen.name, () => Promise.resolve(chosen));
  }

  async #open(name: string, find: Finding, options?: ReadingOptions): Promise<void> {
    const { sheet } = this.#work;
    const before = sheet.current;
    this.#show("choose");
    await sheet.open(name, find, options);
    if (sheet.current !== before) this.#show("sheet");
  }

  readonly #keepDrawings = (event: CustomEvent<Drawings>): void => {
    this.#work.drawings = event.detail;
    this.requestUpdate();
  };

  readonly #useDrawings = (): void => {
    const { drawings } = this.#work;
    const chosen = {
      name: msg("Drawings by hand"),
      files: filesOf(drawings),
      origin: "drawings" as const,
    };
    const options = { side: drawings.side, colour: false };
    void this.#open(chosen.name, () => Promise.resolve(chosen), options);
  };

  #save({ chosen, reading }: ReadSheet): void {
    download(`${chosen.name}.npz`, setFile(reading.set));
  }

  async #train({ chosen, reading }: ReadSheet): Promise<void> {
    this.starting = true;
    this.trouble = null;
    try {
      await trainOn(this.controller, reading.set, chosen.name);
      this.#work.sheet.clear();
      this.#work.view = chosen.origin === "drawings" ? "draw" : "choose";
      this.#close();
    } catch (thrown) {
      this.trouble = explainReading(asGanvasError(thrown));
      // They may have moved to the worker.
      if (reading.set.pixels.length === 0) void this.#work.sheet.choose({});
    }
    this.starting = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-pictures-dialog": PicturesDialog;
  }
}

customElements.define("gv-pictures-dialog", PicturesDialog);
