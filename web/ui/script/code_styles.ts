// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the script dialog: as large as the script needs, with its buttons always visible.

import { css } from "lit";

export const codeStyles = css`
  dialog {
    width: min(54rem, calc(100vw - 2rem));
    max-width: none;
    height: min(60rem, calc(100dvh - 3rem));
    max-height: none;
    padding: 0;
    overscroll-behavior: contain;
  }

  dialog[open] {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
  }

  .title {
    padding: 1rem 1.5rem 0;
  }

  dialog > p {
    padding: 0.25rem 4.5rem 1rem 1.5rem; /* beside the ring around the focused button */
  }

  p mark {
    display: inline-block;
    padding: 0 0.5em;
  }

  mark {
    border-left: 3px solid var(--ink);
    background: var(--sunken);
    color: inherit;
  }

  pre {
    margin: 0;
    padding: 1rem 0;
    overflow: auto;
    border-block: 1px solid var(--line);
    background: var(--page);
    font: 0.8125rem / 1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
    tab-size: 4;
    overscroll-behavior: contain;
  }

  pre:focus-visible {
    outline-offset: -2px;
  }

  code {
    display: block;
    width: max-content;
    min-width: 100%;
    font: inherit;
  }

  .line,
  code mark {
    display: block;
    min-height: 1.6em;
    padding: 0 1.5rem 0 calc(1.5rem - 3px);
    border-left: 3px solid transparent;
  }

  code mark {
    border-left-color: var(--ink);
  }

  .comment {
    color: var(--ink-soft);
  }

  .keyword {
    font-weight: 600;
  }

  .literal {
    color: light-dark(#6b4a8f, #c2a8e6);
  }

  .real {
    color: var(--real-text);
  }

  .generated {
    color: var(--generated-text);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    padding: 1rem 1.5rem;
  }

  #copy {
    min-width: 6.5rem;
  }

  @media (max-width: 639px) {
    dialog {
      width: 100vw;
      height: 100dvh;
      border: 0;
      border-radius: 0;
    }

    .title,
    .buttons {
      padding-inline: 1rem;
    }

    dialog > p {
      padding-inline: 1rem 4rem;
    }

    .line,
    code mark {
      padding-inline: calc(1rem - 3px) 1rem;
    }

    button {
      min-height: 2.75rem;
      min-width: 2.75rem;
    }
  }
`;
