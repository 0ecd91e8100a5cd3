// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of the charts, their headings, and the tools below them.

import { css } from "lit";

export const curvesStyles = css`
  :host {
    display: grid;
    grid-template-rows: 1fr auto;
    gap: 0.5rem;
    min-height: 0;
    container-type: inline-size;
  }

  .charts {
    display: grid;
    grid-auto-rows: var(--chart-rows, minmax(0, 1fr));
    gap: 0.75rem 1.25rem;
    min-height: 0;
  }

  section {
    display: grid;
    grid-template-rows: auto var(--chart-height, minmax(6.5rem, 1fr)) auto;
    min-height: 0;
  }

  .value {
    white-space: nowrap;
  }

  .value::before {
    content: "";
    display: inline-block;
    width: 0.625rem;
    height: 0.1875rem;
    margin-right: 0.375rem;
    border-radius: 2px;
    background: currentColor;
    vertical-align: 0.22em;
  }

  .value b {
    display: inline-block;
    min-width: 2.75rem;
    font-weight: 600;
    text-align: right;
  }

  i {
    font-style: normal;
  }

  .real {
    color: var(--real-text);
  }

  .generated {
    color: var(--generated-text);
  }

  .lens {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.125rem;
    align-items: center;
  }

  .lens label {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    min-height: var(--lens-height, 2rem);
  }

  .lens input[type="range"] {
    width: 5rem;
  }

  .lens button {
    min-height: var(--lens-height, 2rem);
    padding-inline: 0.5rem;
  }

  .lens span {
    display: flex;
    margin-left: auto;
  }

  .lens #judge[aria-pressed="true"] {
    background: var(--sunken);
    color: var(--ink);
  }

  .runs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
  }

  .runs svg {
    width: 1.75rem;
    height: 0.5rem;
    margin-right: 0.375rem;
  }

  @container (min-width: 40rem) {
    .charts {
      grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
    }

    .charts.pair {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }

    gv-distance-view,
    .pair gv-quality-view {
      grid-column: 1 / -1;
    }
  }

  section {
    container-type: inline-size;
  }

  @container (max-width: 29rem) {
    i {
      display: none;
    }
  }

  /* By the app's width, which is the container of this element but not of the parts inside it. */
  @container (max-width: 899px) {
    :host {
      --chart-height: 11rem;
      --chart-rows: auto;
      --lens-height: 2.75rem;
    }
  }
`;
