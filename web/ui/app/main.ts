// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Entry point of the site: one app that fills the page.

import { GanvasApp } from "./ganvas_app";
import { SitePage } from "./site_page";

// Without an origin there are no workers; sandbox.js says so.
if (self.origin !== "null") {
  const app = new GanvasApp();
  app.setAttribute("assets", "assets/");
  app.page = new SitePage(app);
  document.body.append(app);
}
