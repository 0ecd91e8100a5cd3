// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `<gv-benchmark-dialog>`: measures how fast this device trains, in separate workers, while the
// page's run is paused. Opens when rendered and emits `close` when it can be removed.

import { msg, str } from "@lit/localize";
import { css, html, nothing } from "lit";
import { connectGanvas } from "../../client/training_client";
import { type Features, probeFeatures } from "../../engine/probes";
import { AppElement } from "../elements/app_element";
import { baseStyles } from "../elements/base_styles";
import { dialogStyles } from "../elements/dialog_styles";
import { closeIcon } from "../elements/icons";
import { openModal } from "../elements/modal";
import { formatCount, formatFigure } from "../platform/format";
import { isIsolatedNextTime } from "../platform/isolation";
import { viewParameter } from "../state/address";
import { describeFallback } from "../words/fallback_words";
import {
  type Cell,
  type Engine,
  Outcomes,
  type Plan,
  planBenchmark,
  runBenchmark,
} from "./benchmark";
import { writeReport } from "./benchmark_report";
import {
  renderEngines,
  renderPresets,
  shortEngine,
  shortReason,
  tableStyles,
} from "./benchmark_tables";
import "../elements/load_notice";

/** Measuring plus overhead, rounded up. */
const SECONDS_A_CELL = 2;

export class BenchmarkDialog extends AppElement {
  static override properties = { note: { state: true } };

  static override styles = [
    baseStyles,
    dialogStyles,
    tableStyles,
    css`
      dialog {
        width: min(33rem, calc(100vw - 2rem));
        padding-bottom: 0;
        overscroll-behavior: contain;
      }

      .content {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }

      /* Always visible, however low the window is. */
      .foot {
        position: sticky;
        bottom: 0;
        display: grid;
        gap: 0.75rem;
        padding-bottom: 1.5rem;
        background: var(--surface);
      }

      .progress {
        display: grid;
        align-items: end;
        min-height: 2.375rem;
      }

      .buttons {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 0.5rem;
      }

      @media (max-width: 30rem) {
        dialog {
          padding-inline: 1.125rem;
        }

        .buttons button {
          padding-inline: 0.5rem;
        }
      }
    `,
  ];

  /** The most recent event. */
  declare note: "ready" | "running" | "finished" | "stopped" | "copied" | "not_copied";
  #features: Features | null = null;
  #isolatedNextTime: boolean | null = null;
  #plan: Plan | null = null;
  #outcomes = new Outcomes();
  #measuring: Cell | null = null;
  #aborter: AbortController | null = null;
  /** Settles once the page's run has paused. */
  #rest: Promise<void> | null = null;
  #pausing = false;

  constructor() {
    super();
    this.note = "ready";
  }

  /** The first render depends on the engine's features. */
  protected override async scheduleUpdate(): Promise<unknown> {
    this.#features ??= await probeFeatures();
    // In another page it is that page's matter.
    const isSite = this.controller.page.link !== null;
    this.#isolatedNextTime ??= isSite && (await isIsolatedNextTime());
    return super.scheduleUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#aborter?.abort();
  }

  override firstUpdated(): void {
    this.controller.page.write({ view: "benchmark" });
    openModal(this.#dialog);
  }

  /** Pauses a run that is playing, or that starts playing once its digits have arrived. */
  override updated(): void {
    const { training } = this.controller;
    if (training === null || !this.state.playing || this.#pausing || !this.#dialog?.open) return;
    this.#pausing = true;
    this.#rest = training.pause().finally(() => {
      this.#pausing = false;
    });
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  override render() {
    const plan = this.#makePlan();
    if (plan === null) return nothing;
    const canCopy = this.note !== "ready" && this.note !== "running";
    return html`
      <dialog aria-labelledby="title" @close=${this.#closed}>
        <div class="content">
          <div class="title">
            <span id="title">${msg("Benchmark this device")}</span>
            <button type="button" class="quiet" aria-label=${msg("Close")}
              @click=${() => this.#dialog?.close()}>${closeIcon}</button>
          </div>
          ${this.#renderFallback()}
          ${renderPresets(plan, this.#outcomes)}
          ${plan.engines.length === 1 ? nothing : renderEngines(plan, this.#outcomes)}
          <div class="foot">
            <div class="progress">
              ${this.#renderProgress(plan)}
              <p class="small soft" role="status">${this.#describeNote(plan)}</p>
            </div>
            <div class="buttons">
              <button id="start" class="primary" autofocus @click=${this.#startOrStop}>
                ${this.#describeStart()}
              </button>
              <button id="copy" ?disabled=${!canCopy} @click=${() => void this.#copy(plan)}>
                ${msg("Copy results")}
              </button>
            </div>
          </div>
        </div>
      </dialog>
    `;
  }

  #renderFallback() {
    const { engine } = this.state;
    const isolatedNextTime = this.#isolatedNextTime ?? false;
    const reasons =
      engine.status === "ready" ? describeFallback(engine.value, isolatedNextTime) : "";
    return reasons === "" ? nothing : html`<p id="fallback" class="small soft">${reasons}</p>`;
  }

  /** Computed once, since the page's engine can be lost while the dialog is open. */
  #makePlan(): Plan | null {
    const { engine } = this.state;
    if (this.#plan === null && this.#features !== null && engine.status === "ready") {
      this.#plan = planBenchmark(engine.value, this.#features);
    }
    return this.#plan;
  }

  #renderProgress({ cells }: Plan) {
    const cell = this.#measuring;
    if (this.note !== "running" || cell === null) return nothing;
    const { preset } = cell;
    const engine = shortEngine(cell.engine);
    const loading = { status: "loading", done: cells.indexOf(cell), all: cells.length } as const;
    return html`<gv-load-notice .loading=${loading} .amount=${formatCount}
      doing=${msg(str`Measuring ${preset}: ${engine}`)}></gv-load-notice>`;
  }

  #describeNote({ cells }: Plan): string {
    switch (this.note) {
      case "ready": {
        const seconds = formatCount(cells.length * SECONDS_A_CELL);
        return msg(str`Takes about ${seconds} seconds. Training on this page is paused meanwhile.`);
      }
      case "running":
        return "";
      case "finished":
        return msg("The benchmark is finished.");
      case "stopped":
        return msg("The benchmark was stopped.");
      case "copied":
        return msg("Copied as a Markdown table.");
      case "not_copied":
        return msg("The browser did not allow copying.");
    }
  }

  #describeStart(): string {
    if (this.note === "ready") return msg("Start");
    return this.note === "running" ? msg("Stop") : msg("Start again");
  }

  readonly #startOrStop = (): void => {
    if (this.#aborter === null) void this.#run();
    else this.#aborter.abort();
  };

  async #run(): Promise<void> {
    const { cells } = this.#makePlan() ?? { cells: [] };
    const aborter = new AbortController();
    this.#aborter = aborter;
    this.#outcomes = new Outcomes();
    this.note = "running";
    await this.#rest;
    await runBenchmark(cells, {
      connect: (engine: Engine) => connectGanvas({ ...this.controller.engine, ...engine }),
      now: () => performance.now(),
      signal: aborter.signal,
      report: (cell, outcome) => {
        this.#outcomes.set(cell, outcome);
        this.#measuring = cell;
        this.requestUpdate();
      },
    });
    this.#aborter = null;
    this.#measuring = null;
    this.note = aborter.signal.aborted ? "stopped" : "finished";
  }

  async #copy(plan: Plan): Promise<void> {
    const { hardwareConcurrency, userAgent } = navigator;
    const text = writeReport(plan, this.#outcomes, userAgent, {
      engine: msg("Engine"),
      stepsPerSecond: msg("Steps/s"),
      cores:
        hardwareConcurrency === 1
          ? msg("1 core")
          : msg(str`${formatCount(hardwareConcurrency)} cores`),
      describe: shortEngine,
      reason: shortReason,
      figure: formatFigure,
    });
    try {
      await navigator.clipboard.writeText(text);
      this.note = "copied";
    } catch {
      this.note = "not_copied"; // no permission, or no clipboard without https
    }
  }

  readonly #closed = (): void => {
    this.#aborter?.abort();
    this.controller.page.write({ view: viewParameter(this.state) });
    this.dispatchEvent(new Event("close"));
    if (this.#rest !== null) void this.#rest.then(() => this.controller.training?.play());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "gv-benchmark-dialog": BenchmarkDialog;
  }
}

customElements.define("gv-benchmark-dialog", BenchmarkDialog);
