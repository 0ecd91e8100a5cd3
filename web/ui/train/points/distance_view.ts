// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-distance-view>`: distance between generated and real points over the run, measured once for
// each snapshot of the film.

import { msg } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import { GENERATED_CURVE, generatedChartStyles, WHOLE_CURVE } from "../../charts/chart_styles";
import { baseStyles } from "../../elements/base_styles";
import { TrainingElement } from "../../elements/training_element";
import { coverage } from "../../plane/coverage";
import { distance } from "../../plane/distance";
import { fromLevels } from "../../plane/point_pictures";
import { formatFixed, formatSmall } from "../../platform/format";
import type { CurveTable } from "../../state/curves";
import type { Snapshot } from "../../state/film";
import { generatedPoints } from "./live_points";
import "../../charts/curve_chart";

/** Snapshots measured per frame; each takes a millisecond or two. */
const PER_FRAME = 4;

export class DistanceView extends TrainingElement {
  static override styles = [baseStyles, generatedChartStyles];

  #measured = new Map<Snapshot, number>();
  #real: Float32Array | null = null;
  /** Coverage by the current points, updated with each measured snapshot; null before the first. */
  #covered: number | null = null;
  #table: CurveTable = { steps: [], mean: [[]], min: [[]], max: [[]] };

  protected override subscriptions() {
    return [this.controller.live.subscribe(() => this.requestUpdate())];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { film } = this.training;
    const { realPoints } = this.controller.live;
    if (realPoints !== this.#real) {
      this.#measured.clear();
      this.#covered = null;
    }
    this.#real = realPoints;
    if (realPoints === null) return;
    const known = new Map<Snapshot, number>();
    let left = PER_FRAME;
    for (let at = 0; at < film.length; at += 1) {
      const snapshot = film.at(at);
      if (snapshot === undefined) continue;
      let value = this.#measured.get(snapshot);
      if (value === undefined && left > 0) {
        left -= 1;
        const points = fromLevels(snapshot.levels);
        value = distance(points, realPoints.subarray(0, points.length));
      }
      if (value !== undefined) known.set(snapshot, value);
    }
    if (known.size < film.length) this.controller.live.changed();
    if (left < PER_FRAME) {
      const points = generatedPoints(this.controller.live);
      const real = realPoints.subarray(0, points?.length);
      this.#covered = points === null ? null : coverage(real, points);
    }
    if (known.size !== this.#measured.size || left < PER_FRAME) this.#show(known);
  }

  #show(known: Map<Snapshot, number>): void {
    this.#measured = known;
    const values = [...known.values()];
    const steps = [...known.keys()].map(({ step }) => step);
    this.#table = { steps, mean: [values], min: [values], max: [values] };
  }

  override render() {
    const last = this.#table.mean[0]?.at(-1);
    return html`
      <div class="head small">
        <h2>${msg("Distance")}</h2>
        ${last === undefined ? nothing : html`<b class="number" id="distance">${formatSmall(last, 3)}</b>`}
        ${this.#covered === null ? nothing : html`<span class="soft">${msg("Coverage")} <b class="number" id="coverage">${formatFixed(100 * this.#covered, 0)} %</b></span>`}
      </div>
      <gv-curve-chart group=${this.controller.name} .table=${this.#table} .curves=${GENERATED_CURVE} .lens=${WHOLE_CURVE}
        label=${msg("Distance between generated and real points over the steps")}></gv-curve-chart>
      <p class="small soft">
        ${msg("Energy distance between generated and real points: 0 for equal distributions. Coverage: the share of real points with a generated one among their nearest neighbours, 97 % for equal distributions.")}
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-distance-view": DistanceView;
  }
}

customElements.define("gv-distance-view", DistanceView);
