// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A thread of the core. The glue recognises by the worker's name that it is to be one. It is imported
// at run time, so that it stays the one file that the loader imports too; messages that arrive before
// are kept for it.

const early: MessageEvent[] = [];
const keep = (event: MessageEvent): void => void early.push(event);
self.addEventListener("message", keep);

// Inside a list, bundlers leave all exports in the file, as they do for the loader.
Promise.all([import("./modules/ganvas-mt.js")]).then(
  () => {
    self.removeEventListener("message", keep);
    for (const event of early) self.onmessage?.(event);
  },
  // Becomes the worker's error event, which makes the loader try something else.
  (thrown: unknown) =>
    setTimeout(() => {
      throw thrown;
    }),
);
