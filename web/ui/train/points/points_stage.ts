// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-points-stage>`: the plane with layers that show the run's current state, and D's score of
// the place under the pointer.

import { msg, str } from "@lit/localize";
import { html, nothing, type SVGTemplateResult, svg } from "lit";
import { objectiveOf } from "../../../config/settings";
import { clamp } from "../../../engine/clamp";
import { makesProbabilities } from "../../../engine/objectives";
import { baseStyles } from "../../elements/base_styles";
import { renderEngineNotice } from "../../elements/engine_notice";
import { noiseIcon } from "../../elements/icons";
import { TrainingElement } from "../../elements/training_element";
import { explain, LAYERS, type Layer, leansOf, nameOf } from "../../plane/layers";
import { arrowMove, type Point, placeAt } from "../../plane/plane";
import { PlanePainter } from "../../plane/plane_painter";
import { PlaneWatch, type Question, type View } from "../../plane/plane_watch";
import { fromLevels } from "../../plane/point_pictures";
import { REACH } from "../../plane/reach";
import { formatCount, formatFixed } from "../../platform/format";
import { onThemeChange } from "../../platform/theme";
import { PANELS } from "../../state/store";
import { generatedPoints } from "./live_points";
import { pointsStageStyles } from "./points_stage_styles";

/** Number of real points shown, the same as of generated ones. */
const SHOWN = 400;
/** A second touch within this many CSS pixels counts as the same place. */
const SAME_PLACE = 14;

const NO_VIEW: View = {
  field: null,
  lattice: null,
  pulled: null,
  pulls: null,
  mark: null,
  markScore: null,
};

export class PointsStage extends TrainingElement {
  static override properties = { mark: { state: true }, view: { state: true } };

  static override styles = [baseStyles, pointsStageStyles];

  /** The place under the pointer. */
  declare mark: Point | null;
  declare view: View;
  #painter: PlanePainter | null = null;
  #frame = 0;
  #spoken = false;
  #visible = true;
  readonly #watch = new PlaneWatch(
    () => this.#question(),
    (view) => this.#take(view),
  );
  readonly #resizes = new ResizeObserver(() => this.#paintSoon());
  readonly #sightings = new IntersectionObserver((entries) => {
    this.#visible = entries.at(-1)?.isIntersecting ?? true;
    if (this.#visible) this.#watch.look();
  });

  constructor() {
    super();
    this.mark = null;
    this.view = NO_VIEW;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sightings.observe(this);
    this.#watch.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sightings.disconnect();
    this.#resizes.disconnect();
    this.#watch.stop();
  }

  protected override subscriptions() {
    const changed = (): void => {
      this.#watch.look();
      this.requestUpdate();
    };
    const theme = onThemeChange(() => {
      this.#painter?.forgetColors();
      this.#paintSoon();
    });
    return [
      this.controller.live.subscribe(changed),
      this.controller.store.subscribe(changed),
      theme,
    ];
  }

  override render() {
    return html`
      <figure>
        <div class="frame">
          <div id="plane" role="application" tabindex="0" aria-label=${this.#describe()}
            aria-describedby="how"
            @pointermove=${this.#point} @pointerdown=${this.#point} @pointerleave=${this.#leave}
            @keydown=${this.#key} @blur=${() => this.#look(null)}>
            <canvas role="img" aria-label=${this.#describe()}></canvas>
          </div>
          <span id="how" class="unseen">
            ${msg("Arrow keys move a mark and read out D’s score there; Escape removes it.")}
          </span>
          ${this.state.engine.status === "ready" ? nothing : renderEngineNotice(this.controller)}
        </div>
        <figcaption class="small">
          <p class="soft number">${this.#renderCaption()}</p>
          <button id="noise" class="quiet" aria-label=${msg("New noise")} title=${msg("New noise (N)")}
            ?disabled=${this.controller.live.samples === null} @click=${() => void this.controller.newNoise()}>
            ${noiseIcon}<span>${msg("New noise")}</span>
          </button>
        </figcaption>
        <div class="layers small" role="group" aria-label=${msg("Visible layers")}>
          ${LAYERS.map(
            (layer) => html`<button data-layer=${layer} aria-pressed=${this.#shows(layer)}
              title=${explain(layer)} @click=${() => this.#toggle(layer)}>
              ${ICONS[layer]}${nameOf(layer)}
            </button>`,
          )}
        </div>
        <slot></slot>
      </figure>
    `;
  }

  #renderCaption() {
    const past = this.#snapshot();
    if (past !== undefined) return msg(str`at step ${formatCount(past.step)}`);
    if (this.mark !== null) {
      // The place of the last answer, so that place and score belong together.
      return html`<output id="readout">${this.#readout(this.view.mark ?? this.mark)}</output>`;
    }
    if (!this.#shows("field")) return msg("Point at a place to see D’s score there.");
    return html`
      <span>${msg("D’s score:")}</span>
      <span class="generated">${msg("generated")}</span>
      <span class="ramp"></span>
      <span class="real">${msg("real")}</span>
    `;
  }

  #readout({ x, y }: Point): string {
    const [left, up] = [formatFixed(x, 2), formatFixed(y, 2)];
    const place = `(${left}, ${up})`;
    const score = this.view.markScore;
    if (score === null) return place;
    const value = formatFixed(score, 2);
    if (!this.#probabilities()) return msg(str`${place} · score of D ${value}`);
    const percent = String(Math.round(100 * score));
    return msg(str`${place} · D: ${percent} % likely to be real`);
  }

  #describe(): string {
    const count = formatCount(SHOWN);
    return msg(
      str`The plane: ${count} real points, ${count} generated by the network in training, and the discriminator’s score of each place`,
    );
  }

  #shows(layer: Layer): boolean {
    return !this.state.hidden.has(layer);
  }

  #probabilities(): boolean {
    return makesProbabilities(objectiveOf(this.state.settings));
  }

  #snapshot() {
    const { frame } = this.state;
    return frame === null ? undefined : this.training.film.at(frame);
  }

  #question(): Question | null {
    const { live, training } = this.controller;
    const run = training?.run ?? null;
    const config = training?.config ?? null;
    const { frame, playing } = this.state;
    const generated = generatedPoints(live);
    const isShown = this.#visible && frame === null;
    if (run === null || config === null || generated === null || !isShown) return null;
    return {
      run,
      latentSize: config.latent_size,
      field: this.#shows("field"),
      lattice: this.#shows("manifold"),
      pulled: this.#shows("arrows") ? generated : null,
      mark: this.mark,
      training: playing,
    };
  }

  #take(view: View): void {
    this.view = view;
    if (!this.#spoken || view.mark === null || view.mark !== this.mark) return;
    this.#spoken = false;
    this.controller.store.patch({ announcement: this.#readout(view.mark) });
  }

  override firstUpdated(): void {
    const canvas = this.renderRoot.querySelector("canvas");
    if (canvas === null) return;
    this.#painter = new PlanePainter(canvas);
    this.#resizes.observe(canvas);
  }

  override updated(): void {
    this.#paintSoon();
  }

  #paintSoon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    if (this.#painter === null) return;
    const { live } = this.controller;
    const past = this.#snapshot();
    const now = past === undefined;
    const { field, lattice, pulled, pulls } = this.view;
    // Points drawn at the starts of the arrows, even if newer ones have arrived since.
    const generated = now ? (pulled ?? generatedPoints(live)) : fromLevels(past.levels);
    const shown = <T>(layer: Layer, what: T | null): T | null => (this.#shows(layer) ? what : null);
    const ofNow = <T>(layer: Layer, what: T | null): T | null => (now ? shown(layer, what) : null);
    const scene = {
      field: ofNow("field", field === null ? null : leansOf(field, this.#probabilities())),
      lattice: ofNow("manifold", lattice),
      real: shown("points", live.realPoints?.subarray(0, 2 * SHOWN) ?? null),
      generated: shown("samples", generated),
      pulled: ofNow("arrows", pulled),
      pulls: ofNow("arrows", pulls),
      mark: now ? this.mark : null,
    };
    this.#painter.paint(scene);
  }

  #toggle(layer: Layer): void {
    const hidden = new Set(this.state.hidden);
    if (!hidden.delete(layer)) hidden.add(layer);
    const names = PANELS.filter((name) => hidden.has(name)).join(",");
    this.controller.store.patch({ hidden });
    this.controller.page.write({ hide: names === "" ? null : names });
  }

  readonly #point = (event: PointerEvent): void => {
    const area = event.currentTarget as HTMLElement;
    const { left, top, width } = area.getBoundingClientRect();
    const at = placeAt((event.clientX - left) / width, (event.clientY - top) / width);
    const { mark } = this;
    const distance = mark === null ? Infinity : Math.hypot(at.x - mark.x, at.y - mark.y);
    // A second touch of the same place removes the mark.
    const again = event.type === "pointerdown" && event.pointerType === "touch";
    this.#look(again && (distance / REACH) * (width / 2) < SAME_PLACE ? null : at);
  };

  readonly #leave = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") this.#look(null);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const move = arrowMove(event.key);
    if (event.key === "Escape" && this.mark !== null) this.#look(null);
    else if (move === undefined) return;
    else {
      const { x, y } = this.mark ?? { x: -move[0], y: -move[1] };
      this.#spoken = true;
      this.#look({ x: clamp(x + move[0], -REACH, REACH), y: clamp(y + move[1], -REACH, REACH) });
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #look(mark: Point | null): void {
    this.mark = mark;
    if (mark === null) this.view = { ...this.view, mark: null, markScore: null };
    else this.#watch.look();
  }
}

const icon = (shape: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;

const DOTS = icon(svg`<g fill="currentColor"><circle cx="4" cy="5" r="2.5" />
  <circle cx="11.5" cy="3.5" r="2.5" /><circle cx="9" cy="11.5" r="2.5" /></g>`);

const ICONS: Readonly<Record<Layer, SVGTemplateResult>> = {
  points: DOTS,
  samples: DOTS,
  field: icon(svg`<path d="M8 1.5a6.5 6.5 0 0 0 0 13z" fill="var(--generated)" opacity="0.6" />
    <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="var(--real)" opacity="0.6" />`),
  manifold: icon(svg`<path d="M1.5 4Q8 1 14.5 3M1.5 9Q8 5 14.5 8M2.5 14Q8 11 14 13M2 4Q4 9 2.5
    14M8 2Q7 8 8.5 12.5M14 3Q13 8 14 13" fill="none" stroke="currentColor" stroke-width="1.25" />`),
  arrows: icon(svg`<path d="M2.5 13.5L13 3M7 3h6v6" fill="none" stroke="currentColor"
    stroke-width="1.5" />`),
};

declare global {
  interface HTMLElementTagNameMap {
    "gv-points-stage": PointsStage;
  }
}

customElements.define("gv-points-stage", PointsStage);
