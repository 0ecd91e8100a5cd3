// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Why the browser keeps nothing for this page, and what to do.

import { msg } from "@lit/localize";
import type { StorageFailure } from "../platform/storage_error";

export function explainStorage(reason: StorageFailure): string {
  switch (reason) {
    case "full":
      return msg("The browser’s storage is full. Delete runs that you no longer need.");
    case "refused":
      return msg(
        "This browser keeps nothing for this page, perhaps because the window is private.",
      );
    case "blocked":
      return msg("Another tab has an earlier version of Ganvas open. Close Ganvas’s other tabs.");
    case "outdated":
      return msg(
        "A newer version of Ganvas has been opened in this browser. Close Ganvas’s other tabs and reload this page.",
      );
  }
}
