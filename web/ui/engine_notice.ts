// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// In the place of what the core would draw: how far its download is, or why there is none.

import { msg } from "@lit/localize";
import { html } from "lit";
import { formatBytes } from "./format";
import type { Lab } from "./lab";
import "./load_notice";

export function renderEngineNotice(lab: Lab) {
  const { engine } = lab.store.state;
  return html`<gv-load-notice
    .loading=${engine}
    .amount=${formatBytes}
    doing=${msg("Loading the program")}
    failed=${
      engine.status === "failed" && engine.error.code === "worker_lost"
        ? msg("Training was cut short.")
        : msg("The program could not be loaded.")
    }
    @retry=${() => void lab.open()}
  ></gv-load-notice>`;
}
