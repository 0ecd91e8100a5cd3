// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Entry point of the page as one file: the site's app, with the files that the loader took out of the document.

import { GanvasApp } from "../ui/app/ganvas_app";
import { FilePage } from "./file_page";
import { INSIDE, serveFiles } from "./files";

serveFiles(globalThis.ganvasFiles);
document.getElementById("opening")?.remove();
const app = new GanvasApp();
app.setAttribute("assets", INSIDE);
app.page = new FilePage(app);
document.body.append(app);
