// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-film-dialog>`: saves the film in a format of the user's choice, of those that this browser can
// write, or the picture that is shown. Opens when it is attached.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { fileName } from "../../../config/file_names";
import { isOfPoints } from "../../../config/presets";
import { GanvasError } from "../../../engine/errors";
import { baseStyles } from "../../elements/base_styles";
import { dialogStyles } from "../../elements/dialog_styles";
import { closeIcon } from "../../elements/icons";
import { renderMissing } from "../../elements/missing_part";
import { openModal } from "../../elements/modal";
import { TrainingElement } from "../../elements/training_element";
import { REACH } from "../../plane/reach";
import { download } from "../../platform/download";
import { formatCount } from "../../platform/format";
import { Film, type Snapshot } from "../../state/film";
import { encodeFilm, type Format, findFormats, type Source } from "./film_formats";

type Phase =
  | { readonly kind: "trying" }
  | { readonly kind: "choosing" }
  | { readonly kind: "saving"; readonly share: number }
  | { readonly kind: "failed" }
  | { readonly kind: "missing"; readonly error: GanvasError };

export class FilmDialog extends TrainingElement {
  static override properties = {
    phase: { state: true },
    formats: { state: true },
    format: { state: true },
  };

  static override styles = [
    baseStyles,
    dialogStyles,
    css`
      :host {
        display: contents;
      }

      fieldset {
        display: grid;
        gap: 0.25rem;
        min-width: 0;
        margin: 1rem 0 0;
        padding: 0;
        border: 0;
      }

      label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        column-gap: 0.75rem;
        align-items: baseline;
        margin-inline: -0.625rem;
        padding: 0.5rem 0.625rem;
        border-radius: var(--radius-small);
        cursor: pointer;
      }

      label:hover {
        background: var(--sunken);
      }

      input {
        margin: 0;
        accent-color: var(--ink);
      }

      label span {
        grid-column: 2;
      }

      /* As high as with all formats, while they are tried. */
      .trying {
        min-height: 17rem;
      }

      .foot {
        display: flex;
        gap: 1rem;
        align-items: center;
        min-height: 2.75rem;
        margin-top: 1rem;
      }

      [role="status"] {
        flex: 1;
      }

      progress {
        margin-top: 0.375rem;
      }
    `,
  ];

  declare phase: Phase;
  /** What this browser can write; empty until that is known. */
  declare formats: readonly Format[];
  declare format: Format;
  /** As it was when the dialog opened: the film grows while the run plays. */
  #source: Source | null = null;
  #work: AbortController | null = null;

  constructor() {
    super();
    this.phase = { kind: "trying" };
    this.formats = [];
    this.format = { name: "gif" };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#work?.abort();
  }

  override firstUpdated(): void {
    openModal(this.renderRoot.querySelector("dialog"));
    void this.#try();
  }

  override render() {
    const { phase, formats } = this;
    const saving = phase.kind === "saving";
    return html`
      <dialog aria-labelledby="title" @close=${() => this.dispatchEvent(new Event("close"))}>
        <div class="title">
          <span id="title">${msg("Save the film or a picture")}</span>
          <button class="quiet" aria-label=${msg("Close")} @click=${this.#close}>${closeIcon}</button>
        </div>
        <fieldset class=${phase.kind} aria-labelledby="title" ?disabled=${saving}>
          ${formats.map((format) => this.#renderFormat(format))}
        </fieldset>
        <div class="foot">
          ${
            saving
              ? html`<button id="cancel" @click=${this.#cancel}>${msg("Cancel")}</button>`
              : html`<button id="save" class="primary" ?disabled=${phase.kind === "trying"}
                  @click=${() => void this.#save()}>${msg("Save")}</button>`
          }
          <div class="small" role="status">${this.#renderPhase()}</div>
        </div>
      </dialog>
    `;
  }

  #renderFormat(format: Format) {
    const [name, use] = describe(format);
    return html`
      <label>
        <input type="radio" name="format" value=${format.name} .checked=${format === this.format}
          @change=${() => this.#choose(format)} />
        <span>${name}</span>
        <span class="small soft">${use}</span>
      </label>
    `;
  }

  #renderPhase() {
    const { phase } = this;
    switch (phase.kind) {
      case "trying":
        return msg("Checking which formats this browser can save …");
      case "choosing":
        return nothing;
      case "saving": {
        const doing = msg("Drawing the pictures …");
        return html`${doing} <progress aria-label=${doing} .value=${phase.share}></progress>`;
      }
      case "failed":
        return msg("This could not be saved. Choose another format.");
      case "missing":
        return renderMissing({ error: phase.error, again: () => void this.#save() });
    }
  }

  #choose(format: Format): void {
    this.format = format;
    this.phase = { kind: "choosing" };
  }

  async #try(): Promise<void> {
    this.#source = this.#gather();
    this.formats = await findFormats(this.#source);
    this.format = this.formats[0] ?? this.format;
    this.phase = { kind: "choosing" };
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("input:checked")?.focus();
  }

  #gather(): Source {
    const { film } = this.training;
    const { engine, settings, noise } = this.state;
    const snapshots = Array.from({ length: film.length }, (_, at) => film.at(at));
    const { link } = this.controller.page;
    return {
      snapshots: snapshots.filter((snapshot) => snapshot !== undefined),
      shown: this.#shown(),
      look: {
        real: this.controller.live.realPoints,
        size: this.training.sampleSize,
        element: this,
      },
      origin: {
        settings,
        noise,
        version: engine.status === "ready" ? engine.value.version : null,
        // An address on a disk names the user's folders.
        link: link?.startsWith("http") ? link : null,
      },
    };
  }

  /** What the stage shows: a step of the film, or the latest samples. */
  #shown(): Snapshot | null {
    const { frame, settings } = this.state;
    const { samples } = this.controller.live;
    if (frame !== null) return this.training.film.at(frame) ?? null;
    if (samples === null) return null;
    const now = new Film();
    now.offer(samples.step ?? 0, samples.values, isOfPoints(settings.preset) ? REACH : 1);
    return now.at(0) ?? null;
  }

  async #save(): Promise<void> {
    const { format } = this;
    const source = this.#source;
    if (source === null) return;
    const work = new AbortController();
    this.#work = work;
    const { signal } = work;
    this.phase = { kind: "saving", share: 0 };
    const onProgress = (share: number): void => {
      this.phase = { kind: "saving", share };
    };
    try {
      const content = await encodeFilm(format, source, { signal, onProgress });
      const step = format.name === "png" ? `-step${format.snapshot.step}` : "";
      download(`${fileName(source.origin.settings)}${step}.${format.name}`, content);
      const announcement = step ? msg("The picture is saved.") : msg("The film is saved.");
      this.controller.store.patch({ announcement });
      this.#close();
    } catch (thrown) {
      if (signal.aborted) this.phase = { kind: "choosing" };
      else if (thrown instanceof GanvasError) this.phase = { kind: "missing", error: thrown };
      else this.phase = { kind: "failed" };
    }
  }

  readonly #cancel = (): void => this.#work?.abort();

  readonly #close = (): void => this.renderRoot.querySelector("dialog")?.close();
}

/** @returns its name, and what it is good for */
function describe(format: Format): readonly [string, string] {
  switch (format.name) {
    case "mp4":
      return [msg("Video (MP4)"), msg("Plays in slides, in chats and on phones.")];
    case "webm":
      return [msg("Video (WebM)"), msg("Plays on web pages.")];
    case "gif":
      return [
        msg("Animation (GIF)"),
        msg("Plays wherever a picture can be shown, but is less sharp."),
      ];
    case "png": {
      const step = formatCount(format.snapshot.step);
      return [
        msg(str`Picture of step ${step} (PNG)`),
        msg("The samples that are shown. The file also holds the preset, the seed and the step."),
      ];
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-film-dialog": FilmDialog;
  }
}

customElements.define("gv-film-dialog", FilmDialog);
