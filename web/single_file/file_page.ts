// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page that the app fills when it is one file. It has the one engine that is inside, and nothing to share: a link to
// a file leads nowhere on another computer.

import { SitePage } from "../ui/app/site_page";

export class FilePage extends SitePage {
  override get link(): null {
    return null;
  }

  override get search(): string {
    return new URL(this.href({ tier: "simd", threads: "1" })).search;
  }
}
