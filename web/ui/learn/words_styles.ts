// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the text of stations and experiments.

import { css } from "lit";

export const wordsStyles = css`
  .words {
    grid-area: words;
    display: grid;
    gap: 0.75rem;
  }

  h1 {
    font-weight: 650;
    font-size: clamp(1.375rem, 1rem + 1cqi, 1.75rem);
    line-height: 1.2;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }

  strong {
    font-weight: 600;
  }
`;
