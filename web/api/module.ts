// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The narrow door between Embind's loosely typed module and the rest: the calls that we use, with
// the shapes that src/wasm promises. A call's failure comes back as a value; `unwrap` throws it.

import { GanvasError } from "./errors";
import type { Metrics, SessionState } from "./types";

export interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

export interface ModuleSession {
  setData(images: Uint8Array, labels: Uint8Array): null | Failure;
  train(steps: number): Metrics | Failure;
  sample(count: number, seed: number): Float32Array<ArrayBuffer> | Failure;
  save(): Uint8Array<ArrayBuffer> | Failure;
  load(bytes: Uint8Array): null | Failure;
  config(): string;
  state(): SessionState;
  delete(): void;
}

export interface BuildInfo {
  readonly tier: string;
  readonly fma: boolean;
  readonly threads: boolean;
  readonly version: string;
}

export interface GanvasModule {
  createSession(configJson: string, threads: number): ModuleSession | Failure;
  buildInfo(): BuildInfo;
  maddIsFused(): boolean;
}

/** What the Emscripten factory takes of us. */
export interface ModuleArguments {
  readonly poolSize: number;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => WebAssembly.Exports;
}

export type ModuleFactory = (moduleArguments: ModuleArguments) => Promise<GanvasModule>;

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "error" in value;
}

/** The value itself, or its failure thrown as a GanvasError. */
export function unwrap<T>(value: T | Failure): T {
  if (isFailure(value)) throw new GanvasError(value.error.code, value.error.message);
  return value;
}
