// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of Learn: text, live picture and code side by side where there is room, else stacked.

import { css } from "lit";

export const viewStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto 1fr auto;
    gap: 0.75rem;
    grid-column: 1 / -1;
    min-width: 0;
  }

  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    align-items: center;
    padding-block: 0.25rem;
    border-bottom: 1px solid var(--line);
  }

  ol {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .group {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.5rem;
    align-items: center;
    margin-left: auto;
  }

  .steps a {
    display: inline-flex;
    gap: 0.4em;
    align-items: center;
    min-height: 2.25rem;
    padding: 0 0.5rem;
    border-radius: var(--radius-small);
    color: var(--ink-soft);
    text-decoration: none;
    white-space: nowrap;
  }

  .steps a:hover {
    background: var(--sunken);
    color: var(--ink);
  }

  .steps b {
    display: inline-grid;
    place-items: center;
    width: 1.5em;
    height: 1.5em;
    border: 1px solid var(--line-strong);
    border-radius: 50%;
    font-weight: 600;
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }

  .steps a[aria-current] {
    background: var(--sunken);
    color: var(--ink);
    font-weight: 600;
  }

  .steps a[aria-current] b {
    border-color: var(--ink);
    background: var(--ink);
    color: var(--page);
  }

  .station {
    display: grid;
    grid-template:
      "words stage code" auto
      "turns stage code" 1fr
      / minmax(0, 20rem) minmax(0, 1fr) 24rem;
    gap: 1.5rem clamp(1.25rem, 2cqi, 2.5rem);
    align-items: start;
  }

  code,
  pre {
    font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace;
  }

  p code {
    padding: 0.05em 0.25em;
    border-radius: 4px;
    background: var(--sunken);
    font-size: 0.875em;
  }

  .change {
    padding: 0.625rem 0.875rem;
    border-left: 3px solid var(--ink);
    border-radius: 0 var(--radius-small) var(--radius-small) 0;
    background: var(--sunken);
  }

  .training {
    display: grid;
    gap: 0.375rem;
  }

  .training > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }

  .stage {
    grid-area: stage;
    display: grid;
    gap: 0.75rem;
    min-width: 0;
    padding: 1rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .stage > * {
    width: min(100%, 32rem);
    margin-inline: auto;
  }

  .code {
    grid-area: code;
    position: sticky;
    top: 0.75rem;
    min-width: 0;
  }

  .code h2 {
    margin-bottom: 0.375rem;
    font-weight: 600;
  }

  .code h2 .soft {
    font-weight: 400;
  }

  pre {
    margin: 0;
    padding: 0.625rem 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--sunken);
    overflow-x: auto;
    font-size: 0.6875rem;
    line-height: 1.5;
  }

  pre code {
    display: block;
    width: max-content;
    min-width: 100%;
    padding: 0;
    background: none;
    font-size: inherit;
  }

  .line {
    display: block;
    padding-inline: 0.75rem;
    border-left: 3px solid transparent;
    color: var(--ink-soft);
    white-space: pre;
  }

  .line.lit {
    border-left-color: var(--ink);
    background: var(--surface);
    color: var(--ink);
    font-weight: 600;
  }

  .turns {
    grid-area: turns;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: start;
    justify-content: space-between;
  }

  gv-experiment + .turns {
    grid-area: auto;
  }

  .turn {
    display: inline-flex;
    gap: 0.5em;
    align-items: center;
    min-height: 2.75rem;
    padding: 0.5rem 1rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    text-decoration: none;
  }

  .turn:hover {
    border-color: var(--line-strong);
  }

  .turn.primary {
    margin-left: auto;
    border-color: var(--primary);
    background: var(--primary);
    color: var(--on-primary);
    font-weight: 600;
  }

  .turn.primary:hover {
    background: var(--primary-hover);
  }

  @container (max-width: 1199px) {
    .station {
      grid-template:
        "words stage" auto
        "turns stage" 1fr
        "code code" auto
        / minmax(0, 20rem) minmax(0, 1fr);
    }

    .code {
      position: static;
    }
  }

  @container (max-width: 767px) {
    .station {
      grid-template: "words" "stage" "code" "turns" / minmax(0, 1fr);
    }

    .stage {
      padding: 0.75rem;
    }

    .steps a {
      min-height: 2.75rem;
    }

    .steps > ol {
      justify-content: space-between;
      width: 100%;
    }

    .steps > ol a {
      padding: 0 0.25rem;
    }

    .steps > ol b {
      width: 2.1em;
      height: 2.1em;
      font-size: 0.875rem;
    }

    .steps > ol span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .group {
      margin-left: 0;
      padding-left: 0.25rem;
    }

    .turn {
      flex: 1;
      justify-content: center;
      min-height: 3.25rem;
    }
  }
`;
