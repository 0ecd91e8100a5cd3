// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The site's service worker. It keeps a whole build of the site, so that a tab never mixes two builds
// and works without a network, and isolates the page where the host does not.

import { clientsClaim } from "workbox-core/clientsClaim.js";
import { answer } from "./answer";
import { deleteOldBuilds, keepBuild } from "./kept_files";
import { fileOf } from "./requests";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  // Tabs of the build before find their files in its cache, so that nobody has to wait for them.
  event.waitUntil(keepBuild(event).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(deleteOldBuilds(event)));
clientsClaim();

self.addEventListener("fetch", (event) => {
  const url = fileOf(event.request, self.registration.scope);
  if (url !== null) event.respondWith(answer(event.request, url));
});
