// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the step diagram: grey networks, blue and orange data, and parts not involved in the
// current half in a paler tone.

import { css } from "lit";

export const diagramStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    min-height: 2.25rem;
  }

  h2 {
    font-weight: 600;
  }

  header p {
    flex: 1 1 16rem;
    min-width: 0;
  }

  header .halves {
    display: flex;
    gap: 0.375rem;
  }

  header button {
    min-height: 2rem;
    padding: 0.125rem 0.75rem;
  }

  header button.next:not(:disabled) {
    border-color: var(--ink);
  }

  .drawing {
    position: relative;
  }

  svg {
    display: block;
    overflow: visible;
  }

  [data-node] {
    position: absolute;
  }

  .edge {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1.5;
    transition: opacity 200ms;
  }

  .edge.real {
    stroke: var(--real);
  }

  .edge.generated {
    stroke: var(--generated);
  }

  .edge.gradient {
    stroke: var(--line-strong);
    stroke-width: 1.25;
    stroke-dasharray: 1 4;
    stroke-linecap: round;
  }

  .edge.gradient.lit {
    stroke: var(--ink);
    stroke-width: 2;
    stroke-dasharray: 5 5;
    animation: back 900ms linear 4;
  }

  @keyframes back {
    to {
      stroke-dashoffset: -10;
    }
  }

  /* Data passes here; the gradient stops. */
  .edge.detached {
    stroke-dasharray: 5 4;
  }

  .pale {
    opacity: 0.38;
  }

  .tip {
    fill: context-stroke;
  }

  text {
    fill: var(--ink-soft);
    font: var(--text-small) / 1 var(--font);
    font-variant-numeric: tabular-nums;
  }

  text.real,
  text.fake {
    font-weight: 600;
  }

  text.real {
    fill: var(--real-text);
  }

  text.fake {
    fill: var(--generated-text);
  }

  text.small {
    font-size: 0.6875rem;
  }

  .block,
  .source,
  .loss {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 0;
    min-height: 0;
    padding: 0;
    line-height: 1.3;
    white-space: nowrap;
    transition:
      opacity 200ms,
      border-color 200ms,
      box-shadow 200ms;
  }

  .block {
    border: 1.5px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    font-weight: 600;
  }

  .block:hover {
    background: var(--sunken);
  }

  .block small,
  .loss small,
  .source small {
    color: var(--ink-soft);
    font-weight: 400;
    font-size: 0.75rem;
  }

  /* The network that is updated in this half. */
  .block.lit {
    border-color: var(--ink);
    box-shadow: 0 0 0 2.5px var(--ink);
  }

  .source {
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius);
    font-size: var(--text-small);
  }

  .loss {
    border-radius: var(--radius-small);
    background: var(--sunken);
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  .loss.lit {
    box-shadow: inset 0 0 0 1.5px var(--ink);
  }

  gv-image-grid[data-node],
  gv-tiles[data-node] {
    transition: opacity 200ms;
  }

  .frame {
    fill: var(--surface);
    stroke: var(--line);
  }

  .frame.real {
    stroke: var(--real);
  }

  .frame.fake {
    stroke: var(--generated);
  }

  .axis {
    stroke: var(--line-strong);
  }

  .dot.real {
    fill: var(--real);
  }

  .dot.fake {
    fill: var(--generated);
  }

  .dot {
    fill-opacity: 0.55;
  }

  @media (prefers-reduced-motion: reduce) {
    .edge.gradient.lit {
      animation: none;
    }

    .edge,
    .block,
    .loss,
    .source,
    gv-image-grid[data-node] {
      transition: none;
    }
  }
`;
