// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's entry: language and theme first, so that nothing is drawn twice, then the app.

import { msg } from "@lit/localize";
import { readAddress, readEngineOptions } from "./address";
import { App } from "./app";
import { startLocalization } from "./i18n";
import { Lab } from "./lab";
import { startTheme } from "./theme";

startTheme();
const { opening, rest } = readAddress(location.search);
const lab = new Lab(opening, readEngineOptions(location.search));
// The weights and the program need no words to start loading.
const opened = lab.open(takeChanges());
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

/** Settings of the networks are rare in links; what checks them is loaded when there are any. */
async function takeChanges(): Promise<void> {
  if (Object.keys(rest).length === 0) return;
  const { checkChanges } = await import("./hyper_parameters");
  const { changes, problems } = checkChanges(rest, opening.settings.preset);
  lab.store.patch({
    settings: { ...opening.settings, changes },
    problems: [...opening.problems, ...problems],
  });
}
