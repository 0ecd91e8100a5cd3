// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the list of saved runs.

import { css } from "lit";

export const runsStyles = css`
  dialog {
    width: min(44rem, calc(100vw - 2rem));
  }

  .title + p {
    margin-top: 0.5rem;
  }

  ul {
    display: grid;
    margin: 1rem 0 0;
    padding: 0;
    border-bottom: 1px solid var(--line);
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 1rem;
    align-items: center;
    padding: 0.75rem 0;
    border-top: 1px solid var(--line);
  }

  gv-run-thumbnail {
    width: 5.5rem;
    height: 5.5rem;
  }

  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    align-items: center;
    margin-top: 0.375rem;
  }

  .actions button {
    min-height: 2.25rem;
    padding: 0.25rem 0.75rem;
    font-size: var(--text-small);
  }

  .actions > :is(span, .open) {
    margin-right: 0.5rem;
  }

  .actions input {
    flex: 1 1 12rem;
    min-width: 0;
    min-height: 2.25rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }

  button.delete:not(.quiet) {
    border-color: var(--danger);
    color: var(--danger);
  }

  .empty {
    margin-top: 1rem;
  }

  .trouble {
    margin-top: 0.75rem;
    padding: 0.625rem 1rem;
    border: 1px solid var(--danger);
    border-radius: var(--radius);
    overflow-wrap: anywhere;
  }

  .below {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    justify-content: space-between;
    margin-top: 1rem;
  }

  @media (max-width: 479px) {
    dialog {
      padding: 1rem;
    }

    gv-run-thumbnail {
      width: 4rem;
      height: 4rem;
    }

    li {
      align-items: start;
      gap: 0.75rem;
    }

    .actions {
      margin-left: -0.25rem;
    }

    .actions button {
      min-height: 2.75rem;
      padding-inline: 0.5rem;
    }
  }
`;
