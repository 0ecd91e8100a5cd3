// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Lines and labels of the step diagram as SVG: arrows, frames around thumbnails, shapes, and D's
// outputs as dots on a scale.

import { msg } from "@lit/localize";
import { nothing, type SVGTemplateResult, svg } from "lit";
import { clamp } from "../../../engine/clamp";
import type { Half } from "../../../engine/types";
import { formatFixed } from "../../platform/format";
import type { Box, Edge, EdgeName, Layout, Node } from "./diagram_layout";

/** Gradient arrows of each half. */
const GRADIENTS: Readonly<Record<Half, readonly EdgeName[]>> = {
  discriminator: ["lossD-discriminator"],
  generator: ["lossG-discriminator", "discriminator-generator"],
};

/** Nodes and edges that are not involved in a half. */
const IDLE: Readonly<Record<Half, readonly (Node | EdgeName)[]>> = {
  discriminator: ["lossG", "scores-lossG", "lossG-discriminator", "discriminator-generator"],
  generator: [
    "data",
    "real",
    "lossD",
    "data-real",
    "real-discriminator",
    "scores-lossD",
    "lossD-discriminator",
  ],
};

export function isIdle(name: Node | EdgeName, half: Half | null): boolean {
  return half !== null && IDLE[half].includes(name);
}

/** A tensor's shape as PyTorch prints it. */
export function shapeText(samples: number, shape: readonly number[]): string {
  return `(${[samples, ...shape].join(", ")})`;
}

export interface Drawing {
  readonly layout: Layout;
  /** The half to highlight; null while halves alternate too fast to tell apart. */
  readonly half: Half | null;
  readonly noiseShape: string;
  readonly sampleShape: string;
  readonly scores: Scores | null;
}

/** D's output for each sample. */
export interface Scores {
  /** Empty if these samples were not scored. */
  readonly real: readonly number[];
  readonly fake: readonly number[];
}

export function drawDiagram(drawing: Drawing): SVGTemplateResult {
  const { layout, half } = drawing;
  const { boxes, width, height } = layout;
  return svg`<svg width=${width} height=${height} aria-hidden="true">
    <defs>
      <marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8"
        markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0.5 0.5L7.5 4L0.5 7.5z" /></marker>
    </defs>
    ${layout.edges.map((edge) => drawEdge(edge, half))}
    ${frame(boxes.fake, "fake")} ${frame(boxes.real, "real", isIdle("real", half))}
    ${frame(boxes.noise, "noise")}
    ${caption(boxes.noise, "", msg("noise z"), drawing.noiseShape)}
    ${caption(boxes.fake, "fake", msg("fake"), drawing.sampleShape)}
    ${caption(boxes.real, "real", msg("real"), drawing.sampleShape, isIdle("real", half))}
    ${drawing.scores === null ? nothing : drawScores(boxes.scores, drawing.scores, half)}
  </svg>`;
}

function drawEdge({ name, carries, path }: Edge, half: Half | null): SVGTemplateResult {
  const lit = half !== null && GRADIENTS[half].includes(name);
  const detached = half === "discriminator" && name === "fake-discriminator";
  const classes = [
    "edge",
    carries,
    lit ? "lit" : "",
    detached ? "detached" : "",
    isIdle(name, half) ? "pale" : "",
  ];
  return svg`<path class=${classes.join(" ")} data-edge=${name} d=${path} marker-end="url(#tip)" />`;
}

function frame({ x, y, width, height }: Box, kind: string, pale = false): SVGTemplateResult {
  return svg`<rect class="frame ${kind} ${pale ? "pale" : ""}" x=${x - 2.5} y=${y - 2.5}
    width=${width + 5} height=${height + 5} rx="4" />`;
}

/** Label and shape above a box. */
function caption(
  { x, y, width }: Box,
  kind: string,
  name: string,
  shape: string,
  pale = false,
): SVGTemplateResult {
  const level = y - 8;
  const narrow = width < 100;
  return svg`<g class=${pale ? "pale" : ""}>
    <text class=${kind} x=${x - 2} y=${level}>${name}</text>
    <text class="small" x=${narrow ? x - 2 : x + width + 2} y=${narrow ? y + 68 : level}
      text-anchor=${narrow ? "start" : "end"}>${shape}</text>
  </g>`;
}

function drawScores(box: Box, { real, fake }: Scores, half: Half | null): SVGTemplateResult {
  const rows = [
    { kind: "real", values: real, symbol: "D(x)", pale: isIdle("real", half) },
    { kind: "fake", values: fake, symbol: "D(G(z))", pale: false },
  ];
  const [left, end] = [box.x + 6, box.x + box.width - 44];
  const foot = box.y + box.height - 14;
  const at = (value: number): number => left + clamp(value, 0, 1) * (end - left);
  return svg`
    ${rows.map(({ kind, values, symbol, pale }, index) => {
      const level = box.y + 22 + index * 32;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return svg`<g class=${pale ? "pale" : ""}>
        <text class="small" x=${left} y=${level - 11}>${symbol}</text>
        <path class="axis" d="M${left} ${level + 0.5}H${end}" />
        ${values.map(
          (value) => svg`<circle class="dot ${kind}" cx=${at(value)} cy=${level + 0.5} r="3.5" />`,
        )}
        <text class=${kind} x=${box.x + box.width} y=${level + 5} text-anchor="end">
          ${values.length === 0 ? "–" : formatFixed(mean, 2)}
        </text>
      </g>`;
    })}
    ${[0, 0.5, 1].map(
      (value) => svg`<text class="small" x=${at(value)} y=${foot + 8} text-anchor="middle">
        ${formatFixed(value, value === 0.5 ? 1 : 0)}
      </text>`,
    )}`;
}
