// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The headers that isolate the page: the preview server sends them, and the service worker adds them
// where a host sends none.

/** Enables SharedArrayBuffer, and with it threads. Worker scripts need it, too. */
export const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** An isolated page may frame the site, too. */
export const SHARING = { "Cross-Origin-Resource-Policy": "cross-origin" };
