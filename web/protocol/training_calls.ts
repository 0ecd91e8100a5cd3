// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page's thread and the training worker say to each other; calls.ts has how.

import type { MnistProgress, MnistSource } from "../engine/mnist";
import type {
  ActivationsOptions,
  Adjustment,
  Config,
  EngineInfo,
  GenerateOptions,
  HalfMetrics,
  Inspection,
  InspectOptions,
  InversionState,
  InvertOptions,
  LatentOptions,
  LayerOptions,
  LayerOutput,
  LoadOptions,
  LoadProgress,
  Metrics,
  PathOptions,
  PlaneOptions,
  PointOptions,
  SampleOptions,
  ScoreOptions,
  SessionConfig,
  SessionState,
} from "../engine/types";
import type { Call, RequestOf, ServerPortOf, ToWorkerOf } from "./calls";

type Bytes = Uint8Array<ArrayBuffer>;
type Floats = Float32Array<ArrayBuffer>;

/** Sessions and data sets stay in the worker; the page holds their numbers. */
export type SessionId = number;
export type DataSetId = number;

export interface PlayOptions {
  /** Sent along when given: the same noise each time, redrawn at most once in `everyMs`. */
  readonly samples?: SampleOptions & { readonly everyMs: number };
  /** Stop by itself after that many steps; default: never. */
  readonly steps?: number;
  /** At most so many steps a second, from 0.1; null or left out: as many as there can be. */
  readonly stepsPerSecond?: number | null;
}

/** What happened since the report before, about thirty times a second while training plays. */
export interface PlayProgress {
  readonly metrics: Metrics;
  /** (count, 784) of PlayOptions.samples, when it was their turn. */
  readonly samples: Float32Array<ArrayBuffer> | null;
  /** Averaged over the last second or so. */
  readonly stepsPerSecond: number;
}

export interface DataSetInfo {
  readonly dataSet: DataSetId;
  readonly examples: number;
  /** The first few images, (n, 784) bytes, to show what is learned from. */
  readonly preview: Bytes;
}

/** Samples of the generator of one step. */
export interface StepSamples {
  readonly step: number;
  /** (count, 784). */
  readonly samples: Float32Array<ArrayBuffer>;
  /** What generating took of the worker's time. */
  readonly ms: number;
}

interface InSession {
  readonly session: SessionId;
}

export interface Calls {
  readonly load: Call<LoadOptions, EngineInfo, LoadProgress>;
  readonly loadMnist: Call<MnistSource, DataSetInfo, MnistProgress>;
  readonly drawPoints: Call<{ readonly name: string } & PointOptions, Floats>;
  readonly dropDataSet: Call<{ readonly dataSet: DataSetId }, null>;
  readonly createSession: Call<{ readonly config: SessionConfig }, SessionId>;
  readonly setData: Call<InSession & { readonly images: Bytes; readonly labels: Bytes }, null>;
  /** Gives the first `examples` of a data set that is in the worker already. */
  readonly useDataSet: Call<
    InSession & { readonly dataSet: DataSetId; readonly examples: number },
    null
  >;
  readonly setPoints: Call<InSession & { readonly points: Floats }, null>;
  readonly train: Call<InSession & { readonly steps: number }, Metrics>;
  readonly advanceHalf: Call<InSession, HalfMetrics>;
  readonly adjust: Call<InSession & { readonly changes: Adjustment }, null>;
  readonly inspect: Call<InSession & { readonly options: InspectOptions }, Inspection>;
  readonly tensor: Call<
    InSession & { readonly name: string; readonly kind: "values" | "gradient" },
    Float32Array<ArrayBuffer>
  >;
  readonly activations: Call<
    InSession & { readonly options: ActivationsOptions },
    Float32Array<ArrayBuffer>
  >;
  /** Answered when training stops, by `pause` or at its last step. */
  readonly play: Call<InSession & { readonly options: PlayOptions }, SessionState, PlayProgress>;
  /** Changes PlayOptions.stepsPerSecond of a session that plays; else it does nothing. */
  readonly pace: Call<InSession & { readonly stepsPerSecond: number | null }, null>;
  readonly pause: Call<InSession, SessionState>;
  readonly sample: Call<InSession & SampleOptions, Float32Array<ArrayBuffer>>;
  readonly drawLatents: Call<InSession & LatentOptions, Floats>;
  readonly latentPath: Call<InSession & PathOptions, Floats>;
  readonly latentPlane: Call<InSession & PlaneOptions, Floats>;
  readonly generate: Call<InSession & GenerateOptions, Floats>;
  readonly score: Call<InSession & ScoreOptions, Floats>;
  readonly saliency: Call<InSession & ScoreOptions, Floats>;
  readonly layerOutputs: Call<InSession & LayerOptions, LayerOutput[]>;
  /** Ends with failure aborted when it is given up, or when another begins in its session. */
  readonly invert: Call<InSession & InvertOptions, InversionState, InversionState>;
  readonly sampleOneStep: Call<
    InSession & { readonly count: number; readonly seed: number },
    StepSamples
  >;
  readonly save: Call<InSession, Bytes>;
  readonly loadBytes: Call<InSession & { readonly bytes: Bytes }, null>;
  readonly config: Call<InSession, Config>;
  readonly state: Call<InSession, SessionState>;
  readonly dispose: Call<InSession, null>;
}

export type CallName = keyof Calls;
export type Params<K extends CallName> = Calls[K]["params"];
export type Result<K extends CallName> = Calls[K]["result"];
export type Progress<K extends CallName> = Calls[K]["progress"];

export type Request = RequestOf<Calls>;
export type ToWorker = ToWorkerOf<Calls>;
export type ServerPort = ServerPortOf<Calls>;
