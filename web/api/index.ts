// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The public face of the package. `loadGanvas` in a worker or in Node, `connectGanvas` in a page.

export type { PlayOptions, PlayProgress } from "../shared/protocol";
export {
  type ClientOptions,
  ClientSession,
  connectGanvas,
  DataSet,
  GanvasClient,
  type WorkerLike,
} from "./client";
export { type ErrorCode, GanvasError } from "./errors";
export { type Ganvas, loadGanvas } from "./loader";
export { type Digits, loadMnist, type MnistOptions, type MnistProgress } from "./mnist";
export { type Features, probeFeatures } from "./probes";
export { type Inversion, Session } from "./session";
export * from "./types";
