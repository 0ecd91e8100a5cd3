// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout of the Explore view: tools as a segmented control, with the choice of model next to them.

import { css } from "lit";

export const exploreStyles = css`
  :host {
    display: block;
    grid-column: 1 / -1;
    min-width: 0;
    min-height: calc(var(--ganvas-height) - var(--header-height) - var(--footer-height));
  }

  .frame {
    display: grid;
    gap: 1rem;
    padding-top: 0.5rem;
    border-radius: var(--radius);
  }

  .frame.dropping {
    outline: 2px dashed var(--line-strong);
    outline-offset: 6px;
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem 1.5rem;
    align-items: center;
    justify-content: space-between;
  }

  .tabs {
    display: flex;
    gap: 2px;
    padding: 3px;
    border-radius: calc(var(--radius-small) + 3px);
    background: var(--sunken);
  }

  .tabs button {
    min-height: 2.25rem;
    border-color: transparent;
    background: none;
    color: var(--ink-soft);
  }

  .tabs button:hover {
    color: var(--ink);
  }

  .tabs button[aria-selected="true"] {
    border-color: var(--line);
    background: var(--surface);
    color: var(--ink);
    font-weight: 600;
  }

  .chooser {
    display: flex;
    gap: 0.75rem;
    align-items: center;
    min-width: 0;
  }

  .about {
    order: -1;
  }

  .refused {
    display: flex;
    gap: 1rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.5rem 0.5rem 0.5rem 1rem;
    border: 1px solid var(--danger);
    border-radius: var(--radius);
    background: var(--surface);
    overflow-wrap: anywhere;
  }

  .refused strong {
    color: var(--danger);
    font-weight: 600;
  }

  .detail {
    display: block;
  }

  @container (max-width: 899px) {
    .frame {
      width: min(100%, 34rem);
      margin: 0 auto;
    }

    .tabs {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
      width: 100%;
    }

    .tabs button {
      min-height: 2.75rem;
    }

    .chooser {
      flex-wrap: wrap;
      width: 100%;
      gap: 0.25rem 0.75rem;
    }

    .chooser select,
    gv-model-download {
      flex: 1 1 8rem;
    }

    .about {
      display: none;
    }
  }
`;

/** Of the choice of model, and of what is done with it. */
export const chooserStyles = css`
  select {
    min-height: 2.5rem;
    max-width: 16rem;
    padding: 0 0.625rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }

  @container (max-width: 899px) {
    select {
      width: 100%;
      max-width: none;
      min-height: 2.75rem;
    }
  }
`;
