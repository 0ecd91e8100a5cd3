// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Registers the site's service worker, which keeps the site for when there is no network, and tells what
// comes of it.

import type { RootElement } from "../elements/root_element";
import { isOutdated } from "../platform/outdated";
import { cssColor, onThemeChange } from "../platform/theme";
import { followBuilds } from "./follow_builds";
import { Notices } from "./notices";

const SCRIPT = "service_worker.js";

/**
 * @param app the site's app, for its colours
 * @param saveRun called before a new build takes the place of this one
 */
export async function keepSite(app: RootElement, saveRun: () => Promise<void>): Promise<void> {
  colorTitleBar(app);
  // A frame is only a guest: the browser would keep a copy for each page that shows the site.
  if (navigator.serviceWorker === undefined || self !== top) return;
  const workers = navigator.serviceWorker;
  const notices = new Notices(saveRun);
  const before = await findRegistration();
  const registration = before ?? (await workers.register(SCRIPT));
  await workers.ready;
  // The app's, which may still be on its way.
  notices.lang = app.lang;
  document.body.append(notices);
  await notices.updateComplete;
  if (before === null) void notices.open("kept");

  const lookAround = async (): Promise<void> => {
    if (await isOutdated()) void notices.open("update");
  };
  workers.addEventListener("controllerchange", () => void lookAround());
  await lookAround();

  const followNetwork = (): void => {
    if (navigator.onLine) notices.close("offline");
    else if (workers.controller !== null) void notices.open("offline");
  };
  window.addEventListener("online", followNetwork);
  window.addEventListener("offline", followNetwork);
  followNetwork();

  await followBuilds(registration, SCRIPT);
}

/** Registering anew would wait for the browser's search for a new build. */
async function findRegistration(): Promise<ServiceWorkerRegistration | null> {
  const found = await navigator.serviceWorker.getRegistration();
  // Another site of this origin may have the whole of it.
  const isOurs = found?.scope === new URL("./", location.href).href && found.active !== null;
  return isOurs ? found : null;
}

/** The title bar of an installed app has the page's colour. */
function colorTitleBar(app: RootElement): void {
  const meta = document.createElement("meta");
  meta.name = "theme-color";
  document.head.append(meta);
  const paint = (): void => {
    meta.content = cssColor(app, "--page");
  };
  paint();
  onThemeChange(paint);
}
