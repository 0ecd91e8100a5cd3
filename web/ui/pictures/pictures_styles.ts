// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the dialog of the user's own pictures.

import { css } from "lit";

export const picturesStyles = css`
  dialog {
    width: min(60rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
  }

  dialog[open] {
    display: grid;
    gap: 0.75rem;
    align-content: start;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }

  #target {
    display: grid;
    gap: 1rem;
    justify-items: center;
    padding: 2.25rem 1rem;
    border: 2px dashed var(--line-strong);
    border-radius: var(--radius);
    background: var(--page);
    text-align: center;
  }

  #target .buttons {
    justify-content: center;
  }

  #target p {
    font-weight: 600;
  }

  ul {
    display: grid;
    gap: 0.25rem;
    margin: 0;
    padding-left: 1.125rem;
  }

  #progress {
    display: grid;
    gap: 0.75rem;
    justify-items: center;
    padding: 3rem 1rem;
  }

  #progress progress {
    max-width: 24rem;
  }

  .trouble {
    padding: 0.625rem 1rem;
    border: 1px solid var(--danger);
    border-radius: var(--radius);
    overflow-wrap: anywhere;
  }

  .detail {
    display: block;
  }

  .back button {
    margin-left: -0.875rem;
  }

  .below {
    padding-top: 0.25rem;
  }

  #others {
    margin-left: auto;
  }

  @media (max-width: 699px) {
    dialog {
      width: calc(100vw - 1rem);
      max-width: none;
      max-height: calc(100dvh - 1rem);
      padding: 1rem;
    }

    button {
      min-height: 2.75rem;
    }

    #target {
      padding: 1.25rem 0.75rem;
    }

    #target button {
      flex: 1 1 auto;
    }

    .below {
      position: sticky;
      bottom: -1rem;
      margin: 0 -1rem -1rem;
      padding: 0.75rem 1rem;
      border-top: 1px solid var(--line);
      background: var(--surface);
    }

    #train-on {
      flex: 1 0 100%;
    }
  }

  /* Nothing can be dropped by a finger. */
  @media (hover: none) {
    #target {
      padding: 0;
      border: 0;
      background: none;
    }

    #target p {
      display: none;
    }
  }
`;
