// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of dialogs: box, backdrop, and title with a close button.

import { css } from "lit";

export const dialogStyles = css`
  dialog {
    width: min(26rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--ink);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 35%);
  }

  .title {
    display: flex;
    align-items: center;
    justify-content: space-between;
    font-weight: 600;
  }

  .title button {
    margin: -0.5rem;
  }
`;
