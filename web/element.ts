// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements of the package: importing this defines `<ganvas-app>` and `<ganvas-samples>`. On a
// server, which has no elements, it does nothing.

export type { GanvasApp } from "./ui/app/ganvas_app";
export type { GanvasEventMap } from "./ui/elements/events";
export type { GanvasSamples } from "./ui/samples/ganvas_samples";

if (typeof HTMLElement !== "undefined") {
  await Promise.all([import("./ui/app/ganvas_app"), import("./ui/samples/ganvas_samples")]);
}
