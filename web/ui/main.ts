// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's entry: language and theme first, so that nothing is drawn twice, then the app.

import { msg } from "@lit/localize";
import { readEngineOptions, readSettings } from "./address";
import { App } from "./app";
import { startLocalization } from "./i18n";
import { Lab } from "./lab";
import { startTheme } from "./theme";

startTheme();
const lab = new Lab(readSettings(location.search), readEngineOptions(location.search));
// The weights and the program need no words to start loading.
const opened = lab.open();
await startLocalization();

const app = new App();
app.lab = lab;
const title = (): void => {
  document.title = msg("Ganvas: train a GAN in this tab");
};
title();
window.addEventListener("lit-localize-status", title);
document.body.append(app);
await opened;
