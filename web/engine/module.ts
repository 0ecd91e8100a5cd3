// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The narrow door to the compiled core: which of its calls we use, typed by the declarations that the
// build generates. A call's failure comes back as a value; `unwrap` throws it.

import { GanvasError } from "./errors";
import type { MainModule } from "./generated/ganvas_module";

type ModuleCall = "createSession" | "checkConfig" | "drawPoints" | "buildInfo" | "maddIsFused";
/** All others take the address of a session first. */
type SessionCall = Exclude<keyof MainModule, ModuleCall | `HEAP${string}`>;

export type GanvasModule = Pick<MainModule, ModuleCall | SessionCall> &
  Pick<ModuleArguments, "PThread">;

/** The calls of one session, without its address. */
export type ModuleSession = {
  readonly [Name in SessionCall]: MainModule[Name] extends (
    session: number,
    ...rest: infer Rest
  ) => infer Outcome
    ? (...rest: Rest) => Outcome
    : never;
};

export function sessionAt(module: GanvasModule, address: number): ModuleSession {
  return new Proxy(module, {
    get: (_, name) => {
      const call = module[name as SessionCall] as (session: number, ...rest: unknown[]) => unknown;
      return (...rest: unknown[]) => call(address, ...rest);
    },
  }) as unknown as ModuleSession;
}

export interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}

/** A browser's worker or Node's. */
export type Thread = Worker | NodeJS.EventEmitter;

/** A module's threads; only the -mt builds have them. */
interface ThreadPool {
  terminateAllThreads(): void;
}

/** What the Emscripten factory takes of us. It makes this object the module. */
export interface ModuleArguments {
  readonly PThread?: ThreadPool;
  readonly poolSize: number;
  readonly newThread?: () => Thread;
  /** A browser's event or Node's error. */
  readonly threadFailed: (failure: ErrorEvent | Error) => void;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => WebAssembly.Exports;
}

export type ModuleFactory<M> = (moduleArguments: ModuleArguments) => Promise<M>;

/** What a module's JavaScript file exports. */
export interface Glue<M> {
  readonly default: ModuleFactory<M>;
  /** The build that it is of. */
  readonly build: string;
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "error" in value;
}

/** The value itself, or its failure thrown as a GanvasError. */
export function unwrap<T>(value: T): Exclude<T, Failure> {
  if (isFailure(value)) throw new GanvasError(value.error.code, value.error.message);
  return value as Exclude<T, Failure>;
}
