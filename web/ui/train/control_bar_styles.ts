// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the controls of a run.

import { css } from "lit";

export const controlBarStyles = css`
  :host {
    display: flex;
    gap: 0.75rem 1.5rem;
    align-items: center;
    min-height: var(--control-height);
  }

  .buttons,
  .speed {
    display: flex;
    gap: 0.5rem;
    align-items: center;
  }

  #play {
    min-width: 6.75rem;
  }

  #half {
    padding-inline: 0.625rem;
  }

  .half b {
    color: var(--ink-soft);
    font-weight: 400;
  }

  .half b.turn {
    color: var(--ink);
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  #reset {
    border-radius: var(--radius-small) 0 0 var(--radius-small);
  }

  #reseed {
    margin-left: calc(-0.5rem - 1px);
    padding-inline: 0.625rem;
    border-radius: 0 var(--radius-small) var(--radius-small) 0;
  }

  .speed span {
    min-width: 5.5rem;
    white-space: nowrap;
  }

  input[type="range"] {
    width: 7rem;
  }

  dl {
    display: flex;
    gap: 1.375rem;
    margin-left: auto;
  }

  dt {
    white-space: nowrap;
    line-height: 1.2;
  }

  dd {
    min-width: 3.25em;
    font-weight: 600;
    line-height: 1.3;
  }

  .dialogs {
    display: flex;
    margin-right: -0.875rem;
  }

  #code b {
    font: 600 0.875em ui-monospace, monospace;
    letter-spacing: -0.1em;
  }

  @container (min-width: 900px) and (max-width: 1439px) {
    :is(#code, #runs) span {
      display: none;
    }

    input[type="range"] {
      width: 5rem;
    }
  }

  /* A long name is cut off before anything else. */
  .dialogs,
  #settings {
    min-width: 0;
  }

  #settings span {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  @container (max-width: 1199px) {
    .wide {
      display: none;
    }
  }

  @container (min-width: 900px) and (max-width: 1199px) {
    :host {
      gap: 1rem;
    }

    .images {
      display: none;
    }
  }

  @container (max-width: 899px) {
    :host {
      display: grid;
      gap: 0.75rem;
    }

    .buttons {
      display: grid;
      grid-auto-flow: column;
      grid-auto-columns: auto;
    }

    .speed {
      display: grid;
      grid-template-columns: auto 1fr auto;
    }

    input[type="range"] {
      width: 100%;
      min-height: 2.75rem;
    }

    #play {
      min-width: 0;
    }

    button {
      min-height: 3rem;
    }

    dl {
      justify-content: space-between;
      margin: 0;
      padding: 0.625rem 0;
      border-block: 1px solid var(--line);
    }

    .dialogs {
      flex-direction: row-reverse;
      justify-content: space-between;
      margin-inline: -0.875rem;
    }
  }

  @container (max-width: 389px) {
    .buttons button {
      gap: 0.25em;
      padding-inline: 0.5rem;
    }
  }
`;
