// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-learn>`: follows one training step through eight stations, with live numbers, and has four
// experiments in which a GAN fails on purpose. It has its own runs; the Train view's run is paused
// meanwhile.

import { html, nothing, type PropertyValues } from "lit";
import {
  addressOf,
  CHAPTERS,
  type Chapter,
  EXPERIMENTS,
  readChapter,
  STATIONS,
  type Station,
} from "../../lessons/chapters";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { isModalOpen } from "../elements/modal";
import { formatCount } from "../platform/format";
import type { Parameters } from "../platform/page_hooks";
import { LISTING } from "./code_listing";
import { Lesson, MORE_STEPS, WAITING } from "./lesson";
import { lessonTexts, loadLessonTexts } from "./localized_texts";
import { prose } from "./prose";
import type { LessonTexts } from "./texts";
import { viewStyles } from "./view_styles";
import { wordsStyles } from "./words_styles";
import "../elements/load_notice";
import "./experiment_view";
import "./stations/fake";
import "./stations/generator";
import "./stations/losses";
import "./stations/noise";
import "./stations/pixels";
import "./stations/real";
import "./stations/train_d";
import "./stations/train_g";

export class LearnView extends AppElement {
  static override properties = { chapter: { state: true }, texts: { state: true } };

  static override styles = [baseStyles, wordsStyles, viewStyles];

  declare chapter: Chapter;
  declare texts: LessonTexts;
  #lesson: Lesson | null = null;
  /** The engine that holds the lesson's GAN. */
  #engine: unknown = null;

  constructor() {
    super();
    this.texts = lessonTexts();
  }

  override connectedCallback(): void {
    const { chapter, problem } = readChapter(this.controller.page.search);
    this.chapter = chapter;
    super.connectedCallback();
    window.addEventListener("lit-localize-status", this.#onLocale);
    this.#onLocale();
    const { problems } = this.state;
    if (problem !== null) this.controller.store.patch({ problems: [...problems, problem] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("lit-localize-status", this.#onLocale);
    void this.#lesson?.dispose();
    // Links to other views need no chapter.
    this.controller.page.write({ station: null, experiment: null });
  }

  /** Each connection starts with a new GAN. */
  protected override subscriptions() {
    this.#engine = null;
    const lesson = new Lesson(this.controller);
    this.#lesson = lesson;
    const { page } = this.controller;
    page.keys.addEventListener("keydown", this.#onKey);
    return [
      lesson.subscribe(() => this.requestUpdate()),
      page.onReturn(() => {
        this.chapter = readChapter(page.search).chapter;
      }),
      () => page.keys.removeEventListener("keydown", this.#onKey),
    ];
  }

  override willUpdate(): void {
    const { engine } = this.state;
    if (engine.status !== "ready" || engine.value === this.#engine) return;
    this.#engine = engine.value;
    void this.#lesson?.resume();
  }

  override render() {
    const { chapter, texts } = this;
    return html`
      ${this.#renderSteps()}
      ${
        chapter.kind === "station"
          ? this.#renderStation(chapter.name)
          : html`<gv-experiment .controller=${this.controller} .name=${chapter.name} .texts=${texts}></gv-experiment>
              ${this.#renderTurns()}`
      }
    `;
  }

  override updated(changed: PropertyValues): void {
    const before = changed.get("chapter") as Chapter | undefined;
    if (before === undefined) return;
    const { title } = this.#wordsOf(this.chapter);
    this.controller.store.patch({ announcement: title.replaceAll("`", "") });
  }

  #renderSteps() {
    const { labels } = this.texts;
    return html`<nav class="steps" aria-label=${labels.stations}>
      <ol>${CHAPTERS.slice(0, STATIONS.length).map((each) => this.#renderLink(each))}</ol>
      <div class="group">
        <span class="small soft">${labels.experiments}</span>
        <ol aria-label=${labels.experiments}>
          ${CHAPTERS.slice(-EXPERIMENTS.length).map((each) => this.#renderLink(each))}
        </ol>
      </div>
    </nav>`;
  }

  #renderLink(chapter: Chapter) {
    const here = chapter === this.chapter;
    return html`<li><a class="small" href=${this.#hrefOf(chapter)} aria-current=${here ? "step" : nothing}
      data-chapter=${chapter.name} @click=${(event: MouseEvent) => this.#onLink(chapter, event)}>
      ${chapter.kind === "station" ? html`<b>${chapter.index + 1}</b>` : nothing}
      <span>${this.#wordsOf(chapter).name}</span>
    </a></li>`;
  }

  #renderStation(name: Station) {
    const { title, body, change } = this.texts.stations[name];
    const { labels } = this.texts;
    return html`
      <div class="station">
        <section class="words">
          <h1>${prose(title)}</h1>
          ${body.map((text) => html`<p>${prose(text)}</p>`)}
          <p class="change"><strong>${labels.tryThis}</strong> ${prose(change)}</p>
          ${this.#renderTraining()}
        </section>
        <section class="stage" aria-label=${this.texts.stations[name].name}>
          ${this.#renderNotice()} ${this.#renderLive(name)}
        </section>
        ${this.#renderCode(name)} ${this.#renderTurns()}
      </div>
    `;
  }

  #renderTraining() {
    const { labels } = this.texts;
    const lesson = this.#lesson;
    const record = lesson?.record ?? null;
    const idle = record !== null;
    return html`<div class="training small">
      <p class="soft number" id="trained">
        ${record === null ? nothing : labels.trained(formatCount(record.step))}
        ${record?.step === 1 ? labels.untrained : nothing}
      </p>
      <div>
        ${MORE_STEPS.map(
          (steps) => html`<button data-more=${steps} ?disabled=${!idle}
            @click=${() => void lesson?.trainMore(steps)}>${labels.trainMore(formatCount(steps))}</button>`,
        )}
        <button id="untrained" class="quiet" ?disabled=${!idle || record.step === 1}
          @click=${() => void lesson?.begin(0)}>${labels.fromStart}</button>
      </div>
    </div>`;
  }

  /** Progress of the engine, the digits and the training, or what failed. */
  #renderNotice() {
    const { labels } = this.texts;
    const { engine } = this.state;
    const lesson = this.#lesson;
    const state = lesson?.state ?? WAITING;
    const notice = (loading: unknown, retry: (() => void) | null) => html`<gv-load-notice
      .loading=${loading} .amount=${formatCount} doing=${labels.preparing}
      .failed=${retry === null ? undefined : labels.failed} @retry=${retry}></gv-load-notice>`;
    if (engine.status === "failed") return notice(engine, () => void this.controller.open());
    const { status } = state;
    switch (status) {
      case "failed":
        return notice(state, () => void lesson?.begin());
      case "training":
        return notice({ ...state, status: "loading" }, null);
      case "ready":
        return nothing;
      case "waiting":
        return notice({ ...state, status: "loading" }, () => {
          if (engine.status === "ready") void lesson?.begin();
          else void this.controller.open();
        });
    }
  }

  #renderLive(name: Station) {
    const lesson = this.#lesson;
    const { labels } = this.texts;
    if (lesson === null) return nothing;
    switch (name) {
      case "pixels":
        return html`<gv-station-pixels .lesson=${lesson} .labels=${labels}></gv-station-pixels>`;
      case "noise":
        return html`<gv-station-noise .lesson=${lesson} .labels=${labels}></gv-station-noise>`;
      case "generator":
        return html`<gv-station-generator .lesson=${lesson} .labels=${labels}></gv-station-generator>`;
      case "real":
        return html`<gv-station-real .lesson=${lesson} .labels=${labels}></gv-station-real>`;
      case "fake":
        return html`<gv-station-fake .lesson=${lesson} .labels=${labels}></gv-station-fake>`;
      case "losses":
        return html`<gv-station-losses .lesson=${lesson} .labels=${labels}></gv-station-losses>`;
      case "train_d":
        return html`<gv-station-train-d .lesson=${lesson} .labels=${labels}></gv-station-train-d>`;
      case "train_g":
        return html`<gv-station-train-g .lesson=${lesson} .labels=${labels}></gv-station-train-g>`;
    }
  }

  #renderCode(name: Station) {
    const { labels } = this.texts;
    return html`<section class="code" aria-label=${labels.code}>
      <h2 class="small">${labels.code} <span class="soft">${labels.codeNote}</span></h2>
      <pre tabindex="0" lang="en" aria-label=${labels.code}><code>${LISTING.map(
        ({ text, of }) =>
          html`<span class="line ${of.includes(name) ? "lit" : ""}">${text === "" ? " " : text}</span>`,
      )}</code></pre>
    </section>`;
  }

  #renderTurns() {
    const { labels } = this.texts;
    const at = CHAPTERS.indexOf(this.chapter);
    const [before, after] = [CHAPTERS[at - 1], CHAPTERS[at + 1]];
    const turn = (to: Chapter, id: string, word: string, primary: boolean) => html`<a id=${id}
      class="turn ${primary ? "primary" : ""}" href=${this.#hrefOf(to)}
      @click=${(event: MouseEvent) => this.#onLink(to, event)}>
      <span>${word}</span> <span class="small">${this.#wordsOf(to).name}</span></a>`;
    return html`<div class="turns">
      ${before === undefined ? nothing : turn(before, "previous", labels.previous, false)}
      ${after === undefined ? nothing : turn(after, "next", labels.next, true)}
    </div>`;
  }

  #wordsOf(chapter: Chapter): { readonly name: string; readonly title: string } {
    const { stations, experiments } = this.texts;
    return chapter.kind === "station" ? stations[chapter.name] : experiments[chapter.name];
  }

  #hrefOf(chapter: Chapter): string {
    return this.controller.page.href(parametersOf(chapter));
  }

  #onLink(chapter: Chapter, event: MouseEvent): void {
    if (!this.controller.page.follows(event)) return;
    event.preventDefault();
    this.#go(chapter);
  }

  #go(chapter: Chapter): void {
    if (chapter === this.chapter) return;
    this.controller.page.visit(parametersOf(chapter));
    this.chapter = chapter;
    this.controller.page.scrollToTop();
  }

  readonly #onLocale = (): void => {
    loadLessonTexts().then(
      () => {
        this.texts = lessonTexts();
      },
      (thrown) => this.controller.miss(thrown, this.#onLocale),
    );
  };

  readonly #onKey: EventListener = (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = event.composedPath()[0];
    const taken =
      isModalOpen() || (target instanceof Element && target.closest("input, select, pre") !== null);
    if (by === undefined || taken) return;
    const to = CHAPTERS[CHAPTERS.indexOf(this.chapter) + by];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(to);
  };
}

function parametersOf(chapter: Chapter): Parameters {
  return { view: "learn", ...addressOf(chapter) };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-learn": LearnView;
  }
}

customElements.define("gv-learn", LearnView);
