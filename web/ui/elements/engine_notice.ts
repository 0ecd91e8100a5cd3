// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Download progress of the engine, or why it failed to load.

import { msg } from "@lit/localize";
import { html } from "lit";
import { formatBytes } from "../platform/format";
import type { AppController } from "../state/app_controller";
import "./load_notice";

export function renderEngineNotice(controller: AppController) {
  const { engine } = controller.store.state;
  return html`<gv-load-notice
    .loading=${engine}
    .amount=${formatBytes}
    doing=${msg("Loading the program")}
    failed=${
      engine.status === "failed" && engine.error.code === "worker_lost"
        ? msg("Training was interrupted.")
        : msg("The program could not be loaded.")
    }
    @retry=${() => void controller.open()}
  ></gv-load-notice>`;
}
