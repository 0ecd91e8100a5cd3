// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trained networks as files of other tools. The module that writes them is loaded only when one is
// asked for. It computes nothing and takes milliseconds, so pages need no worker for it.

import { exchangeFiles } from "./exchange_files";
import { startModule } from "./loader";
import { unwrap } from "./module";

export interface ExchangeOptions {
  /** The folder of the engine's files, as for `loadGanvas`. */
  readonly baseUrl?: string;
}

export interface OnnxOptions {
  /** Default "generator". */
  readonly network?: "generator" | "discriminator";
  /** Of the weights; inputs and outputs are always float32. Default "f32". */
  readonly dtype?: "f32" | "f16";
  /**
   * Whether a class-conditional generator takes a weight for each class, so that classes can be
   * mixed, instead of one label. Default false.
   */
  readonly classMix?: boolean;
}

export interface Exchange {
  /**
   * One network as an ONNX file, for ONNX Runtime: the generator with its moving average, if the
   * preset has one, or the discriminator. docs/onnx.md describes inputs and outputs.
   * @param model what `Session.save` returns, or a model that the `ganvas` command exported
   * @throws GanvasError for a file that is no model bad_magic, truncated, malformed, missing_tensor,
   * shape_mismatch, invalid_config; non_finite for weights beyond f16; invalid_argument if the file
   * lacks the network, or the generator takes no classes to mix
   */
  onnx(model: Uint8Array, options?: OnnxOptions): Uint8Array<ArrayBuffer>;
}

/** @throws GanvasError as `loadGanvas` */
export async function loadExchange({ baseUrl }: ExchangeOptions = {}): Promise<Exchange> {
  const module = await startModule(exchangeFiles(baseUrl), 1, () => {});
  return {
    onnx: (model, { network = "generator", dtype = "f32", classMix = false } = {}) =>
      unwrap(module.exportOnnx(model, network === "discriminator", dtype === "f16", classMix)),
  };
}
