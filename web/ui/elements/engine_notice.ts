// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Download progress of the engine, or why it failed to load.

import { msg } from "@lit/localize";
import { html } from "lit";
import { formatBytes } from "../platform/format";
import type { AppController } from "../state/app_controller";
import "./load_notice";

/** @param lost what to say when the worker was lost */
export function renderEngineNotice(
  controller: AppController,
  lost: string = msg("Training was interrupted."),
) {
  const { engine } = controller.store.state;
  return html`<gv-load-notice
    .loading=${engine}
    .amount=${formatBytes}
    doing=${msg("Loading the program")}
    failed=${
      engine.status === "failed" && engine.error.code === "worker_lost"
        ? lost
        : msg("The program could not be loaded.")
    }
    @retry=${() => void controller.open()}
  ></gv-load-notice>`;
}
