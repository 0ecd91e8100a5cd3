// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-step-diagram>`: a live diagram of the training step with the samples of the current batch;
// the half that ran last is highlighted. A block opens to show its layers.

import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import { type Half, IMAGE_PIXELS, type Inspection, type LayerSummary } from "../../../engine/types";
import { baseStyles } from "../../elements/base_styles";
import type { TileSheet } from "../../pixels/weight_pictures";
import "./block_dialog";
import { TrainingElement } from "../../elements/training_element";
import { formatCount, formatFixed } from "../../platform/format";
import "../../elements/image_grid";
import { isOfDigits } from "../../../config/classes";
import { isOfPoints } from "../../../config/presets";
import type { Pictures } from "../../pixels/pixel_colors";
import { dotPictures } from "../../plane/point_pictures";
import { drawDiagram, isIdle, type Scores, shapeText } from "./diagram_drawing";
import { type Layout, layOut, type Node } from "./diagram_layout";
import { diagramStyles } from "./diagram_styles";
import "../../elements/tiles";

/** Minimum interval between inspections while playing. */
const LOOK_EVERY_MS = 250;
/** Below this speed, the halves are highlighted in turn. */
const SLOW_STEPS_PER_SECOND = 2.5;
const SAMPLES = 16;

export class StepDiagram extends TrainingElement {
  static override styles = [baseStyles, diagramStyles];

  #layout: Layout = layOut(1000);
  #seen: Inspection | null = null;
  #fake: Pictures | null = null;
  #real: Pictures | null = null;
  #noise: TileSheet | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opened: Half | null = null;
  #visible = true;
  readonly #resizes = new ResizeObserver(() => this.#fit());
  readonly #sightings = new IntersectionObserver((entries) => {
    this.#visible = entries.at(-1)?.isIntersecting ?? true;
    if (this.#visible) this.#look();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#sightings.observe(this);
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#sightings.disconnect();
    clearTimeout(this.#timer);
  }

  protected override subscriptions() {
    const look = (): void => this.#look();
    return [this.controller.live.subscribe(look), this.controller.store.subscribe(look)];
  }

  /** Inspects now, or once the minimum interval has passed. */
  #look(): void {
    if (this.training.run === null || (!this.#visible && this.#seen !== null)) return;
    if (this.#looking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    const wait = this.state.playing ? this.#lookedAt + LOOK_EVERY_MS - performance.now() : 0;
    if (wait > 0) this.#timer = setTimeout(() => this.#look(), wait);
    else void this.#lookNow();
  }

  async #lookNow(): Promise<void> {
    const { run } = this.training;
    if (run === null) return;
    this.#looking = true;
    this.#lookedAt = performance.now();
    try {
      this.#show(await run.inspect({ samples: SAMPLES }));
    } catch {
      // The run was replaced meanwhile; worker errors are reported with the engine's state.
    } finally {
      this.#looking = false;
      if (this.#again) {
        this.#again = false;
        this.#look();
      }
    }
  }

  #show(seen: Inspection): void {
    this.#seen = seen;
    const { samples, noise, fake, real } = seen.flow;
    const ofPoints = isOfPoints(this.state.settings.preset);
    const pictures = (values: Float32Array): Pictures | null => {
      if (samples === 0) return null;
      return ofPoints
        ? { values: dotPictures(values), size: IMAGE_PIXELS, off: 0, on: 1 }
        : { values, size: values.length / samples, off: -1, on: 1 };
    };
    this.#fake = pictures(fake);
    this.#real = pictures(real);
    const width = noise.length / samples;
    this.#noise =
      samples === 0
        ? null
        : { values: noise, count: 1, height: samples, width, low: -2.5, high: 2.5 };
    this.requestUpdate();
  }

  #fit(): void {
    // A page may scale the app, as a deck of slides does; the layout is in the app's own pixels.
    const width = this.offsetWidth;
    if (width === 0 || width === this.#layout.width) return;
    this.#layout = layOut(width);
    this.requestUpdate();
  }

  /** The half that ran last; null before the first, and while they alternate too fast. */
  get #half(): Half | null {
    const state = this.#seen?.state;
    if (!state || (state.step === 0 && !state.inStep)) return null;
    const fast = this.controller.live.stepsPerSecond > SLOW_STEPS_PER_SECOND;
    if (this.state.playing && fast) return null;
    return state.nextHalf === "generator" ? "discriminator" : "generator";
  }

  override render() {
    const half = this.#half;
    return html`
      <header class="small">
        <h2>${msg("Inside a step")}</h2>
        <p class="soft">${this.#explain(half)}</p>
        ${this.#renderHalves()}
      </header>
      <div class="drawing">${this.#renderDrawing(half)}</div>
      ${
        this.#opened === null
          ? nothing
          : html`<gv-block-dialog
              .controller=${this.controller}
              .network=${this.#opened}
              .seen=${this.#seen}
              @close=${() => this.#open(null)}
            ></gv-block-dialog>`
      }
    `;
  }

  #renderHalves() {
    const next = this.#seen?.state.nextHalf;
    const button = (half: Half, text: string) => html`
      <button id="half-${half === "generator" ? "g" : "d"}" class=${next === half ? "next" : ""}
        ?disabled=${!this.training.canTrain || next !== half}
        @click=${() => void this.training.advanceHalf()}>${text}</button>
    `;
    const halves = [button("discriminator", msg("D’s half")), button("generator", msg("G’s half"))];
    return html`<div class="halves" role="group" aria-label=${msg("Half a step")}>${halves}</div>`;
  }

  #renderDrawing(half: Half | null) {
    const seen = this.#seen;
    const samples = seen?.flow.samples ?? 0;
    const words = this.#words();
    const latent = samples === 0 ? 0 : (seen?.flow.noise.length ?? 0) / samples;
    return html`
      ${drawDiagram({
        layout: this.#layout,
        half,
        noiseShape: samples === 0 ? "" : shapeText(samples, [latent]),
        sampleShape: samples === 0 ? "" : shapeText(samples, seen?.generator.at(-1)?.shape ?? []),
        scores: seen && samples > 0 ? scoresOf(seen, half) : null,
      })}
      ${
        this.#noise === null
          ? nothing
          : html`<gv-tiles data-node="noise" .sheet=${this.#noise}
              label=${msg("The generator’s input noise")}></gv-tiles>`
      }
      ${this.#renderBlock("generator", msg("Generator"), seen?.generator, half)}
      ${this.#renderSamples("fake", this.#fake, words.fake, half)}
      <div data-node="data" class="source ${paleIf("data", half)}">
        <span>${words.data}</span>
        <small class="number">${formatCount(this.state.settings.examples)}</small>
      </div>
      ${this.#renderSamples("real", this.#real, words.real, half)}
      ${this.#renderBlock("discriminator", msg("Discriminator"), seen?.discriminator, half)}
      ${this.#renderLoss("lossG", msg("Loss of G"), seen?.lossG, half)}
      ${this.#renderLoss("lossD", msg("Loss of D"), seen?.lossD, half)}
    `;
  }

  #words(): DataWords {
    const { config } = this.training;
    if (isOfPoints(this.state.settings.preset)) return wordsOfPoints();
    return config === null || isOfDigits(config) ? wordsOfDigits() : wordsOfPictures();
  }

  #renderSamples(
    node: "fake" | "real",
    pictures: Pictures | null,
    label: string,
    half: Half | null,
  ) {
    if (pictures === null) return nothing;
    const { columns, rows } = this.#layout;
    return html`<gv-image-grid data-node=${node} class=${paleIf(node, half)} label=${label}
      .pictures=${pictures} .shape=${{ columns, rows }}></gv-image-grid>`;
  }

  #renderBlock(
    network: Half,
    name: string,
    layers: readonly LayerSummary[] | undefined,
    half: Half | null,
  ) {
    const count = layers?.reduce((sum, layer) => sum + layer.parameters, 0);
    return html`<button data-node=${network} class="block ${half === network ? "lit" : ""}"
      aria-haspopup="dialog" ?disabled=${layers === undefined} @click=${() => this.#open(network)}>
      <span>${name}</span>
      <small class="number">${count === undefined ? nothing : parameterText(count)}</small>
    </button>`;
  }

  #renderLoss(
    node: "lossG" | "lossD",
    name: string,
    value: number | null | undefined,
    half: Half | null,
  ) {
    const lit = half === (node === "lossG" ? "generator" : "discriminator");
    const text = value === undefined || value === null ? "–" : formatFixed(value, 3);
    return html`<div data-node=${node} class="loss ${lit ? "lit" : ""} ${paleIf(node, half)}">
      <small>${name}</small><span>${text}</span>
    </div>`;
  }

  #explain(half: Half | null): string {
    switch (half) {
      case "discriminator":
        return msg(
          "D was updated to tell these two apart. Its gradient stops at the dashed line, detach().",
        );
      case "generator":
        return msg(
          "G was updated. Its gradient came back through D, whose weights did not change.",
        );
      case null:
        return msg("The data that flows through both networks. Open a block to see its layers.");
    }
  }

  #open(network: Half | null): void {
    this.#opened = network;
    this.requestUpdate();
  }

  /** The content policy forbids style attributes, but scripts can set style properties. */
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const element of this.renderRoot.querySelectorAll<HTMLElement>("[data-node]")) {
      const { x, y, width, height } = this.#layout.boxes[element.dataset["node"] as Node];
      const { style } = element;
      style.left = `${x}px`;
      style.top = `${y}px`;
      style.width = `${width}px`;
      style.height = `${height}px`;
    }
  }
}

interface DataWords {
  readonly data: string;
  readonly fake: string;
  readonly real: string;
}

function wordsOfDigits(): DataWords {
  return {
    data: msg("Handwritten digits"),
    fake: msg("The digits that the generator made from it"),
    real: msg("The handwritten digits of this batch"),
  };
}

function wordsOfPictures(): DataWords {
  return {
    data: msg("Real pictures"),
    fake: msg("The pictures that the generator made from it"),
    real: msg("The real pictures of this batch"),
  };
}

function wordsOfPoints(): DataWords {
  return {
    data: msg("Real points"),
    fake: msg("The points that the generator made from it"),
    real: msg("The real points of this batch"),
  };
}

function paleIf(node: Node, half: Half | null): string {
  return isIdle(node, half) ? "pale" : "";
}

function parameterText(count: number): string {
  const formatted = formatCount(count);
  return msg(str`${formatted} parameters`);
}

/** In G's half, the updated D's outputs for the fakes; otherwise D's outputs in its own half. */
function scoresOf({ flow }: Inspection, half: Half | null): Scores {
  const { dReal, dFake, dFakeOfG } = flow;
  const fake = half === "generator" ? (dFakeOfG ?? dFake) : (dFake ?? dFakeOfG);
  return { real: [...(dReal ?? [])], fake: [...(fake ?? [])] };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-step-diagram": StepDiagram;
  }
}

customElements.define("gv-step-diagram", StepDiagram);
