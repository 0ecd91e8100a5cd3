// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-distributions>`: choice of the distribution of real points, each shown as a small picture,
// or drawing one by hand. A choice starts a new run.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { Settings } from "../../../config/settings";
import { POINT_DISTRIBUTIONS } from "../../../engine/types";
import { baseStyles } from "../../elements/base_styles";
import { TrainingElement } from "../../elements/training_element";
import { writeSettings } from "../../state/address";
import { type Distribution, nameOf } from "../../words/distribution_words";
import "./plane_thumbnail";
import { parsePoints } from "../../../config/point_text";
import { DEFAULT_DATA } from "../../state/point_data";

type Floats = Float32Array<ArrayBuffer>;

const PICTURED = 300;

/** The settings with another distribution; drawn points are kept in them. */
function withData({ changes, ...settings }: Settings, data: Distribution | "drawn"): Settings {
  const { data: _, ...others } = changes;
  return { ...settings, changes: data === DEFAULT_DATA ? others : { data, ...others } };
}

export class Distributions extends TrainingElement {
  static override properties = { pictures: { state: true }, drawing: { state: true } };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 0.75rem;
        align-items: center;
      }

      strong {
        color: var(--real-text);
        font-weight: 600;
      }

      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }

      label,
      #draw {
        position: relative;
        display: grid;
        justify-items: center;
        min-width: 3.75rem;
        padding: 0.25rem 0.375rem 0.125rem;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--surface);
        color: var(--ink-soft);
        font-size: var(--text-small);
        line-height: 1.45;
        cursor: pointer;
      }

      #draw {
        gap: 0;
        min-height: 0;
      }

      label:hover {
        border-color: var(--line-strong);
      }

      label.chosen {
        border-color: var(--real);
        box-shadow: inset 0 0 0 1px var(--real);
        color: var(--ink);
      }

      input:focus-visible + gv-plane-thumbnail {
        outline: 2px solid var(--focus);
        outline-offset: 2px;
      }

      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }

      gv-plane-thumbnail,
      #draw svg {
        width: 2.75rem;
        height: 2.75rem;
      }

      /* All six in one row on a phone. */
      @container (max-width: 899px) {
        fieldset {
          gap: 0.25rem;
        }

        label,
        #draw {
          min-width: 3.25rem;
          padding-inline: 0.125rem;
        }
      }
    `,
  ];

  declare pictures: ReadonlyMap<Distribution, Floats>;
  declare drawing: boolean;
  #picturing = false;

  constructor() {
    super();
    this.pictures = new Map();
    this.drawing = false;
  }

  override updated(): void {
    // Points come from the core; repeated after a lost worker has been replaced.
    if (this.pictures.size === 0 && this.state.engine.status === "ready") void this.#picture();
  }

  override render() {
    const { changes } = this.state.settings;
    const chosen = changes["data"] ?? DEFAULT_DATA;
    const drawn = parsePoints(changes["points"] ?? "");
    return html`
      <strong class="small" id="title">${msg("Real points")}</strong>
      <fieldset aria-labelledby="title">
        ${POINT_DISTRIBUTIONS.map((data) =>
          this.#renderChoice(data, nameOf(data), this.pictures.get(data) ?? null, data === chosen),
        )}
        ${
          drawn === null
            ? nothing
            : this.#renderChoice("drawn", msg("drawn"), drawn, chosen === "drawn")
        }
        <button id="draw" aria-haspopup="dialog" @click=${this.#draw}>
          <svg viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="2"
            stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d="M11 33l2.5-8L28 10.500l5.500 5.500L19 30.500zM25 13.500l5.500 5.500" />
          </svg>
          ${msg("draw …")}
        </button>
      </fieldset>
      ${
        this.drawing
          ? html`<gv-point-pad .points=${drawn} .offers=${this.pictures}
              @close=${this.#close} @learn=${this.#take}></gv-point-pad>`
          : nothing
      }
    `;
  }

  #renderChoice(
    data: Distribution | "drawn",
    name: string,
    points: Floats | null,
    chosen: boolean,
  ) {
    return html`
      <label class=${chosen ? "chosen" : ""}>
        <input type="radio" name="data" value=${data} .checked=${chosen}
          @change=${() => void this.#begin(withData(this.state.settings, data))} />
        <gv-plane-thumbnail .points=${points}></gv-plane-thumbnail>
        ${name}
      </label>
    `;
  }

  async #picture(): Promise<void> {
    const { client } = this.controller;
    if (client === null || this.#picturing) return;
    this.#picturing = true;
    try {
      const pictures = await Promise.all(
        POINT_DISTRIBUTIONS.map(
          async (data) =>
            [data, await client.drawPoints(data, { count: PICTURED, seed: 1 })] as const,
        ),
      );
      this.pictures = new Map(pictures);
    } catch {
      // A lost worker is reported with the engine's state.
    } finally {
      this.#picturing = false;
    }
  }

  /** Starts a new run, which plays if the previous one did. */
  async #begin(settings: Settings): Promise<void> {
    const { playing } = this.state;
    writeSettings(this.controller.page, settings);
    await this.training.applySettings(settings);
    if (playing) this.training.play();
  }

  readonly #draw = (): void => {
    void this.controller
      .part(() => import("./point_pad"), this.#draw)
      .then((part) => {
        this.drawing = part !== null;
      });
  };

  readonly #close = (): void => {
    this.drawing = false;
  };

  readonly #take = ({ detail: points }: HTMLElementEventMap["learn"]): void => {
    const { settings } = this.state;
    const changes = { ...settings.changes, points };
    void this.#begin(withData({ ...settings, changes }, "drawn"));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-distributions": Distributions;
  }
}

customElements.define("gv-distributions", Distributions);
