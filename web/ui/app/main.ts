// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Entry point of the page: sets language and theme before anything is drawn, then starts the app.

import { msg } from "@lit/localize";
import { startLocalization } from "../platform/i18n";
import { startTheme } from "../platform/theme";
import { readAddress, readEngineOptions } from "../state/address";
import { AppController } from "../state/app_controller";
import { App } from "./app";

startTheme();
const { opening, rest } = readAddress(location.search);
const controller = new AppController(opening, readEngineOptions(location.search));
// Starts the downloads before the language has loaded.
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

/** Few links change network settings, so the code that checks them is loaded only for those. */
async function takeChanges(): Promise<void> {
  if (Object.keys(rest).length === 0) return;
  const { checkChanges } = await import("../../config/hyper_parameters");
  const { changes, problems } = checkChanges(rest, opening.settings.preset);
  controller.store.patch({
    settings: { ...opening.settings, changes },
    problems: [...opening.problems, ...problems],
  });
}
