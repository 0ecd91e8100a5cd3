// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The elements and their events as the pages around them see them: the types of the package's
// element.d.ts, without the library that the elements are made with.

import type { ClientSession } from "../../client/training_client";
import type { SerializedError } from "../../engine/errors";
import type { EngineInfo } from "../../engine/types";
import type { Numbers } from "../state/store";

/** A parameter's attribute; null without one. */
export type Parameter = string | number | null;

/** `<ganvas-app>`: the whole app. */
export interface GanvasAppElement extends HTMLElement {
  preset: Parameter;
  seed: Parameter;
  examples: Parameter;
  /** `train`, `explore` or `learn`; without it, pretrained digits. */
  view: Parameter;
  /** Parts to leave out, such as `diagram,film`. */
  hide: Parameter;
  grid: Parameter;
  speed: Parameter;
  theme: Parameter;
  tier: Parameter;
  threads: Parameter;
  model: Parameter;
  tool: Parameter;
  z: Parameter;
  digit: Parameter;
  truncation: Parameter;
  at: Parameter;
  station: Parameter;
  experiment: Parameter;
  /** The folder with mnist/ and models/. Default: the document's. */
  assets: Parameter;
  /** The folder with the engine's files. Default: where the package or the bundler has them. */
  engine: Parameter;
  /** The run's session; null until there is a run. */
  readonly session: ClientSession | null;
  /** Metrics of the latest step; null before the first. */
  readonly metrics: Numbers | null;
  /** Trains, from the start if there is no run yet. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Takes one step, the first one if there is no run yet. */
  step(): Promise<void>;
  /** Back to step 0. */
  reset(): Promise<void>;
}

/** `<ganvas-samples>`: samples of a trained generator. */
export interface GanvasSamplesElement extends HTMLElement {
  /** Name of a pretrained model, or the address of a safetensors file that Ganvas wrote, plain or gzipped. */
  model: string | null;
  /** Default: 4. */
  rows: string | number | null;
  /** Default: 10; a conditional model draws one digit per column. */
  columns: string | number | null;
  /** Default: 1. */
  seed: string | number | null;
  /** The folder with models/. Default: the document's. */
  assets: string | null;
  /** The folder with the engine's files. Default: where the package or the bundler has them. */
  engine: string | null;
}

export interface GanvasEventMap {
  /** The engine runs, and what the element shows first is there. */
  "ganvas-ready": CustomEvent<EngineInfo>;
  /** Training went on: metrics of the latest step, at most once per frame. */
  "ganvas-step": CustomEvent<Numbers>;
  /** Something failed; `text` says so in the language of the page, `message` in English. */
  "ganvas-error": CustomEvent<SerializedError & { readonly text: string }>;
}

declare global {
  interface HTMLElementEventMap extends GanvasEventMap {}

  interface HTMLElementTagNameMap {
    "ganvas-app": GanvasAppElement;
    "ganvas-samples": GanvasSamplesElement;
  }
}
