// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles that all stations share: drawing colours, tables of numbers, rows of pictures, sliders.

import { css } from "lit";

export const stationStyles = css`
  :host {
    display: grid;
    gap: 0.875rem;
    align-content: start;
    min-width: 0;
  }

  svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }

  svg text {
    fill: var(--ink-soft);
    font: 13px var(--font);
    font-variant-numeric: tabular-nums;
  }

  svg text.value {
    fill: var(--ink);
    font-weight: 600;
  }

  .axis {
    stroke: var(--line-strong);
  }

  .grid {
    stroke: var(--line);
  }

  .dot {
    fill-opacity: 0.62;
  }

  .dot.real,
  .mean.real {
    fill: var(--real);
  }

  .dot.generated,
  .mean.generated {
    fill: var(--generated);
  }

  .dot,
  .mean,
  .pull {
    transition:
      cx 300ms,
      cy 300ms;
  }

  @media (prefers-reduced-motion: reduce) {
    .dot {
      transition: none;
    }
  }

  .curve,
  .bell,
  .ring {
    fill: none;
    stroke-width: 2;
  }

  .curve.real,
  .ring.real {
    stroke: var(--real);
  }

  .curve.generated,
  .ring.generated {
    stroke: var(--generated);
  }

  .ring {
    fill: var(--surface);
  }

  .chosen {
    stroke: var(--ink);
    stroke-dasharray: 3 3;
  }

  .bell {
    stroke: var(--ink);
    stroke-dasharray: 4 3;
  }

  rect.noise,
  rect.row {
    fill: var(--line-strong);
  }

  rect.marked {
    fill: var(--real);
  }

  .pull.plain {
    fill: var(--line-strong);
  }

  .pull.leak {
    fill: none;
    stroke: var(--danger);
    stroke-width: 1.5;
    stroke-dasharray: 3 2;
  }

  .pull.sum {
    fill: var(--ink);
  }

  h2 {
    font-weight: 600;
    font-size: var(--text-small);
  }

  h2 .soft {
    font-weight: 400;
  }

  .real {
    color: var(--real-text);
  }

  .generated {
    color: var(--generated-text);
  }

  figure {
    margin: 0;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th {
    font-weight: 400;
    text-align: start;
  }

  thead th {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  th:not(:first-child),
  td {
    text-align: end;
  }

  th,
  td {
    padding: 0.3rem 0;
    border-bottom: 1px solid var(--line);
  }

  td.after {
    font-weight: 600;
  }

  .pictures {
    display: grid;
    grid-template-columns: repeat(8, minmax(0, 1fr));
    gap: 0.375rem;
  }

  .scored {
    display: grid;
    gap: 2px;
    justify-items: stretch;
    min-width: 0;
  }

  button.scored {
    grid-template-columns: minmax(0, 1fr);
    justify-content: stretch;
    min-height: 0;
    padding: 2px;
    border-width: 2px;
    border-color: transparent;
    background: none;
  }

  button.scored[aria-pressed="true"] {
    border-color: var(--ink);
  }

  .scored .meter {
    width: 100%;
    height: 4px;
    fill: var(--real);
  }

  .scored.generated .meter {
    fill: var(--generated);
  }

  .scored .meter .all {
    fill: var(--line);
  }

  .scored .number {
    color: var(--ink-soft);
    font-size: 0.6875rem;
    line-height: 1.2;
    text-align: center;
  }

  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.75rem;
    align-items: center;
    min-height: 2.75rem;
  }

  .slider output {
    min-width: 3.5em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    align-items: center;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .choices legend {
    float: left;
    margin-right: 0.5rem;
    padding: 0;
  }

  .choices label {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    min-height: 2.5rem;
    padding: 0 0.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    cursor: pointer;
  }

  .choices input {
    margin: 0;
    accent-color: var(--ink);
  }

  .choices label:has(:checked) {
    border-color: var(--ink);
  }

  .sum {
    display: grid;
    grid-template-columns: auto auto 1fr;
    gap: 0.25rem 0.75rem;
    align-items: baseline;
    font-variant-numeric: tabular-nums;
  }

  .sum code {
    overflow-wrap: anywhere;
  }

  .sum b {
    font-weight: 600;
    text-align: end;
  }

  code {
    font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
    font-size: 0.92em;
  }

  @media (pointer: coarse) {
    .choices label {
      min-height: 2.75rem;
    }
  }

  @container (max-width: 599px) {
    .choices label {
      min-height: 2.75rem;
    }
  }
`;
