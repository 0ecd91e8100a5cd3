// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names of the point distributions.

import { msg } from "@lit/localize";
import type { POINT_DISTRIBUTIONS } from "../../engine/types";

export type Distribution = (typeof POINT_DISTRIBUTIONS)[number];

export function nameOf(data: Distribution): string {
  switch (data) {
    case "line":
      return msg("line");
    case "ring":
      return msg("ring");
    case "discs":
      return msg("discs");
    case "spiral":
      return msg("spiral");
    case "swiss_roll":
      return msg("Swiss roll");
  }
}
