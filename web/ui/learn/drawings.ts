// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Small SVG drawings for the stations: a batch's probabilities as dots between 0 and 1, the curves
// of the two losses, bars around zero, and a histogram.

import { type SVGTemplateResult, svg } from "lit";
import { clamp } from "../../engine/clamp";
import { binaryCrossEntropy } from "../../lessons/step_record";
import { formatFixed } from "../platform/format";

export type Side = "real" | "generated";

const STRIP = { width: 440, height: 64, left: 12, right: 12 };
/** Dots are spread over a few rows so that equal values do not hide each other. */
const ROWS = 5;

/** Probabilities of a batch as dots on a line from fake to real, with a mark at their mean. */
export function probabilityStrip(
  probabilities: ArrayLike<number>,
  side: Side,
  ends: { readonly fake: string; readonly real: string; readonly label: string },
): SVGTemplateResult {
  const { width, height, left, right } = STRIP;
  const x = (p: number): number => left + p * (width - left - right);
  const values = Array.from(probabilities);
  const mean = values.reduce((sum, p) => sum + p, 0) / Math.max(1, values.length);
  return svg`<svg class="strip" viewBox="0 0 ${width} ${height}" role="img" aria-label=${ends.label}>
    <line class="axis" x1=${left} x2=${width - right} y1="44" y2="44"></line>
    ${[0, 0.5, 1].map((p) => svg`<line class="axis" x1=${x(p)} x2=${x(p)} y1="41" y2="47"></line>`)}
    ${values.map(
      (p, i) =>
        svg`<circle class="dot ${side}" cx=${x(p)} cy=${8 + 7 * (i % ROWS)} r="3.4"></circle>`,
    )}
    <path class="mean ${side}" d="M${x(mean)} 44l-5 8h10z"></path>
    <text x=${left} y="62" text-anchor="start">0 ${ends.fake}</text>
    <text x=${width - right} y="62" text-anchor="end">${ends.real} 1</text>
  </svg>`;
}

const CURVES = { width: 440, height: 250, left: 34, right: 12, top: 10, bottom: 34, most: 5 };

/** -log p and -log(1 - p), with the batch's losses as dots and rings at a chosen p. */
export function lossCurves(
  batch: { readonly real: ArrayLike<number>; readonly fake: ArrayLike<number> },
  chosen: number,
  words: { readonly label: string; readonly axis: string },
): SVGTemplateResult {
  const { width, height, left, right, top, bottom, most } = CURVES;
  const x = (p: number): number => left + p * (width - left - right);
  const y = (loss: number): number =>
    height - bottom - (Math.min(loss, most) / most) * (height - top - bottom);
  const curve = (target: 0 | 1): string =>
    Array.from({ length: 101 }, (_, i) => {
      const p = clamp(i / 100, 0.001, 0.999);
      return `${i === 0 ? "M" : "L"}${x(p).toFixed(1)} ${y(binaryCrossEntropy(p, target)).toFixed(1)}`;
    }).join("");
  const dots = (probabilities: ArrayLike<number>, target: 0 | 1, side: Side) =>
    Array.from(
      probabilities,
      (p) =>
        svg`<circle class="dot ${side}" cx=${x(p)} cy=${y(binaryCrossEntropy(p, target))} r="3.4"></circle>`,
    );
  return svg`<svg class="curves" viewBox="0 0 ${width} ${height}" role="img" aria-label=${words.label}>
    ${[0, 1, 2, 3, 4, 5].map(
      (
        loss,
      ) => svg`<line class="grid" x1=${left} x2=${width - right} y1=${y(loss)} y2=${y(loss)}></line>
        <text x=${left - 8} y=${y(loss) + 4} text-anchor="end">${loss}</text>`,
    )}
    ${[0, 0.25, 0.5, 0.75, 1].map(
      (p) => svg`<text x=${x(p)} y=${height - 18} text-anchor="middle">${p}</text>`,
    )}
    <text x=${(left + width - right) / 2} y=${height - 3} text-anchor="middle">${words.axis}</text>
    <path class="curve real" d=${curve(1)}></path>
    <path class="curve generated" d=${curve(0)}></path>
    ${dots(batch.real, 1, "real")} ${dots(batch.fake, 0, "generated")}
    <line class="chosen" x1=${x(chosen)} x2=${x(chosen)} y1=${top} y2=${height - bottom}></line>
    ${([1, 0] as const).map((target) => {
      const loss = binaryCrossEntropy(chosen, target);
      const side = target === 1 ? "real" : "generated";
      return svg`<circle class="ring ${side}" cx=${x(chosen)} cy=${y(loss)} r="6"></circle>`;
    })}
  </svg>`;
}

/** One bar per value, up or down from zero. */
export function signedBars(
  values: ArrayLike<number>,
  limit: number,
  label: string,
  kind: "noise" | "row",
  marked: number | null = null,
): SVGTemplateResult {
  const [width, height] = [440, 96];
  const step = width / values.length;
  const middle = height / 2;
  return svg`<svg class="bars" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    <line class="axis" x1="0" x2=${width} y1=${middle} y2=${middle}></line>
    ${Array.from(values, (value, i) => {
      const size = Math.max(0.5, (Math.min(Math.abs(value), limit) / limit) * (middle - 2));
      const y = value > 0 ? middle - size : middle;
      return svg`<rect class="${kind} ${i === marked ? "marked" : ""}" x=${i * step + step * 0.12} y=${y}
        width=${step * 0.76} height=${size}></rect>`;
    })}
  </svg>`;
}

/** Counts as bars, with the normal density scaled to the same total. */
export function bellHistogram(
  counts: readonly number[],
  range: number,
  label: string,
): SVGTemplateResult {
  const [width, height, foot] = [440, 150, 20];
  const total = counts.reduce((sum, count) => sum + count, 0);
  const bin = (2 * range) / counts.length;
  const expected = (z: number): number =>
    (total * bin * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  const most = 1.1 * Math.max(expected(0), ...counts);
  const x = (z: number): number => ((z + range) / (2 * range)) * width;
  const y = (count: number): number => height - foot - (count / most) * (height - foot - 4);
  const bell = Array.from({ length: 81 }, (_, i) => {
    const z = -range + (i / 80) * 2 * range;
    return `${i === 0 ? "M" : "L"}${x(z).toFixed(1)} ${y(expected(z)).toFixed(1)}`;
  }).join("");
  return svg`<svg class="histogram" viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${counts.map(
      (count, i) => svg`<rect class="noise" x=${x(-range + i * bin) + 1} y=${y(count)}
        width=${width / counts.length - 2} height=${height - foot - y(count)}></rect>`,
    )}
    <path class="bell" d=${bell}></path>
    ${[-3, -2, -1, 0, 1, 2, 3].map(
      (z) => svg`<text x=${x(z)} y=${height - 4} text-anchor="middle">${z}</text>`,
    )}
  </svg>`;
}

export interface Pull {
  readonly name: string;
  /** Gradient with respect to D's logit: negative pulls towards "real", positive towards "fake". */
  readonly value: number;
  readonly strength: "plain" | "leak" | "sum";
}

/** Arrows from a middle line: right towards real, left towards fake. */
export function pullArrows(
  pulls: readonly Pull[],
  words: { readonly label: string; readonly real: string; readonly fake: string },
): SVGTemplateResult {
  const [width, row, middle] = [440, 40, 220];
  const height = pulls.length * row + 22;
  return svg`<svg class="pulls" viewBox="0 0 ${width} ${height}" role="img" aria-label=${words.label}>
    <line class="axis" x1=${middle} x2=${middle} y1="0" y2=${pulls.length * row}></line>
    ${pulls.map(({ name, value, strength }, i) => {
      const reach = -value * 195;
      const y = i * row + 28;
      const tip = middle + reach;
      const head = Math.abs(reach) < 7 ? 0 : Math.sign(reach) * 7;
      return svg`<text x="0" y=${y - 13}>${name}</text>
        <text class="value" x=${width} y=${y - 13} text-anchor="end">${signed(-value)}</text>
        ${
          head === 0
            ? svg`<circle class="pull ${strength}" cx=${tip} cy=${y} r="3"></circle>`
            : svg`<path class="pull ${strength}" d="M${middle} ${y - 3}H${tip - head}v-4l${head} 7l${-head} 7v-4H${middle}z"></path>`
        }`;
    })}
    <text x="0" y=${height - 4}>← ${words.fake}</text>
    <text x=${width} y=${height - 4} text-anchor="end">${words.real} →</text>
  </svg>`;
}

function signed(value: number): string {
  const text = formatFixed(Math.abs(value), 2);
  if (Math.abs(value) < 0.005) return text;
  return `${value > 0 ? "+" : "−"}${text}`;
}
