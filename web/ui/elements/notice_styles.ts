// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of what went wrong, or may be lost.

import { css } from "lit";

export const noticeStyles = css`
  .failure {
    padding: 0.625rem 1rem;
    border: 1px solid var(--danger);
    border-radius: var(--radius);
    background: var(--surface);
  }

  .failure strong {
    color: var(--danger);
    font-weight: 600;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-top: 0.5rem;
  }
`;
