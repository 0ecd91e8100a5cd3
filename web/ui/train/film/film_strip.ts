// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-film-strip>`: the run so far as a film. Each picture is one sample at an earlier step,
// always from the same noise; dragging along it or playing it shows the whole grid at that step.

import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues } from "lit";
import { isOfPoints } from "../../../config/presets";
import { clamp } from "../../../engine/clamp";
import { shapeOfSize } from "../../../engine/picture_shape";
import { IMAGE_PIXELS } from "../../../engine/types";
import { baseStyles } from "../../elements/base_styles";
import { pauseIcon, playIcon, saveIcon } from "../../elements/icons";
import { TrainingElement } from "../../elements/training_element";
import { GridPainter } from "../../pixels/images";
import { densityPicture, fromLevels } from "../../plane/point_pictures";
import { formatCount } from "../../platform/format";
import { onThemeChange } from "../../platform/theme";
import { FRAME_MS } from "./film_times";

/** Index of the sample in the pictures; for a conditional GAN, a three. */
const SAMPLE = 3;

export class FilmStrip extends TrainingElement {
  static override properties = { playing: { state: true }, saving: { state: true } };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        grid-template-rows: var(--film-height);
        gap: 0.375rem;
        align-items: center;
      }

      #strip {
        position: relative;
        height: 100%;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--surface);
        cursor: ew-resize;
        touch-action: pan-y;
      }

      canvas {
        position: absolute;
        width: 100%;
        height: 100%;
      }

      .head {
        position: absolute;
        inset: -2px auto -2px 0;
        width: 3px;
        margin-left: -1.5px;
        border-radius: 2px;
        background: var(--generated);
      }

      button {
        min-height: 2.75rem;
        padding-inline: 0.5rem;
      }

      #film-play {
        margin-left: -0.5rem;
      }

      #film-save {
        margin-right: -0.5rem;
      }
    `,
  ];

  declare playing: boolean;
  declare saving: boolean;
  #painter: GridPainter | null = null;
  #painted = "";
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #resizes = new ResizeObserver(() => {
    this.#painted = "";
    this.#paint();
  });

  constructor() {
    super();
    this.playing = false;
    this.saving = false;
  }

  protected override subscriptions() {
    const theme = onThemeChange(() => {
      this.#painter?.forgetColors();
      this.#painted = "";
      this.requestUpdate();
    });
    return [this.controller.live.subscribe(() => this.requestUpdate()), theme];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#stop();
  }

  override render() {
    const { film } = this.training;
    const last = Math.max(0, film.length - 1);
    const at = Math.min(this.state.frame ?? last, last);
    const empty = film.length < 2;
    const name = this.playing ? msg("Stop the film") : msg("Play the film");
    const save = msg("Save the film or a picture");
    return html`
      <button id="film-play" class="quiet" aria-label=${name} title=${name} ?disabled=${empty}
        @click=${this.#toggle}>${this.playing ? pauseIcon : playIcon}</button>
      <div id="strip" role="slider" tabindex="0" aria-label=${msg("Film of the training")}
        aria-valuemin="0" aria-valuemax=${last} aria-valuenow=${at}
        aria-valuetext=${this.#describe(at)} aria-disabled=${empty}
        @pointerdown=${this.#grab} @pointermove=${this.#drag} @keydown=${this.#key}>
        <canvas></canvas>
        ${empty ? nothing : html`<div class="head"></div>`}
      </div>
      <button id="film-save" class="quiet" aria-label=${save} title=${save} aria-haspopup="dialog"
        ?disabled=${empty} @click=${() => void this.#save()}>${saveIcon}</button>
      ${
        this.saving
          ? html`<gv-film-dialog .controller=${this.controller} @close=${this.#saved}></gv-film-dialog>`
          : nothing
      }
    `;
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas === null) return;
    this.#painter = new GridPainter(canvas);
    this.#resizes.observe(canvas);
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#paint();
    const head = this.renderRoot.querySelector<HTMLElement>(".head");
    const last = Math.max(1, this.training.film.length - 1);
    // The content policy forbids style attributes, but scripts can set style properties.
    if (head) head.style.left = `${((this.state.frame ?? last) / last) * 100}%`;
  }

  #describe(at: number): string {
    if (this.state.frame === null) return msg("now");
    return msg(str`step ${formatCount(this.training.film.at(at)?.step ?? 0)}`);
  }

  /** Draws as many pictures as fit side by side, evenly spaced over the run. */
  #paint(): void {
    const { film } = this.training;
    const key = [film.length, film.at(0)?.levels.length, film.at(0)?.step].join();
    // To ask for the canvas's size lays out the page, which costs more than all else here.
    if (key === this.#painted) return;
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas === null || this.#painter === null || canvas.clientHeight === 0) return;
    this.#painted = key;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
      Math.round(side * devicePixelRatio),
    ) as [number, number];
    const columns = Math.max(1, Math.floor(width / height));
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    const size = this.#isOfPoints ? IMAGE_PIXELS : this.training.sampleSize;
    const shown = Math.min(columns, film.length);
    // What is still to come is blank paper; colours have none.
    const isGrey = shapeOfSize(size).channels === 1;
    const values = new Uint8Array((isGrey ? columns : shown) * size);
    for (let column = 0; column < shown; column += 1) {
      const at = shown < 2 ? 0 : Math.round((column * (film.length - 1)) / (shown - 1));
      const from = film.at(at)?.levels;
      if (from) values.set(this.#picture(from, size), column * size);
    }
    this.#painter.paint({ values, size, off: 0, on: 255 }, { columns, rows: 1 });
  }

  /** One sample; for points, the density of all of them. */
  #picture(levels: Uint8Array, size: number): Uint8Array {
    if (!this.#isOfPoints) return levels.subarray(SAMPLE * size, (SAMPLE + 1) * size);
    return Uint8Array.from(densityPicture(fromLevels(levels)), (share) => 255 * share);
  }

  get #isOfPoints(): boolean {
    return isOfPoints(this.state.settings.preset);
  }

  #show(frame: number): void {
    const last = this.training.film.length - 1;
    const at = clamp(Math.round(frame), 0, last);
    // The end of the film is the live run.
    this.controller.store.patch({ frame: at === last ? null : at });
  }

  readonly #grab = (event: PointerEvent): void => {
    const strip = event.currentTarget as HTMLElement;
    strip.setPointerCapture(event.pointerId);
    this.#stop();
    this.#drag(event);
  };

  readonly #drag = (event: PointerEvent): void => {
    const strip = event.currentTarget as HTMLElement;
    if (!strip.hasPointerCapture(event.pointerId) || this.training.film.length < 2) return;
    const { left, width } = strip.getBoundingClientRect();
    this.#show(((event.clientX - left) / width) * (this.training.film.length - 1));
  };

  readonly #key = (event: KeyboardEvent): void => {
    const last = this.training.film.length - 1;
    const at = this.state.frame ?? last;
    const places: Partial<Record<string, number>> = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - 10,
      PageUp: at + 10,
      Home: 0,
      End: last,
    };
    const place = places[event.key];
    if (place === undefined || last < 1) return;
    event.preventDefault();
    event.stopPropagation();
    this.#stop();
    this.#show(place);
  };

  readonly #toggle = (): void => {
    if (this.playing) {
      this.#stop();
      return;
    }
    if (this.state.playing) void this.training.pause();
    this.playing = true;
    if (this.state.frame === null) this.#show(0);
    this.#timer = setInterval(() => {
      const { frame } = this.state;
      if (frame === null || document.hidden) this.#stop();
      else this.#show(frame + 1);
    }, FRAME_MS);
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.playing = false;
  }

  async #save(): Promise<void> {
    const part = await this.controller.part(
      () => import("./film_dialog"),
      () => void this.#save(),
    );
    if (part !== null) this.saving = true;
  }

  readonly #saved = (): void => {
    this.saving = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-film-strip": FilmStrip;
  }
}

customElements.define("gv-film-strip", FilmStrip);
