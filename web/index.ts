// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The public face of the package. `loadGanvas` in a worker or in Node, `connectGanvas` in a page.

export type { WorkerLike } from "./calls/channel";
export {
  connectJudge,
  connectPictureJudge,
  type JudgeClient,
  type JudgeClientOptions,
  type PictureJudgeClient,
  type PictureJudgeClientOptions,
} from "./client/judge_client";
export { type PictureReadingOptions, readPictures } from "./client/pictures_client";
export * from "./client/quality_watch";
export * from "./client/training_client";
export {
  type CoreErrorCode,
  type ErrorCode,
  GanvasError,
  type HostErrorCode,
  type SerializedError,
} from "./engine/errors";
export * from "./engine/exchange";
export type * from "./engine/exploration";
export * from "./engine/judge";
export { type Ganvas, loadGanvas } from "./engine/loader";
export { type Digits, loadMnist, type MnistOptions, type MnistProgress } from "./engine/mnist";
export {
  type Compared,
  type JudgedPictures,
  loadPictureJudge,
  type NearestPictures,
  PictureJudge,
  type PictureQuality,
  type PictureVerdict,
} from "./engine/picture_judge";
export type * from "./engine/pictures";
export { type Features, probeFeatures } from "./engine/probes";
export { type Inversion, Session } from "./engine/session";
export * from "./engine/types";
