// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of text fields, choices and error messages.

import { css } from "lit";

export const fieldStyles = css`
  select,
  input[type="text"] {
    width: 100%;
    min-height: 2.5rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius-small);
    background: var(--page);
    color: var(--ink);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }

  input[aria-invalid="true"] {
    border-color: var(--danger);
  }

  .wrong {
    color: var(--danger);
  }
`;
