// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of an experiment: text beside the two runs, or above them on a phone.

import { css } from "lit";

export const experimentStyles = css`
  :host {
    display: grid;
    grid-template:
      "words stage" auto
      "verdict stage" 1fr
      / minmax(0, 23rem) minmax(0, 1fr);
    gap: 0.75rem clamp(1.25rem, 3cqi, 3rem);
    align-items: start;
  }

  h2 {
    font-weight: 600;
  }

  code {
    padding: 0.05em 0.25em;
    border-radius: 4px;
    background: var(--sunken);
    font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
    font-size: 0.875em;
  }

  .guesses,
  .progress,
  .verdict {
    display: grid;
    gap: 0.5rem;
  }

  .guesses button {
    justify-content: start;
    min-height: 2.75rem;
    text-align: start;
    white-space: normal;
  }

  .  .verdict {
    grid-area: verdict;
    padding: 0.75rem 1rem;
    border-left: 3px solid var(--line-strong);
    border-radius: 0 var(--radius-small) var(--radius-small) 0;
    background: var(--sunken);
  }

  .verdict.shown {
    border-left-color: var(--ink);
  }

  .stage {
    grid-area: stage;
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 1rem 1.25rem;
    max-width: 60rem;
  }

  figure {
    margin: 0;
    min-width: 0;
  }

  .side figcaption {
    min-height: 2rem;
  }

  .frame {
    padding: 6px;
    border: 1px solid var(--line);
    border-top: 3px solid var(--generated);
    border-radius: var(--radius);
    background: var(--surface);
  }

  gv-image-grid {
    aspect-ratio: 1;
  }

  dl {
    display: grid;
    gap: 0.125rem;
    margin-top: 0.5rem;
  }

  dl div {
    display: flex;
    gap: 0.75rem;
    align-items: baseline;
    justify-content: space-between;
    border-bottom: 1px solid var(--line);
  }

  dd {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .broke {
    margin-top: 0.375rem;
    color: var(--danger);
  }

  .trail {
    grid-column: 1 / -1;
  }

  .trail > svg {
    display: block;
    width: 100%;
    height: auto;
  }

  svg line {
    stroke: var(--line-strong);
  }

  path {
    fill: none;
    stroke: var(--ink);
    stroke-width: 2;
  }

  path.broken {
    stroke: var(--danger);
    stroke-dasharray: 6 4;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin-top: 0.25rem;
  }

  .legend svg {
    width: 24px;
    height: 8px;
    margin-right: 0.5em;
  }

  @container (max-width: 767px) {
    :host {
      grid-template: "words" "stage" "verdict" / minmax(0, 1fr);
    }

    .side figcaption {
      display: grid;
      align-items: end;
      min-height: 3rem;
    }

    .stage {
      gap: 0.75rem;
    }

    dl div {
      display: block;
    }

    .guesses button,
    .progress button {
      width: 100%;
    }
  }
`;
