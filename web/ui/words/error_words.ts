// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Explanations of errors: what happened and, where possible, what to do.

import { msg } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";

/** The cause in one sentence of the page's language. */
export function explain({ code }: SerializedError): string {
  switch (code) {
    case "fetch_failed":
      return msg("The file could not be downloaded; the connection or the server may be down.");
    case "reload_needed":
      return msg("If trying again does not help, reload the page.");
    case "tier_unavailable":
      return msg("This browser cannot run the requested engine.");
    case "wasm_failed":
      return msg("The program was downloaded, but it could not be started.");
    case "csp_blocked":
      return msg(
        "This page’s Content-Security-Policy forbids WebAssembly: its script-src needs 'wasm-unsafe-eval'.",
      );
    case "build_mismatch":
      return msg("The page and the program are of different versions; reload the page.");
    case "bad_magic":
    case "truncated":
    case "malformed":
    case "checksum_mismatch":
    case "shape_mismatch":
    case "missing_tensor":
      return msg("The file is damaged or incomplete.");
    case "no_image":
      return msg("It does not generate square pictures, grey or in colour.");
    case "invalid_config":
      return msg("These settings do not work together; change them in the settings drawer.");
    case "out_of_memory":
      return msg("There is not enough memory; a smaller batch or smaller layers need less.");
    case "invalid_argument":
      return msg("A value is not valid. Check the settings, or those in the link.");
    case "not_found":
      return msg("There is no model of this name.");
    case "worker_lost":
      return msg(
        "A thread of this page stopped: the browser may have ended it to save memory, or part of its code did not load.",
      );
    case "non_finite":
      return msg(
        "This run has diverged: its networks or optimisers hold values that are no longer finite. A lower learning rate may help.",
      );
    default:
      return msg("Something unexpected went wrong. Reload the page.");
  }
}
