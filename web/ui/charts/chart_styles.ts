// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How a chart's heading and its last values stand above it.

import { css } from "lit";

export const chartStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    align-items: baseline;
  }

  h2 {
    margin-right: auto;
    font-weight: 600;
  }
`;
