// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-quality-view>`: quality of the digits, measured by the judge during training: digit-FID over
// the steps, and how often each digit is generated. Loaded on demand, since the judge and the test
// digits are a separate download.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { connectJudge, type JudgeClient } from "../../../client/judge_client";
import { type QualityReport, type QualityWatch, watchQuality } from "../../../client/quality_watch";
import { isOfDigits } from "../../../config/classes";
import { asGanvasError } from "../../../engine/errors";
import { GENERATED_CURVE, generatedChartStyles, WHOLE_CURVE } from "../../charts/chart_styles";
import { ThinnedCurve } from "../../charts/thinned_curve";
import { baseStyles } from "../../elements/base_styles";
import { TrainingElement } from "../../elements/training_element";
import { formatCount, formatFixed } from "../../platform/format";
import { unseenFiles } from "../../state/digit_files";
import { IDLE, type Loading, STARTING } from "../../state/store";
import { explain } from "../../words/error_words";
import "../../charts/curve_chart";
import "../../elements/load_notice";
import "./picture_quality";

/** Test digits to compare with; as many as the samples of one measurement. */
const UNSEEN = 1000;
const DIGITS = 10;

export class QualityView extends TrainingElement {
  static override properties = { loading: { state: true }, report: { state: true } };

  static override styles = [
    baseStyles,
    generatedChartStyles,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(10, 1fr);
        gap: 0.25rem;
        height: 3.75rem;
        margin: 0.25rem 0 0;
        padding: 0;
        list-style: none;
        text-align: center;
      }

      li {
        display: grid;
        grid-template-rows: 1fr auto;
        line-height: 1.2;
      }

      .bar {
        align-self: end;
        min-height: 1px;
        border-radius: 2px 2px 0 0;
        background: var(--generated);
      }
    `,
  ];

  declare loading: Loading<null>;
  /** The last one of the run. */
  declare report: QualityReport | null;
  #judge: JudgeClient | null = null;
  /** Ends the judge, also while it is loading. */
  #attempt = new AbortController();
  #watch: QualityWatch | null = null;
  #run: unknown = null;
  #curve = new ThinnedCurve();
  #table = this.#curve.table();

  constructor() {
    super();
    this.loading = IDLE;
    this.report = null;
  }

  protected override subscriptions() {
    return [this.controller.store.subscribe(() => this.#follow())];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#isOfDigits !== false) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.stop();
    this.#attempt.abort();
    // An element that moves connects a judge again, and watches the same run with it.
    this.#judge = null;
    this.#run = null;
  }

  /** Whether the run makes digits, which alone the judge knows; null without a run. */
  get #isOfDigits(): boolean | null {
    const { config } = this.training;
    return config && isOfDigits(config);
  }

  override render() {
    if (this.#isOfDigits === false) {
      return html`<gv-picture-quality .controller=${this.controller}></gv-picture-quality>`;
    }
    const { report } = this;
    return html`
      <div class="head small">
        <h2>digit-FID <span class="soft number">${msg(str`on ${formatCount(UNSEEN)} samples`)}</span></h2>
        ${report === null ? nothing : html`<b class="number">${formatFixed(report.digitFid, 1)}</b>`}
      </div>
      ${
        this.loading.status === "ready"
          ? html`<gv-curve-chart group=${this.controller.name} .table=${this.#table} .curves=${GENERATED_CURVE} .lens=${WHOLE_CURVE}
              label=${msg("digit-FID over the steps; lower means that generated digits are more like real ones")}
            ></gv-curve-chart>`
          : html`<gv-load-notice .loading=${this.loading} .amount=${formatCount}
              doing=${msg("Loading the judge and unseen digits")}
              failed=${msg("The judge could not be loaded.")}
              @retry=${() => void this.#load()}></gv-load-notice>`
      }
      ${report === null ? nothing : this.#renderShares(report)}
    `;
  }

  #renderShares({ classShares, classEntropy, collapse, step }: QualityReport) {
    const most = Math.max(...classShares, 0.2);
    const drawn = [...classShares].filter((share) => share > 0.01).length;
    return html`
      <div>
        <ol class="small number" aria-label=${msg("How often each digit is generated")}>
          ${Array.from(classShares.subarray(0, DIGITS), (share, digit) => {
            const height = Math.round((share / most) * 100);
            return html`<li title=${msg(str`${String(digit)}: ${formatFixed(share * 100, 1)} %`)}>
              <span class="bar" data-height=${height}></span>${digit}</li>`;
          })}
        </ol>
        <p class="small soft">
          ${msg(str`At step ${formatCount(step)}, ${String(drawn)} of 10 digits are generated (entropy ${formatFixed(classEntropy, 2)} of 3.32 bits).`)}
          ${collapse === "collapsed" ? html`<b>${msg("Mode collapse: most of the variety of real digits is missing.")}</b>` : nothing}
          ${collapse === "narrowing" ? msg("Half of the variety of real digits is missing.") : nothing}
        </p>
      </div>
    `;
  }

  /** The content policy forbids style attributes, but scripts can set style properties. */
  override updated(): void {
    for (const bar of this.renderRoot.querySelectorAll<HTMLElement>(".bar")) {
      bar.style.height = `${bar.dataset["height"]}%`;
    }
  }

  async #load(): Promise<void> {
    const { engine } = this.state;
    if (engine.status !== "ready") return;
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const { signal } = this.#attempt;
    const show = (loading: Loading<null>): void => {
      if (!signal.aborted) this.loading = loading;
    };
    const fail = (thrown: unknown): void => {
      if (signal.aborted) return;
      this.#attempt.abort();
      this.#judge = null;
      // The next judge watches the same run.
      this.#run = null;
      this.loading = { status: "failed", error: asGanvasError(thrown) };
    };
    show(STARTING);
    try {
      const judge = await connectJudge({
        ...this.controller.judgeOptions,
        signal,
        onLost: fail,
        onProgress: () => show({ ...STARTING }),
      });
      this.#judge = judge;
      await judge.loadReal({
        ...unseenFiles(UNSEEN, (path) => this.controller.assetUrl(path)),
        onProgress: ({ examples: done, total: all }) => show({ status: "loading", done, all }),
      });
      show({ status: "ready", value: null });
      this.#follow();
    } catch (thrown) {
      fail(thrown);
    }
  }

  /** Watches the current run from its beginning. */
  #follow(): void {
    const { run } = this.training;
    const { engine } = this.state;
    if (this.#isOfDigits && this.loading.status === "idle") void this.#load();
    if (run === this.#run || this.#judge === null || this.loading.status !== "ready") return;
    if (engine.status !== "ready") return;
    this.#watch?.stop();
    this.#run = run;
    this.#watch = null;
    this.#curve = new ThinnedCurve();
    this.#show(null);
    if (run === null || this.#isOfDigits === false) return;
    const watch = watchQuality(run, this.#judge, {
      samples: UNSEEN,
      threads: engine.value.threads,
      onQuality: (report) => {
        if (run !== this.#run) return;
        this.#curve.add(report.step, report.digitFid);
        this.#show(report);
      },
    });
    this.#watch = watch;
    watch.ended.catch((thrown: unknown) => {
      const error = asGanvasError(thrown);
      // The run ended, and the next one is watched; or the judge did, and says so in its place.
      if (run !== this.#run || error.code === "disposed" || error.code === "worker_lost") return;
      this.controller.store.patch({ announcement: explain(error) });
    });
  }

  #show(report: QualityReport | null): void {
    this.#table = this.#curve.table();
    this.report = report;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-quality-view": QualityView;
  }
}

customElements.define("gv-quality-view", QualityView);
