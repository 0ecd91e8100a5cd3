// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-health-view>`: the state of training in one sentence, with advice, and what can follow it.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { isOfDigits } from "../../config/classes";
import { FINER, isConditional, isOfPoints } from "../../config/presets";
import { objectiveOf } from "../../config/settings";
import { makesProbabilities } from "../../engine/objectives";
import { baseStyles } from "../elements/base_styles";
import { TrainingElement } from "../elements/training_element";
import { coverage } from "../plane/coverage";
import { distance } from "../plane/distance";
import { writeSettings } from "../state/address";
import {
  type Diagnosis,
  diagnose,
  hasSettled,
  type Match,
  REAL_SPREAD,
  ratesAreZero,
  recentMeans,
  spreadOf,
} from "./health";
import { generatedPoints } from "./points/live_points";

const EVERY_MS = 1200;
/** Of at most 512 bins: a tenth of a long run, or the last steps of a short one. */
const RECENT_BINS = 50;

export class HealthView extends TrainingElement {
  static override properties = {
    diagnosis: { state: true },
    settled: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.875rem;
        align-items: center;
        padding: 0.5rem 0.875rem;
        border-left: 3px solid var(--line-strong);
        border-radius: 0 var(--radius-small) var(--radius-small) 0;
        background: var(--sunken);
      }

      :host([data-tone="good"]) {
        border-left-color: var(--good);
      }

      :host([data-tone="bad"]) {
        border-left-color: var(--danger);
      }

      strong {
        font-weight: 600;
      }

      p {
        flex: 1 1 16rem;
        min-height: 2.9em;
      }
    `,
  ];

  declare diagnosis: Diagnosis;
  /** Whether the run has shown what it can, and a finer one can follow. */
  declare settled: boolean;
  #seenAt = 0;
  #seenStep = -1;

  constructor() {
    super();
    this.diagnosis = "starting";
    this.settled = false;
  }

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.#look())];
  }

  /** A run that was paused in another view is diagnosed immediately. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#look();
  }

  override render() {
    const { tone, summary, advice } = words(this.diagnosis);
    this.dataset["tone"] = tone;
    this.dataset["diagnosis"] = this.diagnosis;
    return html`
      <p class="small" tabindex="-1"><strong>${summary}</strong> ${advice}</p>
      ${this.settled ? html`<button id="finer" class="small" @click=${this.#trainFiner}>${msg("Train a finer one")}</button>` : nothing}
    `;
  }

  readonly #trainFiner = async (): Promise<void> => {
    const settings = { ...this.state.settings, preset: FINER, changes: {} };
    // The button goes with the run that offered it; keys stay here.
    this.renderRoot.querySelector("p")?.focus();
    writeSettings(this.controller.page, settings);
    await this.training.applySettings(settings);
    this.training.play();
  };

  /** At intervals, so that the sentence does not change while it is read. */
  #look(): void {
    const { curves } = this.training;
    const now = performance.now();
    // A run from a file has steps that the curves do not hold.
    const { first, last } = curves.history;
    const same = last === this.#seenStep;
    const restarted = last < this.#seenStep;
    if (same || (!restarted && this.state.playing && now - this.#seenAt < EVERY_MS)) return;
    this.#seenAt = now;
    this.#seenStep = last;
    const { settings } = this.state;
    const { config } = this.training;
    const { live } = this.controller;
    this.settled = hasSettled(settings, curves.length);
    const objective = objectiveOf(settings);
    this.diagnosis = diagnose({
      steps: curves.length,
      opened: first > 1,
      finished: config !== null && ratesAreZero(config, live.numbers?.step ?? 0),
      probabilities: makesProbabilities(objective),
      penalised: (config?.r1 ?? 0) > 0,
      ...recentMeans(curves.table().mean, RECENT_BINS),
      diversity: this.#diversity(isConditional(settings.preset)),
      match: this.#match(),
    });
  }

  /** Only for points, which can be compared directly; digits would need the judge. */
  #match(): Match | null {
    const { live } = this.controller;
    const points = generatedPoints(live);
    if (points === null || live.realPoints === null) return null;
    const real = live.realPoints.subarray(0, points.length);
    return { distance: distance(points, real), coverage: coverage(real, points) };
  }

  #diversity(conditional: boolean): number | null {
    const { samples, realPoints } = this.controller.live;
    if (samples === null) return null;
    if (isOfPoints(this.state.settings.preset)) {
      const real = realPoints?.subarray(0, samples.values.length) ?? [];
      const ratio = spreadOf(samples.values, 2, 0) / spreadOf(real, 2, 0);
      return Number.isFinite(ratio) ? ratio : null;
    }
    const { config, sampleSize } = this.training;
    if (config === null || !isOfDigits(config)) return null;
    const spread = spreadOf(samples.values, sampleSize, conditional ? config.classes : 0);
    const ratio = spread / (conditional ? REAL_SPREAD.withinClass : REAL_SPREAD.all);
    return Number.isFinite(ratio) ? ratio : null;
  }
}

interface Words {
  readonly tone: "good" | "bad" | "neutral";
  readonly summary: string;
  readonly advice: string;
}

function words(diagnosis: Diagnosis): Words {
  switch (diagnosis) {
    case "starting":
      return {
        tone: "neutral",
        summary: msg("Both networks are starting to learn."),
        advice: msg("The generator’s output is still mostly noise; give it some steps."),
      };
    case "unseen":
      return {
        tone: "neutral",
        summary: msg("This run came from a file, which does not hold its curves."),
        advice: msg("Train it for some steps to see how it is doing."),
      };
    case "matched":
      return {
        tone: "good",
        summary: msg("Generated points lie where real ones do."),
        advice: msg("The discriminator can only guess: this is the goal of GAN training."),
      };
    case "incomplete":
      return {
        tone: "neutral",
        summary: msg(
          "Generated points lie where real ones do, but some real points have none nearby.",
        ),
        advice: msg(
          "The generator misses a part of the data: give it more steps, or try another seed.",
        ),
      };
    case "finished":
      return {
        tone: "neutral",
        summary: msg("This run is finished: its learning rates have reached 0."),
        advice: msg(
          "More steps change nothing. Save its film or look at it in Explore; or start again with another seed or more rate decay steps.",
        ),
      };
    case "balanced":
      return {
        tone: "good",
        summary: msg("Balanced: both networks are learning."),
        advice: msg(
          "The discriminator is right more often than not, and the generator still gets a useful gradient.",
        ),
      };
    case "discriminator_wins":
      return {
        tone: "bad",
        summary: msg(
          "The discriminator wins too easily, so the generator’s gradient is vanishing.",
        ),
        advice: msg("Try a lower learning rate for D, label smoothing, or some instance noise."),
      };
    case "generator_wins":
      return {
        tone: "bad",
        summary: msg(
          "The discriminator cannot tell real from generated, though they look different.",
        ),
        advice: msg("Try a higher learning rate for D, or more updates of D for each of G."),
      };
    case "collapse":
      return {
        tone: "bad",
        summary: msg("All samples look alike: mode collapse."),
        advice: msg("Try a lower learning rate for G, another seed, or batch normalisation."),
      };
    case "swinging":
      return {
        tone: "neutral",
        summary: msg("The lead swings back and forth."),
        advice: msg(
          "This is common early on; if it continues, try lower learning rates or a larger batch.",
        ),
      };
    case "critic":
      return {
        tone: "neutral",
        summary: msg(
          "This discriminator’s outputs are scores, not probabilities: judge by the samples.",
        ),
        advice: msg("The two lines should stay apart and not keep growing."),
      };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-health-view": HealthView;
  }
}

customElements.define("gv-health-view", HealthView);
