// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The benchmark's two tables: speed of each GAN on the engine in use, and of each engine relative
// to the slowest tier.

import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import type { SerializedError } from "../../engine/errors";
import type { Tier } from "../../engine/types";
import { formatFigure } from "../platform/format";
import { describeEngine, describeThreads } from "../words/engine_words";
import {
  COMPARED_PRESETS,
  type Engine,
  gigaflops,
  type MeasuredPreset,
  type Outcomes,
  type Plan,
  sameEngine,
} from "./benchmark";

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding-bottom: 0.5rem;
    text-align: left;
  }

  caption strong {
    display: block;
    font-weight: 600;
  }

  th,
  td {
    padding: 0.3125rem 0;
    border-top: 1px solid var(--line);
    font-weight: inherit;
    text-align: right;
    vertical-align: baseline;
  }

  th:first-child {
    text-align: left;
  }

  thead th {
    border-top-color: transparent;
    white-space: nowrap;
  }

  /* Aligns the columns of both tables. */
  th:not(:first-child) {
    width: 31%;
  }

  td {
    padding-left: 0.75rem;
    white-space: nowrap;
  }

  .used th,
  .used td {
    font-weight: 600;
  }

  .times {
    display: inline-block;
    min-width: 3.125em;
    font-weight: 400;
  }

  @media (max-width: 30rem) {
    th:not(:first-child) {
      width: 28%;
    }

    .times,
    .threads {
      display: block;
      line-height: 1.2;
    }
  }
`;

/** Short enough for a table on a phone. */
function tierName(tier: Tier): string {
  switch (tier) {
    case "relaxed":
      return msg("Relaxed SIMD");
    case "simd":
      return "SIMD";
    case "scalar":
      return msg("No SIMD");
  }
}

/** "SIMD · 2 threads" */
export function shortEngine({ tier, threads }: Engine): string {
  return `${tierName(tier)} · ${describeThreads(threads)}`;
}

/** Why a cell has no figures, in one or two words. */
export function shortReason({ code }: SerializedError): string {
  switch (code) {
    case "tier_unavailable":
      return msg("unavailable");
    case "fetch_failed":
    case "wasm_failed":
    case "csp_blocked":
    case "build_mismatch":
      return msg("not loaded");
    case "worker_lost":
      return msg("worker lost");
    default:
      return msg("failed");
  }
}

export function renderPresets({ inUse, presets }: Plan, outcomes: Outcomes) {
  return html`
    <table id="presets">
      <caption>
        <strong>${msg("Each GAN, on the engine in use")}</strong>
        <span class="small soft">${describeEngine(inUse)}</span>
      </caption>
      <thead class="small soft">
        <tr>
          <th scope="col">GAN</th>
          <th scope="col">${msg("Steps/s")}</th>
          <th scope="col">GFLOP/s</th>
        </tr>
      </thead>
      <tbody>
        ${presets.map((preset) => {
          const figures = outcomes.figures(inUse, preset);
          return html`
            <tr data-row=${preset} data-flops=${figures?.flopsPerStep ?? nothing}>
              <th scope="row">${preset}</th>
              ${
                figures === null
                  ? renderMissing(outcomes, inUse, preset, 2)
                  : html`<td>${formatFigure(figures.stepsPerSecond)}</td>
                      <td>${formatFigure(gigaflops(figures))}</td>`
              }
            </tr>
          `;
        })}
      </tbody>
    </table>
  `;
}

export function renderEngines({ inUse, engines }: Plan, outcomes: Outcomes) {
  const [plainest = inUse] = engines;
  const isInUse = (engine: Engine): boolean => sameEngine(engine, inUse);
  return html`
    <table id="engines">
      <caption>
        <strong>${msg("Speedup from SIMD and threads")}</strong>
        <span class="small soft">
          ${msg("Steps/s, and the speedup over no SIMD")}
        </span>
      </caption>
      <thead class="small soft">
        <tr>
          <th scope="col">${msg("Engine")}</th>
          ${COMPARED_PRESETS.map((preset) => html`<th scope="col">${preset}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${engines.map(
          (engine) => html`
            <tr class=${isInUse(engine) ? "used" : ""} data-row="${engine.tier} ${engine.threads}">
              <th scope="row">
                ${tierName(engine.tier)}
                ${
                  engine.threads === 1
                    ? nothing
                    : html`<span class="threads small soft">${describeThreads(engine.threads)}</span>`
                }
                ${isInUse(engine) ? html`<span class="unseen">${msg("in use")}</span>` : nothing}
              </th>
              ${COMPARED_PRESETS.map((preset) => {
                const figures = outcomes.figures(engine, preset);
                if (figures === null) return renderMissing(outcomes, engine, preset, 1);
                const least = outcomes.figures(plainest, preset);
                const times =
                  least === null
                    ? ""
                    : `×${formatFigure(figures.stepsPerSecond / least.stepsPerSecond)}`;
                return html`<td>
                  ${formatFigure(figures.stepsPerSecond)}
                  <span class="times small soft">${times}</span>
                </td>`;
              })}
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/** Placeholder for missing figures: pending, or the reason. */
function renderMissing(
  outcomes: Outcomes,
  engine: Engine,
  preset: MeasuredPreset,
  columns: number,
) {
  const outcome = outcomes.get(engine, preset);
  switch (outcome.status) {
    case "failed":
      return html`<td class="small soft" colspan=${columns} title=${outcome.error.message}>
        ${shortReason(outcome.error)}
      </td>`;
    default: {
      const mark = outcome.status === "measuring" ? "…" : "–";
      return html`${Array.from({ length: columns }, () => html`<td class="soft">${mark}</td>`)}`;
    }
  }
}
