// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the sheet that shows a set.

import { css } from "lit";

export const sheetStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto;
    gap: 0.75rem;
    min-height: 0;
  }

  h3 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 20rem);
    gap: 1.5rem;
    min-height: 0;
  }

  .columns > :only-child {
    grid-column: 1 / -1;
  }

  .pictures {
    position: relative;
    max-height: min(27rem, 100dvh - 17rem);
    min-height: 6rem;
    padding: 0.75rem;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-left: 3px solid var(--real);
    border-radius: var(--radius-small);
    background: var(--page);
  }

  .pictures[aria-busy="true"] gv-picture-rows {
    opacity: 0.5;
  }

  .pictures progress {
    position: sticky;
    z-index: 1;
    top: 0;
    margin-bottom: -4px;
  }

  .fitting {
    display: grid;
    gap: 0.625rem;
    align-content: start;
    max-height: min(27rem, 100dvh - 17rem);
    overflow-y: auto;
    padding: 0 2px 2px;
  }

  #left-out {
    margin-top: 0.625rem;
  }

  ul {
    display: grid;
    gap: 0.375rem;
    margin: 0.25rem 0 0;
    padding: 0;
    list-style: none;
    overflow-wrap: anywhere;
  }

  @media (max-width: 699px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
      gap: 1rem;
    }

    .pictures {
      max-height: min(20rem, 45dvh);
    }

    .fitting {
      max-height: none;
    }
  }
`;
