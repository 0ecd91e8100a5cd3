// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-curve-chart>`: two metrics over steps, each as a line of bin means on a band from minimum to
// maximum, with a dashed line at the balanced value. Earlier runs are dashed lines.

import { css, html, LitElement, unsafeCSS } from "lit";
import uPlot from "uplot";
import uPlotStyles from "uplot/dist/uPlot.min.css?inline";
import { formatShort } from "../platform/format";
import { cssColor, onThemeChange } from "../platform/theme";
import type { CurveTable } from "../state/curves";
import { smooth } from "./curve_data";
import { lossTop } from "./loss_scale";
import { formatSteps } from "./step_labels";

export interface Curve {
  /** Column of the metric in the history. */
  readonly metric: number;
  /** Names of the custom properties for the colours of line and band. */
  readonly color: string;
  readonly band: string;
}

/** View settings shared by both charts. */
export interface Lens {
  /** First and last step; null: all steps. */
  readonly zoom: readonly [number, number] | null;
  readonly logarithmic: boolean;
  /** Weight of earlier values, in [0, 1). */
  readonly smoothing: number;
}

/** Redrawing faster than the eye can follow would slow down the sample grid. */
const REDRAW_MS = 100;
/** Distances between axis labels: 1, 2 and 5 times each power of ten from 0.1 on. */
const INCREMENTS = Array.from({ length: 11 }, (_, power) => 10 ** power / 10).flatMap((unit) => [
  unit,
  2 * unit,
  5 * unit,
]);
const FONT = '11px system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif';
const LOGARITHMIC = 3;
/** Of earlier runs. */
const DASHES = [
  [5, 4],
  [2, 3],
  [8, 3, 2, 3],
];

export function dashOf(run: number): number[] {
  return DASHES[run % DASHES.length] ?? [];
}

export class CurveChart extends LitElement {
  static override properties = {
    table: { attribute: false },
    earlier: { attribute: false },
    curves: { attribute: false },
    lens: { attribute: false },
    reference: { attribute: false },
    top: { type: Number },
    label: {},
    group: {},
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

      .u-select {
        background: var(--line);
        opacity: 0.6;
      }
    `,
  ];

  declare table: CurveTable;
  /** Runs to compare with. */
  declare earlier: readonly CurveTable[];
  declare curves: readonly Curve[];
  declare lens: Lens;
  /** Value of the dashed line; null for none. */
  declare reference: number | null;
  /** Fixed upper end of the value axis; 0: from the data. */
  declare top: number;
  declare label: string;
  /** Charts of one group move their cursors together. */
  declare group: string;
  #plot: uPlot | null = null;
  #drawnAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #endTheme: () => void = () => {};
  readonly #resizes = new ResizeObserver(() => this.#resize());

  constructor() {
    super();
    this.table = { steps: [], mean: [], min: [], max: [] };
    this.earlier = [];
    this.curves = [];
    this.lens = { zoom: null, logarithmic: false, smoothing: 0 };
    this.reference = null;
    this.top = 0;
    this.label = "";
    this.group = "";
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
    const before = changed.get("lens") as Lens | undefined;
    const others = changed.get("earlier") as readonly CurveTable[] | undefined;
    const scale = before !== undefined && before.logarithmic !== this.lens.logarithmic;
    const lines = others !== undefined && others.length !== this.earlier.length;
    if (scale || lines || changed.has("curves") || changed.has("reference") || changed.has("top")) {
      this.#rebuild();
    } else if (changed.has("table") || changed.has("earlier") || changed.has("lens")) {
      this.#redrawSoon();
    }
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

  /** uPlot fixes colours and scales at construction, so changing them needs a new plot. */
  #rebuild(): void {
    const target = this.renderRoot?.querySelector<HTMLElement>("#plot");
    if (!target || this.clientWidth === 0) return;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(), this.#data(), target);
  }

  #data(): uPlot.AlignedData {
    const { smoothing, logarithmic } = this.lens;
    // Values without a logarithm are left out.
    const drawn = (values: readonly number[]): (number | null)[] =>
      logarithmic ? values.map((value) => (value > 0 ? value : null)) : [...values];
    const { steps, mean, min, max } = this.table;
    const own = this.curves.flatMap(({ metric }) =>
      [max[metric] ?? [], min[metric] ?? [], smooth(mean[metric] ?? [], smoothing)].map(drawn),
    );
    const data: uPlot.AlignedData = [[...steps], ...own];
    if (this.earlier.length === 0) return data;
    const others = this.earlier.map((table): uPlot.AlignedData => {
      const lines = this.curves.map(({ metric }) => smooth(table.mean[metric] ?? [], smoothing));
      return [[...table.steps], ...lines.map(drawn)];
    });
    return uPlot.join([data, ...others]);
  }

  #options(): uPlot.Options {
    return {
      width: this.clientWidth,
      height: this.clientHeight,
      padding: [6, 22, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        points: { size: 6 },
        sync: { key: this.group },
        bind: {
          dblclick: () => () => {
            this.#zoom(null);
            return null;
          },
        },
      },
      scales: {
        x: {
          time: false,
          // uPlot widens the range of a single step before it asks.
          range: ({ data: [steps] }) => [...(this.lens.zoom ?? stepRange(steps[0], steps.at(-1)))],
        },
        y: {
          ...(this.lens.logarithmic ? { distr: LOGARITHMIC } : {}),
          range: (_, least, most) => this.#valueRange(least, most),
        },
      },
      axes: this.#axes(),
      series: this.#series(),
      bands: this.curves.map(({ band }, index) => ({
        series: [index * 3 + 1, index * 3 + 2],
        fill: cssColor(this, band),
      })),
      hooks: {
        drawAxes: [(plot) => drawReference(plot, this.reference)],
        setCursor: [(plot) => this.#hover(plot)],
        setSelect: [(plot) => this.#select(plot)],
      },
    };
  }

  #axes(): uPlot.Axis[] {
    const axis: uPlot.Axis = {
      stroke: cssColor(this, "--ink-soft"),
      font: FONT,
      grid: { stroke: cssColor(this, "--line"), width: 1 },
      gap: 4,
      ticks: { show: false },
    };
    const incrs = this.lens.logarithmic ? {} : { incrs: INCREMENTS };
    return [
      {
        ...axis,
        size: 22,
        space: 70,
        incrs: INCREMENTS.filter(Number.isInteger),
        values: (_, ticks) => formatSteps(ticks),
      },
      { ...axis, size: 38, space: 30, values: valueLabels, ...incrs },
    ];
  }

  /** The x axis, three lines for each curve (`bands` lies between the first two), and earlier runs. */
  #series(): uPlot.Series[] {
    const hidden = { stroke: "transparent", width: 0, points: { show: false }, spanGaps: true };
    const own = this.curves.flatMap(({ color }): uPlot.Series[] => [
      hidden,
      hidden,
      {
        stroke: cssColor(this, color),
        width: 1.75,
        // A single point would be invisible as a line.
        points: { show: ({ data }) => data[0].length < 3, size: 6 },
        spanGaps: true,
      },
    ]);
    const others = this.earlier.flatMap((_, run) =>
      this.curves.map(
        ({ color }): uPlot.Series => ({
          stroke: cssColor(this, color),
          width: 1.25,
          alpha: 0.7,
          dash: dashOf(run),
          points: { show: false },
          spanGaps: true,
        }),
      ),
    );
    return [{}, ...own, ...others];
  }

  #valueRange(least: number | null, most: number | null): uPlot.Range.MinMax {
    if (this.lens.logarithmic) {
      const low = least !== null && least > 0 ? least : 0.01;
      return [
        10 ** Math.floor(Math.log10(low)),
        this.top || 10 ** Math.ceil(Math.log10(most ?? 1)),
      ];
    }
    const low = Math.min(0, least ?? 0);
    const bottom = low === 0 ? 0 : -lossTop(-low, 0);
    return [bottom, this.top || lossTop(most, this.reference ?? 0)];
  }

  /**
   * The bin of the current run that is nearest to the pointer; earlier runs can have other steps.
   */
  #hover(plot: uPlot): void {
    const index = plot.cursor.idx ?? null;
    const step = index === null ? undefined : plot.data[0][index];
    const bin = step === undefined ? -1 : nearest(this.table.steps, step);
    this.dispatchEvent(new CustomEvent("hover", { detail: bin < 0 ? null : bin }));
  }

  #select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 4) return;
    const [from, to] = [left, left + width].map((x) => plot.posToVal(x, "x")) as [number, number];
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#zoom([from, to]);
  }

  #zoom(detail: Lens["zoom"]): void {
    this.dispatchEvent(new CustomEvent("zoom", { detail }));
  }
}

function nearest(steps: readonly number[], step: number): number {
  let best = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, value] of steps.entries()) {
    if (Math.abs(value - step) >= distance) continue;
    distance = Math.abs(value - step);
    best = index;
  }
  return best;
}

/** At least 20 steps wide, so that the first steps do not fill the width. */
function stepRange(least = 1, most = 0): uPlot.Range.MinMax {
  return [least, Math.max(most, least + 20)];
}

function valueLabels(_: uPlot, ticks: (number | null)[]): string[] {
  return ticks.map((tick) =>
    tick === null ? "" : tick > 0 && tick < 0.1 ? String(tick) : formatShort(tick),
  );
}

function drawReference(plot: uPlot, value: number | null): void {
  if (value === null) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, "y", true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = cssColor(ctx.canvas, "--line-strong");
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-curve-chart": CurveChart;
  }

  interface HTMLElementEventMap {
    hover: CustomEvent<number | null>;
    zoom: CustomEvent<Lens["zoom"]>;
  }
}

customElements.define("gv-curve-chart", CurveChart);
