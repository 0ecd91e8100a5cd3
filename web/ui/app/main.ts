// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page's entry: language and theme first, so that nothing is drawn twice, then the app.

import { msg } from "@lit/localize";
import { startLocalization } from "../platform/i18n";
import { startTheme } from "../platform/theme";
import { readAddress, readEngineOptions } from "../state/address";
import { AppController } from "../state/app_controller";
import { App } from "./app";

startTheme();
const { opening, rest } = readAddress(location.search);
const controller = new AppController(opening, readEngineOptions(location.search));
// The weights and the program need no words to start loading.
const opened = controller.open(takeChanges());
await startLocalization();

const app = new App();
app.controller = controller;
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
  const { checkChanges } = await import("../../config/hyper_parameters");
  const { changes, problems } = checkChanges(rest, opening.settings.preset);
  controller.store.patch({
    settings: { ...opening.settings, changes },
    problems: [...opening.problems, ...problems],
  });
}
