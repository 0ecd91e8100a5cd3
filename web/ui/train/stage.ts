// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-stage>`: the grid of samples, a loupe for each, the grid's size, and new noise.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { renderEngineNotice } from "../elements/engine_notice";
import { noiseIcon } from "../elements/icons";
import { cellBox, cellUnder } from "../pixels/grid_layout";
import type { Pictures } from "../pixels/pixel_colors";
import { formatBytes, formatCount } from "../platform/format";
import { GRID_SIDES } from "../state/address";
import "../elements/image_grid";
import "../elements/load_notice";

export class Stage extends AppElement {
  static override properties = { looked: { state: true } };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }

      .frame {
        position: relative;
        aspect-ratio: 1;
        padding: clamp(6px, 1.4%, 12px);
        border: 1px solid var(--line);
        border-top: 3px solid var(--generated);
        border-radius: var(--radius);
        background: var(--surface);
      }

      #samples {
        position: relative;
        width: 100%;
        height: 100%;
        cursor: zoom-in;
        touch-action: manipulation;
      }

      gv-image-grid {
        width: 100%;
        height: 100%;
      }

      #mark {
        position: absolute;
        border: 2px solid var(--generated);
        border-radius: 3px;
        pointer-events: none;
      }

      gv-load-notice {
        position: absolute;
        inset: auto 1.5rem 1.5rem;
      }

      figure {
        margin: 0;
        container-type: inline-size;
        width: var(--stage-side, auto);
      }

      figcaption {
        display: flex;
        align-items: center;
        gap: 0.125rem;
        min-height: 2.5rem;
      }

      /* With little room, the icon alone has to do. */
      @container (max-width: 27rem) {
        #noise span {
          display: none;
        }
      }

      figcaption p {
        margin-right: auto;
        white-space: nowrap;
      }

      strong {
        color: var(--generated-text);
        font-weight: 600;
      }

      .past strong {
        color: var(--ink-soft);
      }

      figcaption button,
      select {
        min-height: var(--tool-height, 2.25rem);
        padding-inline: 0.5rem;
      }

      select {
        border: 1px solid transparent;
        border-radius: var(--radius-small);
        background: none;
        color: var(--ink-soft);
        font: inherit;
        cursor: pointer;
      }

      select:hover {
        background: var(--sunken);
        color: var(--ink);
      }

      option {
        background: var(--surface);
        color: var(--ink);
      }

      /* Aligns the text with the frame, although the button is wider. */
      figcaption button:last-child {
        margin-right: -0.5rem;
      }

      /* By the app's width; inside the figure it would be by the figure's. */
      @container (max-width: 899px) {
        :host {
          --tool-height: 2.75rem;
        }
      }
    `,
  ];

  /** Index of the sample in the loupe. */
  declare looked: number | null;
  #loupe: "unloaded" | "loading" | "loaded" | "failed" = "unloaded";

  constructor() {
    super();
    this.looked = null;
  }

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.requestUpdate())];
  }

  override render() {
    const { mode } = this.state;
    const past = this.#snapshot() !== undefined;
    return html`
      <figure>
        <div class="frame">
          <div id="samples" role="application" tabindex="0" aria-label=${this.#describe()}
            aria-describedby="how"
            @pointermove=${this.#point} @pointerdown=${this.#point} @pointerleave=${this.#leave}
            @keydown=${this.#key} @blur=${this.#forget}>
            <gv-image-grid .pictures=${this.#pictures()} .shape=${this.#shape()}
              label=${this.#describe()}></gv-image-grid>
            ${this.#renderLoupe()}
          </div>
          <span id="how" class="unseen">${msg("Arrow keys enlarge one sample after the other; Escape closes the enlarged one.")}</span>
          ${this.#renderLoading()}
        </div>
        <figcaption class="small ${past ? "past" : ""}">
          <p>
            <strong>${msg("Generated")}</strong>
            <span class="soft number">${this.#caption()}</span>
          </p>
          ${mode === "train" ? this.#renderRunTools() : nothing}
          <button id="noise" class="quiet" aria-label=${msg("New noise")} title=${msg("New noise (N)")}
            ?disabled=${this.controller.live.samples === null} @click=${() => void this.controller.newNoise()}>
            ${noiseIcon}<span>${msg("New noise")}</span>
          </button>
        </figcaption>
        <slot></slot>
      </figure>
    `;
  }

  #renderRunTools() {
    const side = this.#side();
    return html`
      <select id="grid" aria-label=${msg("Samples in the grid")} @change=${this.#resize}>
        ${GRID_SIDES.map(
          (n) => html`<option value=${n} ?selected=${n === side}>${n} × ${n}</option>`,
        )}
      </select>
    `;
  }

  #renderLoupe() {
    const pictures = this.#shown;
    const { looked } = this;
    if (looked === null || pictures === null || this.#loupe !== "loaded") return nothing;
    return html`
      <div id="mark"></div>
      <gv-loupe .controller=${this.controller} .pictures=${pictures} .index=${looked} .side=${this.#side()}></gv-loupe>
    `;
  }

  override updated(): void {
    const mark = this.renderRoot.querySelector<HTMLElement>("#mark");
    const area = this.renderRoot.querySelector<HTMLElement>("#samples");
    if (mark === null || area === null || this.looked === null) return;
    const { x, y, size } = cellBox(this.looked, this.#side(), area.clientWidth);
    Object.assign(mark.style, {
      left: `${x - 2}px`,
      top: `${y - 2}px`,
      width: `${size + 4}px`,
      height: `${size + 4}px`,
    });
  }

  #snapshot() {
    const { frame } = this.state;
    return frame === null ? undefined : this.controller.training?.film.at(frame);
  }

  /** Returns the same object while the samples are the same, to avoid repainting. */
  #pictures(): Pictures | null {
    const past = this.#snapshot();
    const { samples } = this.controller.live;
    const values = past?.levels ?? samples?.values ?? null;
    if (values === null) this.#shown = null;
    else if (values !== this.#shown?.values) {
      const [off, on] = past ? [0, 255] : [-1, 1];
      this.#shown = { values, size: values.length / this.#side() ** 2, off, on };
    }
    return this.#shown;
  }

  #shown: Pictures | null = null;
  #lastShape = { columns: 8, rows: 8 };

  #side(): number {
    return this.controller.live.samples?.side ?? 8;
  }

  #shape() {
    const side = this.#side();
    if (this.#lastShape.columns !== side) this.#lastShape = { columns: side, rows: side };
    return this.#lastShape;
  }

  #caption(): string {
    if (this.state.mode === "pretrained") return msg("by the pretrained network");
    const step = this.#snapshot()?.step ?? this.controller.live.numbers?.step ?? 0;
    return msg(str`at step ${formatCount(step)}`);
  }

  #describe(): string {
    const count = formatCount(this.#side() ** 2);
    return this.state.mode === "pretrained"
      ? msg(str`${count} digits generated by the pretrained network`)
      : msg(
          str`${count} pictures generated by the network in training, always from the same noise`,
        );
  }

  /** Notices over the empty grid: first the program, then the weights. */
  #renderLoading() {
    const { engine, pretrained, mode } = this.state;
    if (engine.status !== "ready") return renderEngineNotice(this.controller);
    if (mode === "train") return nothing;
    return html`<gv-load-notice
      .loading=${pretrained}
      .amount=${formatBytes}
      doing=${msg("Loading the pretrained network")}
      failed=${msg("The pretrained network could not be loaded.")}
      @retry=${() => void this.controller.retryPretrained()}
    ></gv-load-notice>`;
  }

  readonly #resize = (event: Event): void => {
    const side = Number((event.target as HTMLSelectElement).value);
    this.controller.page.write({ grid: String(side) });
    this.#forget();
    void this.controller.training?.setGrid(side);
  };

  readonly #point = (event: PointerEvent): void => {
    const area = event.currentTarget as HTMLElement;
    const { left, top, width } = area.getBoundingClientRect();
    // A page may scale the app, as a deck of slides does.
    const scale = area.clientWidth / width;
    const at = { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale };
    const cell = cellUnder(at, this.#side(), area.clientWidth);
    // A second tap on the same sample closes the loupe.
    const again = event.type === "pointerdown" && event.pointerType === "touch";
    this.#look(again && cell === this.looked ? null : cell);
  };

  readonly #leave = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") this.#forget();
  };

  readonly #forget = (): void => this.#look(null);

  readonly #key = (event: KeyboardEvent): void => {
    const side = this.#side();
    const moves: Partial<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -side,
      ArrowDown: side,
    };
    const move = moves[event.key];
    if (event.key === "Escape" && this.looked !== null) this.#look(null);
    else if (move === undefined) return;
    else if (this.looked === null) this.#look(0);
    else if (this.looked + move >= 0 && this.looked + move < side * side) {
      this.#look(this.looked + move);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #look(sample: number | null): void {
    this.looked = this.controller.live.samples === null ? null : sample;
    if (sample !== null && this.#loupe === "unloaded") this.#loadLoupe();
    // Not with each movement of the pointer, but with the next visit.
    if (sample === null && this.#loupe === "failed") this.#loupe = "unloaded";
  }

  /** On first use. */
  readonly #loadLoupe = (): void => {
    this.#loupe = "loading";
    void this.controller
      .part(() => import("./loupe"), this.#loadLoupe)
      .then((part) => {
        this.#loupe = part === null ? "failed" : "loaded";
        this.requestUpdate();
      });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-stage": Stage;
  }
}

customElements.define("gv-stage", Stage);
