// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of charts with a heading and the latest values above them.

import { css } from "lit";
import type { Curve, Lens } from "./curve_chart";

export const chartStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    align-items: baseline;
  }

  h2 {
    margin-right: auto;
    font-weight: 600;
  }
`;

/** A single curve about the generated samples, without controls. */
export const GENERATED_CURVE: readonly Curve[] = [
  { metric: 0, color: "--generated", band: "--generated-band" },
];
export const WHOLE_CURVE: Lens = { zoom: null, logarithmic: false, smoothing: 0 };

export const generatedChartStyles = [
  chartStyles,
  css`
    :host {
      display: grid;
      grid-template-rows: auto var(--chart-height, minmax(4rem, 1fr)) auto;
      min-height: 0;
    }

    b {
      color: var(--generated-text);
      font-weight: 600;
    }
  `,
];
