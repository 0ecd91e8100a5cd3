// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Entry point of the page as one file: the site's app, with the files that the loader took out of the document.

import { AppRoot } from "../ui/app/app_root";
import { FilePage } from "./file_page";
import { INSIDE, serveFiles } from "./files";

class FileApp extends AppRoot {
  /** Made before the app is connected: it says in which language the app begins. */
  readonly #page = new FilePage(this);

  protected override hooks(): FilePage {
    return this.#page;
  }

  /** Its parameters are those of its address. */
  protected override attributesChanged(): void {}
}

customElements.define("ganvas-app", FileApp);

serveFiles(globalThis.ganvasFiles);
document.getElementById("opening")?.remove();
const app = new FileApp();
app.setAttribute("assets", INSIDE);
document.body.append(app);
