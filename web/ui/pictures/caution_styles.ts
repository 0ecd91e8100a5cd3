// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of what the user should know of a set before training on it.

import { css } from "lit";

export const cautionStyles = css`
  .caution {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    padding: 0.5rem 0.875rem;
    border-left: 3px solid var(--line-strong);
    border-radius: 0 var(--radius-small) var(--radius-small) 0;
    background: var(--sunken);
  }
`;
