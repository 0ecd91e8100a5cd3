// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-draw-tool>`: a hand-drawn digit. The discriminator scores it and shows which pixels affect
// the score; a search finds the generator's nearest image.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { DIGIT_NAMES } from "../../config/classes";
import { IMAGE_PIXELS } from "../../engine/types";
import { type Drawing, EMPTY, imageOf, isEmpty, type Stroke } from "../pixels/drawing";
import { formatBytes, formatCount } from "../platform/format";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import {
  type DiscriminatorOutput,
  meanScore,
  outputOf,
  type References,
  saliencyOf,
} from "./discriminator_output";
import { modelName } from "./model_names";
import { Nearest } from "./nearest";
import { cardStyles, explainNoJudge, renderLegend, renderNearest } from "./score_cards";
import { classesInTurn, labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/load_notice";
import "../elements/drawing_pad";
import "./score_view";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

/** Number of the generator's samples in its mean score. */
const COMPARED = 50;

export class DrawTool extends ToolElement {
  static override properties = { ...ToolElement.properties, judgedBy: { state: true } };

  static override styles = [
    ...toolStyles,
    cardStyles,
    css`
      :host {
        --side: clamp(15rem, var(--ganvas-height) - var(--header-height) - var(--footer-height) - 16.5rem, 36cqi);
      }

      .controls {
        max-width: none;
      }

      .paper,
      .sheet {
        display: grid;
        gap: 0.75rem;
      }

      select {
        min-height: 2.25rem;
        max-width: 100%;
        padding: 0 0.5rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius-small);
        background: var(--surface);
        color: var(--ink);
        font: inherit;
      }

      @container (max-width: 899px) {
        .paper,
        .controls {
          display: contents;
        }

        .sheet {
          display: grid;
          grid-template-columns: minmax(0, 17rem) minmax(4.5rem, 1fr);
          gap: 0.75rem;
          align-items: start;
        }

        .sheet .buttons {
          display: grid;
        }

        .examples {
          order: 1;
        }

        .intro {
          order: 2;
        }

        select {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** The chosen discriminator; null for the first available. */
  declare judgedBy: Model["name"] | null;
  readonly #nearest = new Nearest(
    () => this.requestUpdate(),
    (thrown) => this.explorer.failed(thrown),
  );
  readonly #references = new Kept<References>();
  readonly #searched = new Kept<null>();
  #image: Floats | null = null;
  #output: DiscriminatorOutput | null = null;
  #saliency: Floats | null = null;
  #compared: References | null = null;
  /** Whether discriminators of digits, and digits, were asked for. */
  #loadsJudges = false;
  /** The drawing before the current stroke. */
  #before: Drawing = EMPTY;

  constructor() {
    super();
    this.judgedBy = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#nearest.stop();
    this.#loadsJudges = false;
  }

  override render() {
    const drawing = this.#drawing;
    const ofDigits = this.#isOfDigits;
    return html`
      <div class="paper">
        <div class="sheet">
        <gv-drawing-pad .drawing=${drawing}
          label=${ofDigits ? msg("Paper to draw a digit on") : msg("Paper to draw on")}
          hint=${ofDigits ? msg("Draw a digit here") : msg("Draw here")}
          @begin=${this.#begin} @draw=${this.#draw}></gv-drawing-pad>
        <div class="buttons">
          <button id="undo" ?disabled=${drawing.strokes.length === 0} @click=${this.#undo}>
            ${msg("Undo")}
          </button>
          <button id="clear" ?disabled=${isEmpty(drawing)} @click=${this.#clear}>
            ${msg("Clear")}
          </button>
        </div>
        </div>
        ${ofDigits ? this.#renderExamples(drawing) : nothing}
      </div>
      <div class="controls">
        ${renderIntro(
          ofDigits ? msg("Your digit, scored") : msg("Your drawing, scored"),
          ofDigits
            ? msg(
                "With every stroke, a discriminator scores how real your digit looks. Next to it, a search finds the latent whose picture is nearest to yours.",
              )
            : msg(
                "With every stroke, a discriminator scores how real your drawing looks. Next to it, a search finds the latent whose picture is nearest to yours.",
              ),
        )}
        <div class="cards">
          ${this.#renderJudge(ofDigits)}
          ${renderNearest(this.#nearest, this.explorer.state.model, !isEmpty(drawing))}
        </div>
      </div>
    `;
  }

  #renderExamples({ base, strokes }: Drawing) {
    const { digits } = this.explorer.state;
    return html`<div class="field examples">
          <span class="small soft">${msg("Or start from a real digit not used in training")}</span>
          <gv-class-picker label=${msg("Start from a real digit")} .names=${DIGIT_NAMES}
            .chosen=${base !== null && strokes.length === 0 ? this.#digit : null}
            .pictures=${digits.status === "ready" ? digits.value : null}
            @pick=${(event: CustomEvent<number>) => this.#pick(event.detail)}></gv-class-picker>
          <gv-load-notice .loading=${digits} .amount=${formatCount}
            doing=${msg("Loading handwritten digits")}
            failed=${msg("The handwritten digits could not be loaded.")}
            @retry=${() => void this.explorer.retryJudges()}></gv-load-notice>
        </div>`;
  }

  #renderJudge(ofDigits: boolean) {
    const { judges } = this.explorer;
    const { judging } = this.explorer.state;
    const judge = this.#judge;
    return html`
      <section class="card" aria-label=${msg("The discriminator’s score")}>
        <h3>${msg("What D sees")}</h3>
        <gv-picture class="seen" .image=${this.#image} .saliency=${this.#saliency}
          label=${
            ofDigits
              ? msg(
                  "Your digit at 28 by 28 pixels, and how more ink at each pixel changes the discriminator’s score",
                )
              : msg(
                  "Your drawing at 28 by 28 pixels, and how more ink at each pixel changes the discriminator’s score",
                )
          }></gv-picture>
        ${renderLegend(IMAGE_PIXELS)}
        ${
          judge === null && !ofDigits
            ? html`<p class="small">${explainNoJudge()}</p>`
            : judge === null
              ? html`<gv-load-notice .loading=${judging} .amount=${formatBytes}
                doing=${msg("Loading the discriminator")}
                failed=${msg("The discriminator could not be loaded.")}
                @retry=${() => void this.explorer.retryJudges()}></gv-load-notice>`
              : html`<gv-score-view .output=${this.#output} .references=${this.#compared}
                .objective=${judge.config.objective}
                .names=${judge.ofDigits ? null : judge.classes}></gv-score-view>`
        }
        ${
          ofDigits
            ? html`<p class="small soft">
                ${msg("It was trained on real digits and one generator’s fakes. For anything else its score means little: try a scribble.")}
              </p>`
            : nothing
        }
        ${
          judges.length > 1
            ? html`<label class="small">${msg("Discriminator")}
                <select id="judge" @change=${this.#chooseJudge}>
                  ${judges.map(
                    ({ name }) => html`<option value=${name} ?selected=${name === judge?.name}>
                      ${modelName(name, this.explorer.state.file?.name)}
                    </option>`,
                  )}
                </select>
              </label>`
            : nothing
        }
      </section>
    `;
  }

  /** The current drawing; before the first stroke, a real digit. */
  get #drawing(): Drawing {
    const { drawing, digits } = this.explorer.state;
    const isOwn = drawing !== null || !this.#isOfDigits;
    if (isOwn || digits.status !== "ready") return drawing ?? EMPTY;
    return this.#examples.of(digits.value[this.#digit] ?? null);
  }

  readonly #examples = new Examples();

  get #isOfDigits(): boolean {
    return this.explorer.state.model?.ofDigits !== false;
  }

  get #digit(): number {
    return Math.min(this.choice.digit, DIGIT_NAMES.length - 1);
  }

  get #judge(): Model | null {
    const { judges } = this.explorer;
    return judges.find(({ name }) => name === this.judgedBy) ?? judges[0] ?? null;
  }

  protected override async compute(model: Model): Promise<void> {
    if (model.ofDigits && !this.#loadsJudges) {
      this.#loadsJudges = true;
      void this.explorer.loadJudges();
    }
    const drawing = this.#drawing;
    const image = isEmpty(drawing) ? null : imageOf(drawing);
    this.#image = image;
    await this.#searched.of([model, drawing], async () => {
      if (image === null) this.#nearest.stop();
      else this.#nearest.seek(model, image);
      return null;
    });
    const judge = this.#judge;
    if (image === null || judge === null) {
      this.#output = this.#saliency = null;
      return;
    }
    this.#output = await outputOf(judge, image);
    this.#saliency = await saliencyOf(judge, image, this.#output);
    this.requestUpdate();
    const { digits } = this.explorer.state;
    if (!model.ofDigits) this.#compared = null;
    if (!model.ofDigits || digits.status !== "ready") return;
    this.#compared = await this.#references.of([judge, model, digits.value], () =>
      compare(judge, model, digits.value),
    );
  }

  /** A new stroke replaces an example that was only shown, but is added to one that was picked. */
  readonly #begin = (): void => {
    this.#before = this.explorer.state.drawing ?? EMPTY;
  };

  #pick(digit: number): void {
    const { digits } = this.explorer.state;
    this.explorer.choose({ digit });
    if (digits.status !== "ready") return;
    this.explorer.draw(this.#examples.of(digits.value[digit] ?? null));
  }

  readonly #draw = (event: CustomEvent<Stroke>): void => {
    const { base, strokes } = this.#before;
    this.explorer.draw({ base, strokes: [...strokes, event.detail] });
  };

  readonly #undo = (): void => {
    const { base, strokes } = this.#drawing;
    this.explorer.draw({ base, strokes: strokes.slice(0, -1) });
  };

  readonly #clear = (): void => this.explorer.draw(EMPTY);

  readonly #chooseJudge = (event: Event): void => {
    this.judgedBy = (event.target as HTMLSelectElement).value as Model["name"];
    this.ask();
  };
}

/** Returns the same drawing for the same digit, so that nothing is queried twice. */
class Examples {
  #drawing: Drawing = EMPTY;

  of(base: Float32Array | null): Drawing {
    if (this.#drawing.base !== base) this.#drawing = { strokes: [], base };
    return this.#drawing;
  }
}

async function compare(judge: Model, model: Model, digits: readonly Floats[]): Promise<References> {
  const labels = classesInTurn(model, COMPARED);
  const latents = await model.session.drawLatents({ count: COMPARED, seed: 1 });
  const fakes = await model.session.generate({ latents, ...labelsFor(model, labels) });
  const samples = labels.map((_, sample) =>
    fakes.slice(sample * IMAGE_PIXELS, (sample + 1) * IMAGE_PIXELS),
  );
  return {
    real: await meanScore(judge, digits),
    generated: await meanScore(judge, samples),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-draw-tool": DrawTool;
  }
}

customElements.define("gv-draw-tool", DrawTool);
