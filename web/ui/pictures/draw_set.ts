// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-draw-set>`: drawing the same thing again and again. Emits "drawings" after each change, and "use"
// when they are to be learned.

import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { html, LitElement, nothing } from "lit";
import { baseStyles } from "../elements/base_styles";
import { fieldStyles } from "../elements/field_styles";
import { closeIcon } from "../elements/icons";
import { type Drawing, EMPTY, imageOf, type Stroke } from "../pixels/drawing";
import { formatCount } from "../platform/format";
import { cautionStyles } from "./caution_styles";
import { drawStyles } from "./draw_styles";
import {
  type Drawings,
  joinedKinds,
  MOST_KINDS,
  NO_DRAWINGS,
  nextName,
  type OwnDrawing,
  withNext,
} from "./drawings";
import { FEW } from "./set_parts";
import "../elements/drawing_pad";
import "../elements/picture";

const LONGEST_NAME = 24;

export class DrawSet extends LitElement {
  static override properties = {
    drawings: { attribute: false },
  };

  static override styles = [baseStyles, fieldStyles, cautionStyles, drawStyles];

  declare drawings: Drawings;
  #before: Drawing = EMPTY;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.drawings = NO_DRAWINGS;
  }

  override render() {
    const { drawings } = this;
    const { drawing } = drawings.next;
    const isBlank = drawing.strokes.length === 0;
    const isEnough = drawings.all.length >= FEW;
    return html`
      <div class="paper">
        <gv-drawing-pad .drawing=${drawing} label=${msg("Paper to draw on")} hint=${msg("Draw here")}
          @begin=${this.#begin} @draw=${this.#draw}></gv-drawing-pad>
        <div class="buttons">
          <button id="undo" ?disabled=${isBlank} @click=${this.#undo}>${msg("Undo")}</button>
          <button id="next" class=${isEnough ? "" : "primary"} ?disabled=${isBlank}
            @click=${this.#next}>${msg("Next")}</button>
        </div>
      </div>
      <div class="drawn">
        <p class="small" role="status">${advise(drawings.all.length)}</p>
        ${this.#renderKinds()} ${this.#renderJoined()}
        <ul aria-label=${msg("Your drawings")}>
          ${drawings.all.map((own, index) => this.#renderOwn(own, index))}
        </ul>
        <div class="buttons">
          <button id="use" class=${isEnough ? "primary" : ""}
            ?disabled=${drawings.all.length === 0 && isBlank} @click=${this.#use}>
            ${msg("Use these drawings")}
          </button>
          <label class="small soft">
            ${msg("Size in pixels")}
            <select id="side" @change=${this.#resize}>
              ${([28, 32] as const).map(
                (side) =>
                  html`<option value=${side} .selected=${side === drawings.side}>${side} × ${side}</option>`,
              )}
            </select>
          </label>
          ${
            drawings.all.length === 0
              ? this.#renderRestore()
              : html`<button id="clear" class="quiet" @click=${this.#clear}>${msg("Delete all")}</button>`
          }
        </div>
      </div>
    `;
  }

  #renderRestore() {
    if (this.drawings.deleted === null) return nothing;
    return html`<button id="restore" class="quiet" @click=${this.#restore}>
      ${msg("Bring the deleted drawings back")}
    </button>`;
  }

  /** One kind needs no name. */
  #renderKinds() {
    const { kinds, all, next } = this.drawings;
    const add = html`<button id="add-kind" class="small" ?disabled=${kinds.length === MOST_KINDS}
      @click=${this.#addKind}>${kinds.length === 1 ? msg("Draw two kinds of things …") : msg("Another kind")}</button>`;
    if (kinds.length === 1) return html`<div class="kinds">${add}</div>`;
    return html`<fieldset class="kinds">
      <legend class="small soft">${msg("You are drawing")}</legend>
      ${kinds.map((name, kind) => {
        const count = all.filter((own) => own.kind === kind).length;
        return html`<span class="kind" ?data-chosen=${kind === next.kind}>
          <input type="radio" name="kind" aria-label=${name} .checked=${kind === next.kind}
            @change=${() => this.#choose(kind)} />
          <input type="text" maxlength=${LONGEST_NAME} autocomplete="off" .value=${name}
            aria-label=${msg(str`Name of kind ${String(kind + 1)}`)}
            @focus=${() => this.#choose(kind)}
            @change=${(event: Event) => this.#rename(kind, (event.target as HTMLInputElement).value)} />
          <span class="small soft number">${formatCount(count)}</span>
        </span>`;
      })}
      ${add}
    </fieldset>`;
  }

  #renderJoined() {
    return joinedKinds(this.drawings).map(
      (name) => html`<p class="caution small" role="status">
        ${msg(str`Two kinds are called “${name}”: they become one class. Rename one to keep them apart.`)}
      </p>`,
    );
  }

  #renderOwn(own: OwnDrawing, index: number) {
    const { kinds, side } = this.drawings;
    const name = kinds.length === 1 ? "" : (kinds[own.kind] ?? "");
    return html`<li>
      <gv-picture .image=${imageFor(own.drawing, side)}></gv-picture>
      <span class="small">${name}</span>
      <button class="quiet" aria-label=${msg(str`Delete drawing ${String(index + 1)}`)}
        @click=${() => this.#delete(index)}>${closeIcon}</button>
    </li>`;
  }

  readonly #begin = (): void => {
    this.#before = this.drawings.next.drawing;
  };

  readonly #draw = (event: CustomEvent<Stroke>): void => {
    this.#paint([...this.#before.strokes, event.detail]);
  };

  readonly #undo = (): void => {
    this.#paint(this.drawings.next.drawing.strokes.slice(0, -1));
  };

  #paint(strokes: readonly Stroke[]): void {
    this.#change({ next: { ...this.drawings.next, drawing: { base: null, strokes } } });
  }

  readonly #next = (): void => this.#change(withNext(this.drawings));

  #delete(index: number): void {
    this.#change({ all: this.drawings.all.filter((_, at) => at !== index) });
    void this.updateComplete.then(() => {
      const buttons = this.renderRoot.querySelectorAll<HTMLElement>("li button");
      const next = buttons[Math.min(index, buttons.length - 1)];
      (next ?? this.renderRoot.querySelector<HTMLElement>("#add-kind"))?.focus();
    });
  }

  readonly #addKind = (): void => {
    const { kinds } = this.drawings;
    this.#change({ kinds: [...kinds, nextName(this.drawings)] });
    this.#choose(kinds.length);
  };

  #choose(kind: number): void {
    this.#change({ next: { ...this.drawings.next, kind } });
  }

  #rename(kind: number, name: string): void {
    this.#change({ kinds: this.drawings.kinds.map((old, at) => (at === kind ? name : old)) });
  }

  readonly #resize = (event: Event): void => {
    this.#change({ side: (event.target as HTMLSelectElement).value === "32" ? 32 : 28 });
  };

  readonly #clear = (): void => {
    this.#change({ ...NO_DRAWINGS, deleted: this.drawings });
    this.#focus("#restore");
  };

  readonly #restore = (): void => {
    this.#change(this.drawings.deleted ?? {});
    this.#focus("#clear");
  };

  #focus(selector: string): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
    });
  }

  /** What is on the pad belongs to the set as well. */
  readonly #use = (): void => {
    this.#next();
    this.dispatchEvent(new Event("use"));
  };

  #change(part: Partial<Drawings>): void {
    this.drawings = { ...this.drawings, ...part };
    this.dispatchEvent(new CustomEvent("drawings", { detail: this.drawings }));
  }
}

/** Drawings never change, so each is drawn once for each side. */
const images = new WeakMap<Drawing, Float32Array>();

function imageFor(drawing: Drawing, side: number): Float32Array {
  const kept = images.get(drawing);
  if (kept?.length === side * side) return kept;
  const image = imageOf(drawing, side);
  images.set(drawing, image);
  return image;
}

function advise(count: number): string {
  if (count === 0) {
    return msg(
      "Draw one thing, such as a tree or a face, press Next, and draw it again, a little different each time. The network will learn to draw more of them.",
    );
  }
  const drawings = count === 1 ? msg("1 drawing.") : msg(str`${formatCount(count)} drawings.`);
  return count < FEW
    ? msg(
        str`${drawings} From about ${String(FEW)} on, it draws some of its own; with fewer it learns them by heart.`,
      )
    : msg(str`${drawings} That is enough to begin; every further one helps.`);
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-draw-set": DrawSet;
  }

  interface HTMLElementEventMap {
    drawings: CustomEvent<Drawings>;
  }
}

customElements.define("gv-draw-set", DrawSet);
