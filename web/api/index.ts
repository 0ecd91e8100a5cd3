// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The public face of the package. `loadGanvas` in a worker or in Node, `connectGanvas` in a page.

export type { PlayOptions, PlayProgress, StepSamples } from "../shared/protocol";
export {
  type ClientOptions,
  ClientSession,
  connectGanvas,
  DataSet,
  GanvasClient,
} from "./client";
export { type ErrorCode, GanvasError } from "./errors";
export * from "./judge";
export { connectJudge, JudgeClient, type JudgeClientOptions } from "./judge_client";
export type { WorkerLike } from "./link";
export { type Ganvas, loadGanvas } from "./loader";
export { type Digits, loadMnist, type MnistOptions, type MnistProgress } from "./mnist";
export { type Features, probeFeatures } from "./probes";
export * from "./quality_watch";
export { type Inversion, Session } from "./session";
export * from "./types";
