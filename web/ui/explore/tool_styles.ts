// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles shared by the tools: a square stage as high as the window allows, with controls next to
// it, or below on a phone.

import { css } from "lit";
import { baseStyles } from "../elements/base_styles";

export const toolStyles = [
  baseStyles,
  css`
    :host {
      --side: clamp(15rem, var(--ganvas-height) - var(--header-height) - var(--footer-height) - 6rem, 46cqi);
      display: grid;
      grid-template-columns: var(--side) minmax(0, 1fr);
      gap: 1rem clamp(1.5rem, 3.5cqi, 3.5rem);
      align-items: start;
    }

    .controls {
      display: grid;
      gap: 1.125rem;
      max-width: 40rem;
    }

    h2 {
      font-size: 1.375rem;
      font-weight: 650;
      line-height: 1.25;
      letter-spacing: -0.01em;
    }

    h3 {
      margin: 0;
      font-size: 1rem;
      font-weight: 600;
    }

    .intro {
      display: grid;
      gap: 0.375rem;
    }

    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }

    .field {
      display: grid;
      gap: 0.375rem;
    }

    .row {
      display: flex;
      gap: 0.75rem;
      align-items: center;
      justify-content: space-between;
    }

    input[type="range"] {
      width: 100%;
      min-height: 1.75rem;
    }

    /* Generated pictures. */
    .generated {
      padding: 2px;
      border: 1px solid var(--line);
      border-radius: var(--radius);
      outline: 2px solid var(--generated);
      outline-offset: -1px;
      background: var(--surface);
      overflow: hidden;
    }

    .large {
      --picture-radius: 7px;
      width: 100%;
    }

    .thumbs {
      display: grid;
      grid-template-columns: repeat(10, minmax(0, 1fr));
      gap: 0.375rem;
    }

    .thumbs button {
      position: relative;
      display: block;
      min-height: 0;
      padding: 2px;
      border-width: 1px;
      white-space: normal;
      line-height: 1.2;
    }

    .thumbs button[aria-checked="true"],
    .thumbs button[aria-pressed="true"] {
      border-color: var(--ink);
      box-shadow: 0 0 0 1px var(--ink);
    }

    .thumbs .name {
      display: block;
      padding: 0.125rem 0;
      font-size: var(--text-small);
      font-variant-numeric: tabular-nums;
    }

    @container (max-width: 899px) {
      :host {
        --side: 100%;
        grid-template-columns: minmax(0, 1fr);
        width: min(100%, 34rem);
        margin: 0 auto;
      }

      .intro {
        order: -1;
      }

      button {
        min-height: 2.75rem;
      }

      input[type="range"] {
        min-height: 2.75rem;
      }

      .thumbs {
        grid-template-columns: repeat(5, minmax(0, 1fr));
      }
    }
  `,
];
