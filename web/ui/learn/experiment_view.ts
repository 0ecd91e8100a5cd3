// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-experiment>`: shows two runs side by side before their first step, starts them once the
// reader has guessed the outcome, then explains the result from the measurements.

import { html, nothing, type PropertyValues, svg } from "lit";
import { asGanvasError, type SerializedError } from "../../engine/errors";
import { IMAGE_PIXELS } from "../../engine/types";
import type { ExperimentName } from "../../lessons/chapters";
import { SIDES, type SideName } from "../../lessons/experiment_run";
import { ALL_EXPERIMENTS } from "../../lessons/experiments";
import type { FigureName } from "../../lessons/findings";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { formatCount, formatFigure, formatFixed } from "../platform/format";
import { formatPercent } from "../platform/percent";
import { IDLE, type Loading, STARTING } from "../state/store";
import { ExperimentSessions } from "./experiment_sessions";
import { experimentStyles } from "./experiment_styles";
import { prose } from "./prose";
import type { LessonTexts } from "./texts";
import { wordsStyles } from "./words_styles";
import "../elements/image_grid";
import "./points";

const GRID = { columns: 10, rows: 10 };

type Phase = "guessing" | "setting up" | "running" | "done";

export class ExperimentView extends AppElement {
  static override properties = {
    ...AppElement.properties,
    name: {},
    texts: { attribute: false },
    phase: { state: true },
    guess: { state: true },
    error: { state: true },
  };

  static override styles = [baseStyles, wordsStyles, experimentStyles];

  declare name: ExperimentName;
  declare texts: LessonTexts;
  declare phase: Phase;
  declare guess: number | null;
  declare error: SerializedError | null;
  /** Setup in progress or finished. */
  #setup: Promise<ExperimentSessions> | null = null;
  #sessions: ExperimentSessions | null = null;
  #seed = 0;
  #attempt = new AbortController();

  constructor() {
    super();
    this.phase = "guessing";
    this.guess = null;
    this.error = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#clear();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("name") || changed.get("name") === undefined) return;
    this.#clear();
    this.#seed = 0;
    this.phase = "guessing";
    this.guess = null;
    this.error = null;
  }

  /** Sets up immediately, so that the first samples are visible while guessing. */
  override updated(): void {
    const ready = this.isConnected && this.state.engine.status === "ready";
    if (!ready || this.#setup !== null || this.error !== null) return;
    // A run that failed after the guess starts anew.
    void (this.guess === null ? this.#setUp() : this.#start());
  }

  override render() {
    const { title, body } = this.texts.experiments[this.name];
    const { labels } = this.texts;
    return html`
      <section class="words">
        <h1>${prose(title)}</h1>
        ${body.map((text) => html`<p>${prose(text)}</p>`)}
        ${this.#renderGuesses()}
        <gv-load-notice .loading=${this.#loading} .amount=${formatCount} doing=${labels.preparing}
          failed=${labels.failed} @retry=${() => this.#retry()}></gv-load-notice>
      </section>
      <section class="stage">
        ${SIDES.map((name) => this.#renderSide(name))}
        ${this.#renderTrail()}
      </section>
      ${this.#renderVerdict()}
    `;
  }

  /** The object is a new one whenever something has come. */
  get #loading(): Loading<unknown> {
    const { engine } = this.state;
    // A result outlasts the worker.
    if (this.phase === "done") return IDLE;
    if (engine.status !== "ready") return engine;
    if (this.error !== null) return { status: "failed", error: this.error };
    return this.#setup === null || this.#sessions !== null ? IDLE : { ...STARTING };
  }

  #renderGuesses() {
    const { question, guesses } = this.texts.experiments[this.name];
    const { labels } = this.texts;
    const run = this.#sessions?.run;
    if (this.phase === "guessing") {
      const ready = this.state.engine.status === "ready";
      return html`<div class="guesses" role="group" aria-labelledby="question">
        <p id="question"><strong>${prose(question)}</strong></p>
        ${guesses.map(
          (guess, i) =>
            html`<button data-guess=${i} ?disabled=${!ready} @click=${() => {
              this.guess = i;
              void this.#start();
            }}>${guess}</button>`,
        )}
      </div>`;
    }
    const { steps } = ALL_EXPERIMENTS[this.name];
    return html`<div class="progress">
      <p class="small soft">${labels.guessed(guesses[this.guess ?? 0] ?? "")}</p>
      <progress max=${steps} .value=${run?.step ?? 0} aria-label=${labels.progress("", formatCount(steps))}></progress>
      <p class="small soft number" id="progress">${labels.progress(formatCount(run?.step ?? 0), formatCount(steps))}</p>
      ${
        this.phase === "done"
          ? html`<button id="again" @click=${() => this.#again()}>${labels.again}</button>`
          : html`<button id="stop" ?disabled=${this.phase !== "running"} @click=${() => run?.stop()}>${labels.stop}</button>`
      }
    </div>`;
  }

  #renderVerdict() {
    const findings = this.phase === "done" ? this.#sessions?.run.findings() : null;
    if (!findings) return nothing;
    const { labels } = this.texts;
    return html`<div class="verdict ${findings.shown ? "shown" : ""}" id="verdict" role="status">
      <h2>${labels.whatHappened}</h2>
      ${this.texts.experiments[this.name].verdict(findings).map((text) => html`<p>${prose(text)}</p>`)}
    </div>`;
  }

  #renderSide(name: SideName) {
    const { labels, experiments } = this.texts;
    const experiment = ALL_EXPERIMENTS[this.name];
    const title = experiments[this.name][name];
    const run = this.#sessions?.run;
    const side = run?.side(name);
    const samples = side?.samples ?? new Float32Array(0);
    const label = `${title}: ${labels.samples}`;
    return html`<figure class="side" data-side=${name}>
      <figcaption><strong>${prose(title)}</strong></figcaption>
      <div class="frame">
        ${
          experiment.data === "ring"
            ? html`<gv-points .real=${this.#sessions?.realPoints ?? new Float32Array(0)} .generated=${samples} label=${label}></gv-points>`
            : html`<gv-image-grid .pictures=${{ values: samples, size: IMAGE_PIXELS, off: -1, on: 1 }} .shape=${GRID} label=${label}></gv-image-grid>`
        }
      </div>
      ${side?.failed ? html`<p class="small broke">${labels.runFailed}</p>` : nothing}
      <dl>
        ${experiment.figures.map((figure) => {
          const value = side?.measurements.at(-1)?.figures[figure];
          const pending = this.phase !== "guessing" && (side?.measurements.length ?? 0) === 0;
          return html`<div><dt class="small soft">${labels.figures[figure]}</dt>
            <dd data-figure=${figure}>${value === undefined ? (pending ? "…" : "–") : formatted(figure, value)}</dd></div>`;
        })}
      </dl>
    </figure>`;
  }

  /** The first figure of both runs over the steps. */
  #renderTrail() {
    const { figures, steps } = ALL_EXPERIMENTS[this.name];
    const { labels, experiments } = this.texts;
    const [figure] = figures;
    if (figure === undefined) return nothing;
    const [width, height] = [600, 90];
    const most = figure === "modes" ? 8 : 1;
    const line = (name: SideName): string =>
      (this.#sessions?.run.side(name).measurements ?? [])
        .map(({ step, figures: { [figure]: value = 0 } }, i) => {
          const [x, y] = [(step / steps) * width, height - (value / most) * (height - 8) - 4];
          return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
        })
        .join("");
    return html`<figure class="trail">
      <figcaption class="small soft">${labels.figures[figure]}</figcaption>
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${labels.figures[figure]}>
        ${svg`<line x1="0" x2=${width} y1=${height - 4} y2=${height - 4}></line>
          ${SIDES.map((name) => svg`<path class=${name} d=${line(name)}></path>`)}`}
      </svg>
      <p class="small legend">
        ${SIDES.map((name) => html`<span><svg viewBox="0 0 24 8" aria-hidden="true">${svg`<path class=${name} d="M0 4H24"></path>`}</svg>${prose(experiments[this.name][name])}</span>`)}
      </p>
    </figure>`;
  }

  #setUp(): Promise<ExperimentSessions> {
    this.#seed += 1;
    this.#attempt = new AbortController();
    const setup = ExperimentSessions.open(
      this.controller,
      ALL_EXPERIMENTS[this.name],
      this.#seed,
      () => this.requestUpdate(),
      this.#attempt.signal,
    );
    this.#setup = setup;
    setup.then(
      (sessions) => {
        if (this.#setup !== setup) return;
        this.#sessions = sessions;
        this.requestUpdate();
      },
      (thrown: unknown) => {
        if (this.#setup === setup) this.error = asGanvasError(thrown);
      },
    );
    return setup;
  }

  async #start(): Promise<void> {
    this.phase = "setting up";
    const setup = this.#setup ?? this.#setUp();
    try {
      const { run } = await setup;
      if (this.#setup !== setup) return;
      this.phase = "running";
      this.renderRoot.querySelector(".stage")?.scrollIntoView({ block: "nearest" });
      await run.run();
      if (this.#setup !== setup) return;
      this.phase = "done";
      this.controller.store.patch({ announcement: this.texts.labels.whatHappened });
    } catch (thrown) {
      if (this.#setup !== setup) return;
      this.error = asGanvasError(thrown);
      this.phase = "guessing";
    }
  }

  #again(): void {
    this.phase = "setting up";
    this.#retry();
  }

  #retry(): void {
    if (this.state.engine.status !== "ready") void this.controller.open();
    this.error = null;
    this.controller.giveUpDigits();
    this.#clear();
    this.requestUpdate();
  }

  #clear(): void {
    this.#attempt.abort();
    // Setup errors were reported when they occurred.
    this.#setup?.then((sessions) => sessions.close()).catch(() => {});
    this.#setup = null;
    this.#sessions = null;
  }
}

function formatted(figure: FigureName, value: number): string {
  switch (figure) {
    case "modes":
      return formatCount(value);
    case "onSpots":
    case "readable":
    case "left":
      return formatPercent(value, value < 0.1 ? 1 : 0);
    case "cosine":
    case "lossG":
      return formatFixed(value, 3);
    case "dFake":
    case "gradientG":
      return formatFigure(value);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-experiment": ExperimentView;
  }
}

customElements.define("gv-experiment", ExperimentView);
