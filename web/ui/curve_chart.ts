// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-curve-chart>`: two metrics over steps, each a line of bin means on a band of bin extremes,
// with a dashed line at the value that a balanced game would have.

import { css, html, LitElement, unsafeCSS } from "lit";
import uPlot from "uplot";
import uPlotStyles from "uplot/dist/uPlot.min.css?inline";
import type { CurveTable } from "./curves";
import { formatCount, formatShort } from "./format";
import { lossTop } from "./loss_scale";
import { cssColor, onThemeChange } from "./theme";

export interface Curve {
  /** Column of the history. */
  readonly metric: number;
  /** Custom properties' names of its line and its band. */
  readonly color: string;
  readonly band: string;
}

/** Redrawing more often than the eye can follow would take frames from the sample grid. */
const REDRAW_MS = 66;
/** Round distances between labels: 1, 2 and 5 times each power of ten from 0.1 on. */
const INCREMENTS = Array.from({ length: 11 }, (_, power) => 10 ** power / 10).flatMap((unit) => [
  unit,
  2 * unit,
  5 * unit,
]);
const FONT = '11px system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif';

export class CurveChart extends LitElement {
  static override properties = {
    table: { attribute: false },
    curves: { attribute: false },
    reference: { type: Number },
    top: { type: Number },
    label: {},
  };

  static override styles = [
    unsafeCSS(uPlotStyles),
    css`
      :host {
        display: block;
        position: relative;
        min-height: 0;
        overflow: hidden;
      }

      #plot {
        position: absolute;
        inset: 0;
      }

      .u-cursor-x {
        border-right-color: var(--line-strong);
      }
    `,
  ];

  declare table: CurveTable;
  declare curves: readonly Curve[];
  declare reference: number;
  /** Fixed upper end of the value axis; 0 lets the data decide. */
  declare top: number;
  declare label: string;
  #plot: uPlot | null = null;
  #drawnAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #endTheme: () => void = () => {};
  readonly #resizes = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.table = { steps: [], mean: [], min: [], max: [] };
    this.curves = [];
    this.reference = 0;
    this.top = 0;
    this.label = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#endTheme = onThemeChange(() => this.#rebuild());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#endTheme();
    this.#plot?.destroy();
    this.#plot = null;
  }

  override render() {
    return html`<div id="plot" role="img" aria-label=${this.label}></div>`;
  }

  override firstUpdated(): void {
    this.#rebuild();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("table") || changed.has("label")) this.#redrawSoon();
  }

  #redrawSoon(): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#drawnAt + REDRAW_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#drawnAt = performance.now();
      this.#plot?.setData(this.#data());
    }, wait);
  }

  #resize(): void {
    if (this.clientWidth === 0) return;
    if (this.#plot === null) this.#rebuild();
    else this.#plot.setSize({ width: this.clientWidth, height: this.clientHeight });
  }

  /** Colours are taken up when a plot is made, so another theme needs another plot. */
  #rebuild(): void {
    const target = this.renderRoot?.querySelector<HTMLElement>("#plot");
    if (!target || this.clientWidth === 0) return;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), this.#data(), target);
  }

  #data(): uPlot.AlignedData {
    const { steps, mean, min, max } = this.table;
    const columns = this.curves.flatMap(({ metric }) =>
      [max, min, mean].map((column) => [...(column[metric] ?? [])]),
    );
    return [[...steps], ...columns];
  }

  #options(): uPlot.Options {
    const hidden = { stroke: "transparent", width: 0, points: { show: false } };
    const grid = { stroke: cssColor("--line"), width: 1 };
    const axis: uPlot.Axis = {
      stroke: cssColor("--ink-soft"),
      font: FONT,
      grid,
      ticks: { show: false },
    };
    return {
      width: this.clientWidth,
      height: this.clientHeight,
      padding: [6, 10, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        points: { size: 6 },
        sync: { key: "ganvas" },
      },
      scales: {
        x: { time: false, range: (_, least, most) => stepRange(least, most) },
        y: { range: (_, __, most) => [0, this.top || lossTop(most, this.reference)] },
      },
      axes: [
        {
          ...axis,
          size: 22,
          gap: 4,
          space: 70,
          incrs: INCREMENTS.filter(Number.isInteger),
          values: stepLabels,
        },
        { ...axis, size: 34, gap: 4, space: 30, incrs: INCREMENTS, values: valueLabels },
      ],
      series: [
        {},
        ...this.curves.flatMap(({ color }): uPlot.Series[] => [
          hidden,
          hidden,
          { stroke: cssColor(color), width: 1.75, points: { show: false } },
        ]),
      ],
      bands: this.curves.map(({ band }, index) => ({
        series: [index * 3 + 1, index * 3 + 2],
        fill: cssColor(band),
      })),
      hooks: {
        drawAxes: [(plot) => drawReference(plot, this.reference)],
        setCursor: [(plot) => this.#hover(plot.cursor.idx ?? null)],
      },
    };
  }

  #hover(index: number | null): void {
    this.dispatchEvent(new CustomEvent<number | null>("hover", { detail: index }));
  }
}

/** Never narrower than a few steps, so that the first ones do not fill the width. */
function stepRange(least: number | null, most: number | null): uPlot.Range.MinMax {
  return [least ?? 1, Math.max(most ?? 0, (least ?? 1) + 20)];
}

function stepLabels(_: uPlot, ticks: number[]): string[] {
  return ticks.map((step) => (step < 10_000 ? formatCount(step) : formatShort(step)));
}

function valueLabels(_: uPlot, ticks: number[]): string[] {
  return ticks.map(formatShort);
}

function drawReference(plot: uPlot, value: number): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, "y", true));
  ctx.save();
  ctx.strokeStyle = cssColor("--line-strong");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

declare global {
  interface HTMLElementEventMap {
    hover: CustomEvent<number | null>;
  }
}

customElements.define("gv-curve-chart", CurveChart);
