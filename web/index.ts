// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The public face of the package. `loadGanvas` in a worker or in Node, `connectGanvas` in a page.

export { connectJudge, JudgeClient, type JudgeClientOptions } from "./client/judge_client";
export * from "./client/quality_watch";
export {
  type ClientOptions,
  ClientSession,
  connectGanvas,
  DataSet,
  GanvasClient,
} from "./client/training_client";
export type { WorkerLike } from "./client/worker_channel";
export { type ErrorCode, GanvasError } from "./engine/errors";
export * from "./engine/judge";
export { type Ganvas, loadGanvas } from "./engine/loader";
export { type Digits, loadMnist, type MnistOptions, type MnistProgress } from "./engine/mnist";
export { type Features, probeFeatures } from "./engine/probes";
export { type Inversion, Session } from "./engine/session";
export * from "./engine/types";
export type { PlayOptions, PlayProgress, StepSamples } from "./protocol/training_calls";
