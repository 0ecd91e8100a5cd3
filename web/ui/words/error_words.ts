// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Failures in words: what did not work, why as far as a code can tell, and a way on.

import { msg } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";

/** Why, in one sentence of the reader's language. */
export function explain({ code }: SerializedError): string {
  switch (code) {
    case "fetch_failed":
      return msg("The file could not be fetched: the connection or the server may be down.");
    case "tier_unavailable":
      return msg("What is asked for cannot run in this browser.");
    case "wasm_failed":
      return msg("The file arrived, but it is not the program it should be.");
    case "bad_magic":
    case "truncated":
    case "malformed":
    case "shape_mismatch":
    case "missing_tensor":
      return msg("The file arrived damaged or incomplete.");
    case "invalid_config":
      return msg("These settings do not fit together; others in the drawer may.");
    case "worker_lost":
      return msg("The browser stopped the training thread, perhaps to save memory.");
    case "non_finite":
      return msg(
        "A loss or a weight is no longer a number: this run has diverged. A lower learning rate may help.",
      );
    default:
      return msg("Something unexpected went wrong.");
  }
}
