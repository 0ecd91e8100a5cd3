// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the set that is drawn by hand.

import { css } from "lit";

export const drawStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 22rem) minmax(0, 1fr);
    gap: 1.5rem;
    align-items: start;
  }

  /* Paper is white in both themes, as it is in the set. */
  gv-drawing-pad,
  gv-picture {
    --pixel-off: #ffffff;
    --pixel-on: #16151a;
    --ink-soft: #5d5a55;
  }

  .paper,
  .drawn {
    display: grid;
    gap: 0.75rem;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
  }

  .paper .buttons {
    gap: 0.5rem;
  }

  #next {
    flex: 1;
  }

  label {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  #side {
    width: auto;
    min-height: 2.25rem;
    padding: 0.125rem 0.5rem;
  }

  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    margin-bottom: 0.25rem;
  }

  .kind {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    padding: 0 0.625rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
  }

  .kind[data-chosen] {
    border-color: var(--ink);
  }

  .kind input[type="radio"] {
    margin: 0;
    accent-color: var(--ink);
  }

  .kind input[type="text"] {
    width: 6rem;
    padding: 0.25rem;
    border: 0;
    background: none;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(4.25rem, 1fr));
    gap: 0.5rem;
    max-height: 17rem;
    margin: 0;
    padding: 2px;
    overflow-y: auto;
    list-style: none;
  }

  ul:empty {
    display: none;
  }

  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    overflow: hidden;
  }

  li gv-picture {
    --picture-radius: 0;

    grid-column: 1 / -1;
  }

  li span {
    padding-left: 0.375rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  li button.quiet {
    min-height: 0;
    padding: 0.375rem;
    border-radius: 0;
  }

  @media (max-width: 699px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      gap: 1rem;
    }

    gv-drawing-pad {
      width: min(100%, 52dvh);
      justify-self: center;
    }

    button,
    #side {
      min-height: 2.75rem;
    }

    li button.quiet {
      padding: 0.5rem;
    }
  }
`;
