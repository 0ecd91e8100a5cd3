// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles that every shadow tree needs: buttons, links, focus, and tabular numbers.

import { css } from "lit";

export const baseStyles = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  p,
  h1,
  h2,
  dl,
  dd {
    margin: 0;
    font-weight: inherit;
    font-size: inherit;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
    border-radius: var(--radius-small);
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    min-height: 2.5rem;
    padding: 0.375rem 0.875rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }

  button:hover:not(:disabled) {
    border-color: var(--line-strong);
  }

  button:disabled {
    color: var(--ink-soft);
    opacity: 0.55;
    cursor: default;
  }

  button.primary {
    border-color: var(--primary);
    background: var(--primary);
    color: var(--on-primary);
    font-weight: 600;
  }

  button.primary:hover:not(:disabled) {
    border-color: var(--primary-hover);
    background: var(--primary-hover);
  }

  button.quiet {
    border-color: transparent;
    background: none;
    color: var(--ink-soft);
  }

  button.quiet:hover:not(:disabled) {
    background: var(--sunken);
    color: var(--ink);
  }

  button svg {
    flex: none;
    width: 1.125em;
    height: 1.125em;
  }

  input[type="range"],
  input[type="checkbox"] {
    margin: 0;
    accent-color: var(--ink);
  }

  progress {
    display: block;
    appearance: none;
    width: 100%;
    height: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--line);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: var(--line);
  }

  progress::-webkit-progress-value {
    background: var(--ink);
  }

  progress::-moz-progress-bar {
    background: var(--ink);
  }

  .small {
    font-size: var(--text-small);
    line-height: 1.45;
  }

  .soft {
    color: var(--ink-soft);
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  /* Digits are ink on the theme's paper; other grey pictures are as they are. */
  .photographs {
    --pixel-off: #000;
    --pixel-on: #fff;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
