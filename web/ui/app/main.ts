// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Entry point of the site: one app that fills the page.

import { AppRoot } from "./app_root";
import { SitePage } from "./site_page";

class SiteApp extends AppRoot {
  /** Made before the app is connected: it says in which language the app begins. */
  readonly #page = new SitePage(this);

  protected override hooks(): SitePage {
    return this.#page;
  }

  /** The site's parameters are those of its address. */
  protected override attributesChanged(): void {}
}

customElements.define("ganvas-app", SiteApp);

// Without an origin there are no workers; startup.js tells.
if (self.origin !== "null") {
  const app = new SiteApp();
  app.setAttribute("assets", "assets/");
  document.body.append(app);
  void app.updateComplete.then(() => document.getElementById("startup")?.remove());
  // Later than anything the page opens with. Without that code the page works as long as there is a network.
  const keep = () =>
    requestAnimationFrame(() =>
      setTimeout(() =>
        import("../offline/keep_site")
          .then((code) => code.keepSite(app, () => app.saveRun()))
          .catch(() => {}),
      ),
    );
  if (import.meta.env.PROD) app.addEventListener("ganvas-ready", keep, { once: true });
}
