// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-digit-tool>`: all classes, such as the ten digits, from one latent, which separates the effects
// of class and latent; and mixtures of two classes.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { Pictures } from "../pixels/pixel_colors";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { imageAt, rowOf } from "./latents";
import { renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/image_grid";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

const STYLES = 6;
const STRIP = 9;
/** More classes are shown in rows of so many. */
const IN_ROW = 10;

interface Mix {
  /** Index of the style. */
  readonly style: number;
  readonly other: number;
  /** Share of the other class, 0 to 1. */
  readonly share: number;
}

const FIRST: Mix = { style: 0, other: 8, share: 0 };

export class DigitTool extends ToolElement {
  static override styles = [
    ...toolStyles,
    css`
      .stage {
        display: grid;
        gap: 0.5rem;
      }

      .stage .large {
        width: calc(var(--side) - 6rem);
        justify-self: center;
      }

      .strip {
        display: grid;
        grid-template-columns: repeat(9, minmax(0, 1fr));
        gap: 2px;
      }

      .strip gv-picture[data-here] {
        outline: 2px solid var(--generated);
      }

      #styles {
        grid-template-columns: repeat(6, minmax(0, 1fr));
      }

      @container (max-width: 899px) {
        .stage .large {
          width: 75%;
        }
      }
    `,
  ];

  readonly #styles = new Kept<{ latents: Floats; images: Floats }>();
  readonly #rows = new Kept<Floats>();
  readonly #strips = new Kept<Floats>();
  #offered: Floats | null = null;
  #row: Floats | null = null;
  #strip: Floats | null = null;
  #sample: Float32Array | null = null;

  override render() {
    const { model } = this.explorer.state;
    if (model === null) return nothing;
    return model.conditional ? this.#renderConditional(model) : this.#renderUnconditional(model);
  }

  #renderConditional(model: Model) {
    const { classes: names } = model;
    const chosen = this.chosenClass;
    const { style, other, share } = this.#mix;
    const words = model.ofDigits ? wordsOfDigits() : wordsOfClasses();
    const percent = `${Math.round(share * 100)}\u202f%`;
    const [one, two] = [names[chosen] ?? "", names[other] ?? ""];
    const here = Math.round(share * (STRIP - 1));
    return html`
      <div class="stage">
        <gv-picture id="sample" class="generated large" .image=${this.#sample}
          label=${msg(str`The sample: ${percent} of the way from ${one} to ${two}`)}></gv-picture>
        <div class="strip" role="img" aria-label=${msg(str`Nine mixtures from ${one} to ${two}`)}>
          ${Array.from(
            { length: STRIP },
            (_, index) => html`<gv-picture ?data-here=${index === here}
              .image=${imageAt(this.#strip, index, STRIP)}></gv-picture>`,
          )}
        </div>
        <div class="field">
          <div class="row small">
            <label for="mix">${msg("Mixture")}</label>
            <span class="number soft">${msg(str`${percent} of ${two}, the rest of ${one}`)}</span>
          </div>
          <input id="mix" type="range" min="0" max="100" step="1" aria-valuetext=${percent}
            .value=${String(Math.round(share * 100))}
            @input=${(event: Event) =>
              this.#move({ share: Number((event.target as HTMLInputElement).value) / 100 })} />
        </div>
      </div>
      <div class="controls">
        ${renderIntro(words.title, words.text)}
        <div class="field">
          <h3>${words.first}</h3>
          <gv-class-picker id="digit" label=${words.first} .chosen=${chosen} .names=${names}
            .pictures=${names.map((_, index) => imageAt(this.#row, index, names.length))}
            @pick=${(event: CustomEvent<number>) => this.explorer.choose({ digit: event.detail })}
          ></gv-class-picker>
          ${names.length > IN_ROW ? this.#renderAll(model) : nothing}
        </div>
        <div class="field">
          <h3>${msg("Mixed with")}</h3>
          <gv-class-picker id="other" label=${words.other} .chosen=${other} .names=${names}
            @pick=${(event: CustomEvent<number>) => this.#move({ other: event.detail })}
          ></gv-class-picker>
        </div>
        <div class="field">
          <h3>${msg("Style")}</h3>
          <div id="styles" class="thumbs" role="group" aria-label=${msg("Style")}>
            ${Array.from({ length: STYLES }, (_, index) => this.#renderStyle(index, style))}
          </div>
        </div>
        <div class="buttons">
          ${this.renderDice(msg("Other styles"))}
        </div>
      </div>
    `;
  }

  /** All classes in one style, where they are too many for buttons. */
  #renderAll({ classes, size }: Model) {
    const shape = { columns: IN_ROW, rows: Math.ceil(classes.length / IN_ROW) };
    const values = this.#row ?? new Float32Array(0);
    const pictures: Pictures = { values, size, off: -1, on: 1 };
    return html`<gv-image-grid id="all" .pictures=${pictures} .shape=${shape}
      .style="aspect-ratio: ${shape.columns} / ${shape.rows}"
      label=${msg("All classes in this style")}></gv-image-grid>`;
  }

  #renderStyle(index: number, style: number) {
    return html`
      <button aria-pressed=${index === style ? "true" : "false"} data-style=${index}
        aria-label=${msg(str`Style ${String(index + 1)}`)}
        @click=${() => this.#move({ style: index })}>
        <gv-picture .image=${imageAt(this.#offered, index, STYLES)}></gv-picture>
      </button>
    `;
  }

  /** For unconditional models: a sample, and of digits a button for a conditional model. */
  #renderUnconditional({ ofDigits }: Model) {
    return html`
      <gv-picture id="sample" class="generated large" .image=${this.#sample}
        label=${msg("A sample")}></gv-picture>
      <div class="controls">
        <div class="intro">
          <h2>${ofDigits ? wordsOfDigits().title : wordsOfClasses().title}</h2>
          <p>${
            ofDigits
              ? msg(
                  "This generator has no digit as an input: the latent alone decides which digit it draws. A conditional generator takes the digit as an input.",
                )
              : msg(
                  "This generator has no class as an input: the latent alone decides what it draws. A conditional generator takes the class as an input.",
                )
          }</p>
        </div>
        <div class="buttons">
          ${
            ofDigits
              ? html`<button id="conditional" class="primary"
                  @click=${() => void this.explorer.useModel("conditional")}>
                  ${msg("Use the conditional generator")}
                </button>`
              : nothing
          }
          ${this.renderDice(msg("Another sample"))}
        </div>
      </div>
    `;
  }

  get #mix(): Mix {
    const { classes = [] } = this.explorer.state.model ?? {};
    const last = Math.max(0, classes.length - 1);
    const first = { ...FIRST, other: Math.min(FIRST.other, last) };
    const [style = first.style, other = first.other, share = first.share] = this.explorer.at;
    const fits =
      Number.isInteger(style) &&
      style >= 0 &&
      style < STYLES &&
      Number.isInteger(other) &&
      other >= 0 &&
      other <= last &&
      share >= 0 &&
      share <= 1;
    return fits ? { style, other, share } : first;
  }

  #move(part: Partial<Mix>): void {
    const { style, other, share } = { ...this.#mix, ...part };
    this.explorer.moveTo(style, other, share);
  }

  protected override async compute(model: Model): Promise<void> {
    const { session, config } = model;
    const { latent: seed } = this.choice;
    const digit = this.chosenClass;
    const { style, other, share } = this.#mix;
    if (!model.conditional) {
      const latents = await session.drawLatents({ count: 1, seed });
      this.#sample = await session.generate({ latents });
      return;
    }
    const styles = await this.#styles.of([model, seed, digit], async () => {
      const latents = await session.drawLatents({ count: STYLES, seed });
      const labels = new Uint8Array(STYLES).fill(digit);
      return { latents, images: await session.generate({ latents, labels }) };
    });
    this.#offered = styles.images;
    const latent = rowOf(styles.latents, style, config.latent_size);
    const mixed = (shares: readonly number[]): Promise<Floats> => {
      const all = (label: number) => new Uint8Array(shares.length).fill(label);
      const mix = { labels: all(other), shares: Float32Array.from(shares) };
      return session.generate({
        latents: repeated(latent, shares.length),
        labels: all(digit),
        mix,
      });
    };
    this.#sample = await mixed([share]);
    this.requestUpdate();
    this.#row = await this.#rows.of([model, seed, style], () => {
      const labels = Uint8Array.from(model.classes.keys());
      return session.generate({ latents: repeated(latent, labels.length), labels });
    });
    this.#strip = await this.#strips.of([model, seed, style, digit, other], () =>
      mixed(Array.from({ length: STRIP }, (_, index) => index / (STRIP - 1))),
    );
  }
}

interface ToolWords {
  readonly title: string;
  readonly text: string;
  readonly first: string;
  readonly other: string;
}

function wordsOfDigits(): ToolWords {
  return {
    title: msg("One style, ten digits"),
    text: msg(
      "This generator has two inputs: the digit to draw, and a latent that decides the rest, such as slant and stroke width. One latent gives all ten digits the same style.",
    ),
    first: msg("The digit"),
    other: msg("The digit to mix in"),
  };
}

function wordsOfClasses(): ToolWords {
  return {
    title: msg("One style, all classes"),
    text: msg(
      "This generator has two inputs: the class to draw, and a latent that decides the rest. One latent gives all classes the same style.",
    ),
    first: msg("The class"),
    other: msg("The class to mix in"),
  };
}

function repeated(latent: Floats, count: number): Floats {
  const rows = new Float32Array(count * latent.length);
  for (let row = 0; row < count; row += 1) rows.set(latent, row * latent.length);
  return rows;
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-digit-tool": DigitTool;
  }
}

customElements.define("gv-digit-tool", DigitTool);
