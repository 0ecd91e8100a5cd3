// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Styles of the plane, its legend and its switches.

import { css } from "lit";

export const pointsStageStyles = css`
  :host {
    display: block;
  }

  figure {
    margin: 0;
    container-type: inline-size;
    width: var(--stage-side, auto);
  }

  .frame {
    position: relative;
    aspect-ratio: 1;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
  }

  #plane {
    position: absolute;
    inset: 0;
    cursor: crosshair;
    touch-action: manipulation;
  }

  #plane:focus-visible {
    outline-offset: -3px;
    border-radius: var(--radius);
  }

  canvas {
    display: block;
    width: 100%;
    height: 100%;
  }

  gv-load-notice {
    position: absolute;
    inset: auto 1.5rem 1.5rem;
  }

  figcaption {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 2.5rem;
  }

  figcaption p {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    margin-right: auto;
    min-width: 0;
    white-space: nowrap;
  }

  .ramp {
    position: relative;
    width: 5rem;
    height: 0.75rem;
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--surface);
  }

  .ramp::before {
    content: "";
    position: absolute;
    inset: 0;
    background: linear-gradient(to right, var(--generated), transparent, var(--real));
    opacity: 0.42;
  }

  .real,
  .generated {
    font-weight: 600;
  }

  .real {
    color: var(--real-text);
  }

  .generated {
    color: var(--generated-text);
  }

  figcaption button {
    min-height: var(--tool-height, 2.25rem);
    margin-right: -0.5rem;
    padding-inline: 0.5rem;
  }

  @container (max-width: 27rem) {
    #noise span {
      display: none;
    }
  }

  .layers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    padding-bottom: 0.375rem;
  }

  .layers button {
    gap: 0.4rem;
    min-height: var(--tool-height, 2.125rem);
    padding: 0.125rem 0.625rem;
    border-radius: 999px;
  }

  @container (min-width: 32rem) {
    .layers button {
      flex: 1;
    }
  }

  .layers button[aria-pressed="false"] {
    border-style: dashed;
    background: none;
    color: var(--ink-soft);
  }

  .layers button[aria-pressed="false"] svg {
    opacity: 0.35;
  }

  .layers svg {
    width: 1rem;
    height: 1rem;
  }

  .layers [data-layer="points"] svg {
    color: var(--real);
  }

  .layers [data-layer="samples"] svg,
  .layers [data-layer="manifold"] svg {
    color: var(--generated);
  }

  /* By the app's width; inside the figure it would be by the figure's. */
  @container (max-width: 899px) {
    :host {
      --tool-height: 2.75rem;
    }
  }
`;
