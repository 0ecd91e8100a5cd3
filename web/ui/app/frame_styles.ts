// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Layout by the width of the element around: with enough width everything fits into its height
// (--ganvas-height) and the stage takes what is left; else there is one column.

import { css } from "lit";

export const frameStyles = css`
  :host {
    display: grid;
    grid-template-rows: var(--header-height) 1fr auto;
    box-sizing: border-box;
    width: min(100%, 120rem);
    min-height: var(--ganvas-height);
    margin: 0 auto;
    padding: 0 max(1rem, 2.5cqi);
  }

  main:has(gv-saved-run:not([hidden])) {
    --offer-height: 5.5rem;
  }

  main {
    display: grid;
    gap: 0.75rem clamp(1.5rem, 3cqi, 3rem);
    align-content: center;
  }

  main.pretrained {
    --stage-side: min(
      var(--ganvas-height) - var(--header-height) - var(--offer-height, 0px) - 5.75rem,
      54cqi
    );
    grid-template-columns: auto minmax(0, 1fr);
  }

  main.train {
    --above: calc(
      var(--header-height) + var(--offer-height, 0px) + var(--control-height) +
        var(--diagram-height, 0px) + 1.5rem
    );
    --below: calc(var(--footer-height) + 2.5rem + var(--film-height) + 0.25rem);
    --stage-side: clamp(15rem, var(--ganvas-height) - var(--above) - var(--below), 50cqi);
    grid-template-columns: auto minmax(0, 1fr);
    align-content: start;
  }

  gv-saved-run,
  gv-control-bar,
  gv-step-diagram,
  #problems {
    grid-column: 1 / -1;
  }

  gv-stage {
    width: var(--stage-side);
    align-self: start;
  }

  .pretrained gv-stage {
    align-self: center;
  }

  gv-points-stage {
    width: var(--stage-side);
    align-self: start;
  }

  /* The plane needs more room than the step diagram, which goes below it. */
  main.points {
    --above: calc(
      var(--header-height) + var(--offer-height, 0px) + var(--control-height) + 0.75rem
    );
    --below: calc(var(--film-height) + 6.5rem);
  }

  .points gv-step-diagram {
    order: 1;
  }

  #problems,
  .missing {
    display: flex;
    gap: 0.25rem 1rem;
    align-items: center;
    justify-content: space-between;
    padding: 0.25rem 0.25rem 0.25rem 1rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--sunken);
    overflow-wrap: anywhere;
  }

  .missing {
    flex-wrap: wrap;
    justify-content: end;
    padding-block: 0.5rem;
    border-color: var(--danger);
  }

  main > .missing {
    align-self: start;
    max-width: var(--stage-side);
  }

  .missing span {
    flex: 1 1 20rem;
  }

  /* What was asked for may be anywhere in a high page. */
  main + .missing {
    position: sticky;
    bottom: calc(0.5rem + var(--notice-height, 0px));
    z-index: 2;
  }

  code {
    font-size: 0.95em;
  }

  code + code {
    margin-inline-start: 0.75em;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.5rem;
    align-items: center;
    justify-content: space-between;
    min-height: var(--footer-height);
  }

  footer button {
    min-height: 0;
  }

  #engine {
    margin: -0.375rem -0.625rem;
    padding: 0.375rem 0.625rem;
    text-align: start;
    white-space: normal;
  }

  #keys {
    padding: 0.25rem 0.5rem;
    margin-right: -0.5rem;
  }

  kbd {
    padding: 0 0.35em;
    border: 1px solid var(--line);
    border-radius: 4px;
    font: inherit;
  }

  .keys span + span,
  .keys span + button {
    margin-left: 0.5em;
  }

  @container (max-width: 899px) {
    main.pretrained,
    main.train {
      --stage-side: min(100%, 34rem);
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
      align-content: start;
      width: min(100%, 34rem);
      margin: 0.5rem auto 0;
    }

    .pretrained gv-stage {
      align-self: auto;
    }

    .train gv-stage,
    gv-points-stage {
      order: -1;
    }

    .train gv-step-diagram {
      order: 1;
    }

    gv-saved-run,
    #problems {
      order: -2;
    }

    footer {
      padding-block: 1.5rem 0.875rem;
    }
  }

  @media (hover: none) {
    .keys {
      display: none;
    }
  }

  @container (max-width: 899px) {
    .keys {
      display: none;
    }
  }
`;
