// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the settings drawer: full height at the right edge, with its buttons always visible.

import { css } from "lit";

export const settingsStyles = css`
  dialog {
    width: min(34rem, 100vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0 0 0 auto;
    padding: 0;
    border-width: 0 0 0 1px;
    border-radius: 0;
  }

  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: enter 0.18s ease-out;
    }

    @keyframes enter {
      from {
        transform: translateX(2rem);
        opacity: 0;
      }
    }
  }

  form {
    display: grid;
    grid-template-rows: auto 1fr auto;
    height: 100%;
  }

  .title,
  .apply {
    padding: 1rem 1.5rem;
  }

  .title {
    border-bottom: 1px solid var(--line);
  }

  .body {
    display: grid;
    gap: 1.5rem;
    align-content: start;
    padding: 1.5rem;
    overflow-y: auto;
  }

  .apply {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    border-top: 1px solid var(--line);
  }

  .apply p {
    width: 100%;
  }

  fieldset {
    display: grid;
    gap: 0.5rem;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend,
  .field {
    padding: 0;
    font-weight: 600;
  }

  legend {
    margin-bottom: 0.5rem;
  }

  .choices {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0.5rem;
  }

  .choice {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 0.5rem;
    align-items: center;
    padding: 0.5rem 0.75rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    cursor: pointer;
  }

  .choice .small {
    white-space: nowrap;
  }

  @media (max-width: 26rem) {
    .choice .small {
      grid-column: 2 / -1;
    }
  }

  .choice:has(:checked) {
    border-color: var(--ink);
  }

  .choice:has(:focus-visible) {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  input[type="radio"] {
    margin: 0;
    accent-color: var(--ink);
    outline: none;
  }

  details {
    border-top: 1px solid var(--line);
    padding-top: 1rem;
  }

  summary {
    font-weight: 600;
    cursor: pointer;
  }

  summary .small {
    margin-left: 0.5rem;
    font-weight: 400;
  }

  details[open] summary {
    margin-bottom: 0.5rem;
  }

  .real {
    color: var(--real-text);
  }

  .generated {
    color: var(--generated-text);
  }

  .layers {
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }
`;
