// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements of the package: importing this defines `<ganvas-app>` and `<ganvas-samples>`. On a
// server, which has no elements, it does nothing.

export type {
  GanvasAppElement,
  GanvasEventMap,
  GanvasSamplesElement,
} from "./ui/elements/element_types";

if (typeof HTMLElement !== "undefined") {
  await Promise.all([import("./ui/app/ganvas_app"), import("./ui/samples/ganvas_samples")]);
}
