// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-picture-quality>`: how good the samples of a run on the user's own pictures are: a verdict in
// words, and every number with that of the pictures themselves beside it.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import {
  type PictureQualityReport,
  type QualityWatch,
  watchPictureQuality,
} from "../../../client/quality_watch";
import { asGanvasError } from "../../../engine/errors";
import type { Compared, PictureVerdict } from "../../../engine/picture_judge";
import { baseStyles } from "../../elements/base_styles";
import { TrainingElement } from "../../elements/training_element";
import { formatCount, formatFixed } from "../../platform/format";
import { formatPercent } from "../../platform/percent";
import { IDLE, type Loading, STARTING } from "../../state/store";
import { explain } from "../../words/error_words";
import { forgetPictureJudge, type JudgeStage, LEAST_JUDGED, pictureJudge } from "../picture_judges";
import "../../elements/load_notice";

/** Of each judgement: the halves of a set that they are compared with have no more. */
const SAMPLES = 500;
/** Below this, other pictures of the same kinds would change the numbers a lot. */
const FEW_PICTURES = 200;

export class PictureQualityView extends TrainingElement {
  static override properties = {
    loading: { state: true },
    compared: { state: true },
    report: { state: true },
  };

  static override styles = [
    baseStyles,
    css`
      table {
        width: 100%;
        margin: 0.5rem 0;
        border-collapse: collapse;
      }

      th,
      td {
        padding: 0.1875rem 0 0;
        font-weight: inherit;
        line-height: 1.35;
        text-align: start;
        vertical-align: top;
      }

      thead th,
      .soft td {
        padding-bottom: 0.25rem;
        border-bottom: 1px solid var(--line);
      }

      th + th,
      .number {
        padding-inline-start: 0.75rem;
        text-align: end;
        white-space: nowrap;
      }

      .generated {
        color: var(--generated-text);
      }

      .real {
        color: var(--real-text);
      }
    `,
  ];

  /** Missing: the run's pictures are not here, or too few. */
  declare loading: Loading<"here" | "missing">;
  /** The pictures that the judge compares with each other before it answers; null while it loads. */
  declare compared: number | null;
  declare report: PictureQualityReport | null;
  #watch: QualityWatch | null = null;
  #run: unknown = null;
  /** Whether the run's pictures were there when it was looked for them. */
  #wasHere = false;

  constructor() {
    super();
    this.loading = IDLE;
    this.compared = null;
    this.report = null;
  }

  protected override subscriptions() {
    return [this.controller.store.subscribe(() => void this.#follow())];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.stop();
    this.#run = null;
  }

  override render() {
    const { loading, report } = this;
    if (loading.status === "ready" && loading.value === "missing") {
      const count = this.state.settings.pictures?.count ?? 0;
      return html`<p class="small" role="status">
        ${
          count > 0 && count < LEAST_JUDGED
            ? msg(
                str`At least ${String(LEAST_JUDGED)} pictures are needed to compare samples with.`,
              )
            : msg(
                "The pictures of this run are not on this device, so there is nothing to compare the samples with.",
              )
        }
      </p>`;
    }
    if (loading.status === "loading" && this.compared !== null) {
      return html`<p class="small soft" role="status">
        ${msg(str`Comparing with ${formatCount(this.compared)} pictures …`)}
      </p>`;
    }
    if (loading.status !== "ready") {
      return html`<gv-load-notice .loading=${loading} .amount=${formatCount}
        doing=${msg("Loading the judge")} failed=${msg("The judge could not be loaded.")}
        @retry=${() => this.#retry()}></gv-load-notice>`;
    }
    if (report === null) {
      return html`<p class="small soft" role="status">${msg("The samples are judged while the run trains.")}</p>`;
    }
    return this.#renderReport(report);
  }

  #renderReport(report: PictureQualityReport) {
    const { nearest, copies, density, coverage, diversity, step, count, pictures } = report;
    return html`
      <p class="small" data-verdict=${report.verdict}><strong>${words(report.verdict)}</strong></p>
      <table class="small">
        <thead>
          <tr>
            <th>${msg(str`At step ${formatCount(step)}`)}</th>
            <th class="generated" scope="col">${msg("Samples")}</th>
            <th class="real" scope="col">${msg("Your pictures")}</th>
          </tr>
        </thead>
        <tbody>
          ${row(msg("Distance to the nearest picture"), msg("Samples: to the nearest picture learned from. Your pictures: to the nearest other one."), nearest, percent)}
          ${row(msg("Near-copies"), msg("Samples nearer to a picture than half that picture’s distance to its nearest other one."), copies, percent)}
          ${row(msg("Density"), msg("How much the samples are like your pictures."), density, number)}
          ${row(msg("Coverage"), msg("The share of your pictures that have samples near them."), coverage, percent)}
          ${row(msg("Diversity"), msg("How far apart two of them are."), diversity, number)}
        </tbody>
      </table>
      <p class="small soft">
        ${msg(str`${formatCount(count)} samples beside ${formatCount(pictures)} pictures. The numbers of your pictures compare one half of them with the other.`)}
        ${pictures < FEW_PICTURES ? msg("With so few pictures, differences of up to twice what stands after ± are chance.") : nothing}
      </p>
    `;
  }

  get #hasPictures(): boolean {
    return this.state.digits.status === "ready";
  }

  #retry(): void {
    forgetPictureJudge(this.controller);
    this.#run = null;
    void this.#follow();
  }

  /** Watches the current run from its beginning. */
  async #follow(): Promise<void> {
    const { run } = this.training;
    const { engine } = this.state;
    // The files may have been chosen again.
    const wasMissing = this.loading.status === "ready" && this.loading.value === "missing";
    const isSame = run === this.#run && !(wasMissing && this.#hasPictures !== this.#wasHere);
    if (isSame || engine.status !== "ready") return;
    this.#wasHere = this.#hasPictures;
    this.#watch?.stop();
    this.#watch = null;
    this.#run = run;
    this.report = null;
    if (run === null) return;
    try {
      const judge = await pictureJudge(this.controller, (stage) => {
        if (run === this.#run) this.#showStage(stage);
      });
      if (run !== this.#run) return;
      this.loading = { status: "ready", value: judge === null ? "missing" : "here" };
      if (judge === null) return;
      const watch = watchPictureQuality(run, judge, {
        samples: SAMPLES,
        threads: engine.value.threads,
        onQuality: (report) => {
          if (run === this.#run) this.report = report;
        },
      });
      this.#watch = watch;
      await watch.ended;
    } catch (thrown) {
      this.#fail(run, thrown);
    }
  }

  /** Each download's news is a new object. */
  #showStage(stage: JudgeStage): void {
    this.loading = { ...STARTING };
    this.compared = stage.doing === "comparing" ? stage.pictures : null;
  }

  #fail(run: unknown, thrown: unknown): void {
    const error = asGanvasError(thrown);
    // The run ended, and the next one is watched; or the judge is being loaded anew.
    if (run !== this.#run || error.code === "disposed" || error.code === "aborted") return;
    // The judge's worker was lost, if it was not the one that trains.
    const isLost = error.code === "worker_lost";
    if (isLost && this.state.engine.status !== "ready") return;
    if (this.loading.status === "ready" && !isLost) {
      this.controller.store.patch({ announcement: explain(error) });
    } else {
      this.loading = { status: "failed", error };
    }
  }
}

function row(
  name: string,
  what: string,
  { samples, real, spread }: Compared,
  format: (value: number) => string,
) {
  const more = spread > 0 ? ` ± ${format(spread)}` : "";
  return html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${format(samples)}</td>
      <td class="number">${format(real)}${more}</td>
    </tr>
    <tr class="soft"><td colspan="3">${what}</td></tr>`;
}

function percent(share: number): string {
  return formatPercent(share, 1);
}

function number(value: number): string {
  return formatFixed(value, 2);
}

function words(verdict: PictureVerdict): string {
  switch (verdict) {
    case "unlike":
      return msg(
        "The samples are not as close to your pictures yet as these are to each other: give the run some time.",
      );
    case "collapsed":
      return msg("Mode collapse: most of the variety of your pictures is missing.");
    case "memorised":
      return msg(
        "Learned by heart: many samples repeat single pictures of yours. More pictures, or fewer steps, help.",
      );
    case "narrowing":
      return msg("A good part of the variety of your pictures is missing.");
    case "healthy":
      return msg("The samples are like your pictures, and no copies of them.");
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-picture-quality": PictureQualityView;
  }
}

customElements.define("gv-picture-quality", PictureQualityView);
