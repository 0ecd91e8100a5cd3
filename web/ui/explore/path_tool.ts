// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-path-tool>`: the path between two chosen samples through latent space, along a great circle,
// which keeps latents within the distribution that the network was trained on.

import { msg, str } from "@lit/localize";
import { css, html } from "lit";
import { pauseIcon, playIcon } from "../elements/icons";
import { frame, Kept } from "../platform/latest";
import type { Model } from "../state/models";
import { imageAt, rowOf } from "./latents";
import { classesInTurn, labelsFor, renderIntro, ToolElement } from "./tool";
import { toolStyles } from "./tool_styles";
import "../elements/picture";

type Floats = Float32Array<ArrayBuffer>;

const OFFERED = 20;
/** Points of the path, including both ends. */
const POINTS = 101;
const STRIP = 11;
/** Duration from one end to the other. */
const PLAY_MS = 4000;

interface Way {
  readonly from: number;
  readonly to: number;
  /** 0 to 1. */
  readonly share: number;
}

const FIRST: Way = { from: 13, to: 18, share: 0.5 };

export class PathTool extends ToolElement {
  static override properties = { ...ToolElement.properties, playing: { state: true } };

  static override styles = [
    ...toolStyles,
    css`
      .strip {
        display: grid;
        grid-template-columns: repeat(11, minmax(0, 1fr));
        gap: 2px;
        width: var(--side);
      }

      .stage {
        display: grid;
        gap: 0.5rem;
      }

      .stage .large {
        width: calc(var(--side) - 9.5rem);
        justify-self: center;
      }

      .way {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0.75rem;
        align-items: center;
      }

      #play {
        width: 2.75rem;
        padding: 0;
        min-height: 2.75rem;
      }

      #offers {
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 0.625rem;
        max-width: 30rem;
      }

      .end {
        position: absolute;
        top: -0.375rem;
        right: -0.375rem;
        min-width: 1.375rem;
        border-radius: 1rem;
        background: var(--ink);
        color: var(--page);
        font-size: var(--text-small);
        font-weight: 650;
        line-height: 1.375rem;
        text-align: center;
      }

      @container (max-width: 899px) {
        .stage .large {
          width: 75%;
        }
      }
    `,
  ];

  declare playing: boolean;
  readonly #offers = new Kept<{ latents: Floats; images: Floats }>();
  readonly #paths = new Kept<{ latents: Floats; strip: Floats }>();
  #offered: Floats | null = null;
  #strip: Floats | null = null;
  #sample: Float32Array | null = null;
  /** The end that the next choice replaces. */
  #next: "from" | "to" = "from";

  constructor() {
    super();
    this.playing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.playing = false;
  }

  override render() {
    const { from, to, share } = this.#way;
    const percent = `${Math.round(share * 100)}\u202f%`;
    return html`
      <div class="stage">
        <gv-picture id="sample" class="generated large" .image=${this.#sample}
          label=${msg(str`The sample ${percent} of the way from A to B`)}></gv-picture>
        <div class="strip" role="img" aria-label=${msg("Eleven samples on the way from A to B")}>
          ${Array.from(
            { length: STRIP },
            (_, index) =>
              html`<gv-picture .image=${imageAt(this.#strip, index, STRIP)}></gv-picture>`,
          )}
        </div>
        <div class="way">
          <button id="play" aria-label=${this.playing ? msg("Pause") : msg("Play")}
            @click=${this.#toggle}>${this.playing ? pauseIcon : playIcon}</button>
          <input id="between" type="range" min="0" max=${POINTS - 1} step="1"
            aria-label=${msg("How far from A to B")} aria-valuetext=${percent}
            .value=${String(Math.round(share * (POINTS - 1)))} @input=${this.#slide} />
        </div>
      </div>
      <div class="controls">
        ${renderIntro(
          msg("From one sample to another"),
          msg(
            "Pick two samples. The pictures between them are not a cross-fade: every step has its own latent, from which the network draws a new picture.",
          ),
        )}
        <div id="offers" class="thumbs" role="group" aria-label=${msg("Pick two of these samples")}>
          ${Array.from({ length: OFFERED }, (_, index) => this.#renderOffer(index, from, to))}
        </div>
        <div class="buttons">
          ${this.renderDice(msg("Other samples"))}
        </div>
      </div>
    `;
  }

  #renderOffer(index: number, from: number, to: number) {
    const end = index === from ? "A" : index === to ? "B" : null;
    const name = msg(str`Sample ${String(index + 1)}`);
    return html`
      <button aria-pressed=${end === null ? "false" : "true"} data-sample=${index}
        aria-label=${end === null ? name : `${name}: ${end}`} @click=${() => this.#pick(index)}>
        <gv-picture .image=${imageAt(this.#offered, index, OFFERED)}></gv-picture>
        ${end === null ? "" : html`<span class="end">${end}</span>`}
      </button>
    `;
  }

  get #way(): Way {
    const [from = FIRST.from, to = FIRST.to, share = FIRST.share] = this.explorer.at;
    const offered = (index: number): boolean =>
      Number.isInteger(index) && index >= 0 && index < OFFERED;
    const fits = offered(from) && offered(to) && from !== to && share >= 0 && share <= 1;
    return fits ? { from, to, share } : FIRST;
  }

  protected override async compute(model: Model): Promise<void> {
    const { session, config } = model;
    const { latent: seed } = this.choice;
    const { from, to, share } = this.#way;
    const classes = classesInTurn(model, OFFERED);
    const labels = labelsFor(model, classes);
    const offers = await this.#offers.of([model, seed], async () => {
      const latents = await session.drawLatents({ count: OFFERED, seed });
      return { latents, images: await session.generate({ latents, ...labels }) };
    });
    this.#offered = offers.images;
    const size = config.latent_size;
    // For a conditional model, the class mixture changes along with the latent.
    const generate = (latents: Floats, shares: readonly number[]): Promise<Floats> => {
      if (!model.conditional) return session.generate({ latents });
      const all = (index: number) => new Uint8Array(shares.length).fill(classes[index] ?? 0);
      const mix = { labels: all(to), shares: Float32Array.from(shares) };
      return session.generate({ latents, labels: all(from), mix });
    };
    const path = await this.#paths.of([offers, from, to], async () => {
      const ends = { from: rowOf(offers.latents, from, size), to: rowOf(offers.latents, to, size) };
      const latents = await session.latentPath({ ...ends, points: POINTS });
      const shares = Array.from({ length: STRIP }, (_, index) => index / (STRIP - 1));
      const seen = await session.latentPath({ ...ends, points: STRIP });
      return { latents, strip: await generate(seen, shares) };
    });
    this.#strip = path.strip;
    const point = Math.round(share * (POINTS - 1));
    this.#sample = await generate(rowOf(path.latents, point, size), [point / (POINTS - 1)]);
  }

  #pick(index: number): void {
    const way = this.#way;
    if (index === way.from || index === way.to) return;
    const { from, to } = this.#next === "from" ? { ...way, from: index } : { ...way, to: index };
    this.#next = this.#next === "from" ? "to" : "from";
    this.explorer.moveTo(from, to, way.share);
  }

  readonly #slide = (event: Event): void => {
    const { from, to } = this.#way;
    this.playing = false;
    this.explorer.moveTo(from, to, Number((event.target as HTMLInputElement).value) / (POINTS - 1));
  };

  readonly #toggle = (): void => {
    this.playing = !this.playing;
    if (this.playing) void this.#play();
  };

  async #play(): Promise<void> {
    const start = this.#way.share < 1 ? this.#way.share : 0;
    const began = await frame();
    for (let share = start; this.playing && share < 1; ) {
      share = Math.min(1, start + ((await frame()) - began) / PLAY_MS);
      const { from, to } = this.#way;
      if (this.playing) this.explorer.moveTo(from, to, share);
    }
    this.playing = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-path-tool": PathTool;
  }
}

customElements.define("gv-path-tool", PathTool);
