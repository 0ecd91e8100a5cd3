// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-score-tool>`: a sample of a generator whose pictures no pen draws. Its own discriminator scores
// it and shows which pixels affect the score; a search finds the sample's latent again.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import { shapeOfSize } from "../../engine/picture_shape";
import { Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { type DiscriminatorOutput, outputOf, saliencyOf } from "./discriminator_output";
import { imageAt } from "./latents";
import { Nearest } from "./nearest";
import { cardStyles, explainNoJudge, renderLegend, renderNearest } from "./score_cards";
import { classesInTurn, labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "./score_view";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

const OFFERED = 10;

export class ScoreTool extends ToolElement {
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

      .stage {
        display: grid;
        gap: 0.75rem;
      }

      .offers {
        grid-template-columns: repeat(5, minmax(0, 1fr));
      }
    `,
  ];

  readonly #nearest = new Nearest(
    () => this.requestUpdate(),
    (thrown) => this.explorer.failed(thrown),
  );
  readonly #offers = new Kept<Floats>();
  readonly #scored = new Kept<null>();
  #offered: Floats | null = null;
  #image: Floats | null = null;
  #output: DiscriminatorOutput | null = null;
  #saliency: Floats | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#nearest.stop();
  }

  override render() {
    const { model } = this.explorer.state;
    return html`
      <div class="stage">
        <gv-picture id="sample" class="generated large" .image=${this.#image}
          label=${msg("The sample that is scored")}></gv-picture>
        <div class="thumbs offers" role="group" aria-label=${msg("Pick one of these samples")}>
          ${Array.from({ length: OFFERED }, (_, index) => this.#renderOffer(index))}
        </div>
        <div class="buttons">
          ${this.renderDice(msg("Other samples"))}
        </div>
      </div>
      <div class="controls">
        ${renderIntro(
          msg("A sample, scored"),
          msg(
            "The discriminator that was trained with this generator scores how real a sample looks. Next to it, a search finds the latent whose picture is nearest to the sample.",
          ),
        )}
        <div class="cards">
          ${model === null ? "" : this.#renderJudge(model)}
          ${renderNearest(this.#nearest, model, this.#image !== null)}
        </div>
      </div>
    `;
  }

  #renderOffer(index: number) {
    return html`
      <button aria-pressed=${index === this.#chosen ? "true" : "false"} data-sample=${index}
        aria-label=${msg(str`Sample ${String(index + 1)}`)}
        @click=${() => this.explorer.moveTo(index)}>
        <gv-picture .image=${imageAt(this.#offered, index, OFFERED)}></gv-picture>
      </button>
    `;
  }

  #renderJudge({ judges, config, classes, size }: Model) {
    return html`
      <section class="card" aria-label=${msg("The discriminator’s score")}>
        <h3>${msg("What D sees")}</h3>
        ${
          judges
            ? html`<gv-picture class="seen" .image=${this.#image} .saliency=${this.#saliency}
                  label=${
                    shapeOfSize(size).channels === 3
                      ? msg("How more light at each pixel changes the discriminator’s score")
                      : msg("How more ink at each pixel changes the discriminator’s score")
                  }
                ></gv-picture>
                ${renderLegend(size)}
                <gv-score-view .output=${this.#output} .objective=${config.objective}
                  .names=${classes}></gv-score-view>`
            : html`<p class="small">${explainNoJudge()}</p>`
        }
      </section>
    `;
  }

  get #chosen(): number {
    const [chosen = 0] = this.explorer.at;
    return Number.isInteger(chosen) && chosen >= 0 && chosen < OFFERED ? chosen : 0;
  }

  protected override async compute(model: Model): Promise<void> {
    const { session } = model;
    const { latent: seed } = this.choice;
    const chosen = this.#chosen;
    const offered = await this.#offers.of([model, seed], async () => {
      const latents = await session.drawLatents({ count: OFFERED, seed });
      return session.generate({ latents, ...labelsFor(model, classesInTurn(model, OFFERED)) });
    });
    this.#offered = offered;
    await this.#scored.of([offered, chosen], async () => {
      const image = offered.slice(chosen * model.size, (chosen + 1) * model.size);
      this.#image = image;
      this.#output = this.#saliency = null;
      this.#nearest.seek(model, image);
      this.requestUpdate();
      this.#output = model.judges ? await outputOf(model, image) : null;
      this.#saliency = this.#output && (await saliencyOf(model, image, this.#output));
      return null;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-score-tool": ScoreTool;
  }
}

customElements.define("gv-score-tool", ScoreTool);
