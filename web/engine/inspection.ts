// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From what the core says of a run's inside to what a reader wants: layers instead of tensors,
// probabilities instead of logits.

import { GanvasError } from "./errors";
import type { ModuleSession } from "./module";
import { makesProbabilities } from "./objectives";
import { sizeOf } from "./sample_shape";
import type { ActivationsOptions, Config, Flow, Half, LayerSummary, TensorSummary } from "./types";
import { checkedWhole } from "./whole";

const SHOWN_SAMPLES = 16;
/** As of one drawing; the core shows no more than a batch has. */
const MAX_SAMPLES = 65_536;

type Floats = Float32Array<ArrayBuffer>;

/** What the core's networks() writes. */
interface CoreNetwork {
  readonly shapes: readonly (readonly number[])[];
  readonly tensors: readonly CoreTensor[];
}

interface CoreTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly norm: number | null;
  readonly gradient_norm: number | null;
}

/** Where a layer is found in the core. */
export interface LayerPlace {
  readonly network: Half;
  readonly index: number;
  /** The Sigmoid that makes probabilities, which is the losses' in the core, after `index`. */
  readonly sigmoid: boolean;
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

export function shownSamples(options: { readonly samples?: number }): number {
  const { samples = SHOWN_SAMPLES } = options;
  return checkedWhole("samples", samples, 1, MAX_SAMPLES);
}

export function readFlow(core: ModuleSession, config: Config, samples: number): Flow {
  const flow = core.flow(samples);
  const count = flow.realLabels.length;
  const said = (outputs: Floats): Floats | null => {
    if (outputs.length === 0) return null;
    const width = outputs.length / count; // an auxiliary classifier's logits follow the output
    const first = new Float32Array(count).map((_, sample) => outputs[sample * width] ?? 0);
    return makesProbabilities(config.objective) ? first.map(sigmoid) : first;
  };
  const { noise, real, fake, realLabels, fakeLabels } = flow;
  return {
    samples: count,
    noise,
    real,
    fake,
    realLabels,
    fakeLabels,
    dReal: said(flow.dReal),
    dFake: said(flow.dFake),
    dFakeOfG: said(flow.dFakeOfG),
  };
}

function coreNetworks(core: ModuleSession): Record<Half, CoreNetwork> {
  return JSON.parse(core.networks()) as Record<Half, CoreNetwork>;
}

export function readNetworks(core: ModuleSession, config: Config): Record<Half, LayerSummary[]> {
  const networks = coreNetworks(core);
  const layersOf = (network: Half): LayerSummary[] =>
    config[network].layers.map(({ type }, index) => {
      const { shapes, tensors } = networks[network];
      const name = `${network}.${index}`;
      const own = tensors.filter((tensor) => tensor.name.startsWith(`${name}.`)).map(summary);
      // A Sigmoid that is the losses' has the shape of the layer before it.
      const shape = shapes[index] ?? shapes.at(-1) ?? [];
      const parameters = own.reduce((sum, tensor) => sum + sizeOf(tensor.shape), 0);
      const norms = own.length === 0 ? NO_NORMS : normsOf(own);
      return { name, type, shape, parameters, ...norms, tensors: own };
    });
  return { generator: layersOf("generator"), discriminator: layersOf("discriminator") };
}

/** Where a parameter is found in the core. @throws GanvasError not_found */
export function findTensor(core: ModuleSession, name: string): { network: Half; index: number } {
  const networks = coreNetworks(core);
  for (const network of ["generator", "discriminator"] as const) {
    const index = networks[network].tensors.findIndex((tensor) => tensor.name === name);
    if (index !== -1) return { network, index };
  }
  throw new GanvasError("not_found", `There is no parameter "${name}".`);
}

/** @throws GanvasError invalid_argument */
export function findLayer(name: string, config: Config): LayerPlace {
  const [, network, digits] = /^(generator|discriminator)\.(\d+)$/.exec(name) ?? [];
  const index = Number(digits);
  const layers = network === undefined ? [] : config[network as Half].layers;
  if (layers[index] === undefined) {
    throw new GanvasError("invalid_argument", `There is no layer "${name}".`);
  }
  const last = index === layers.length - 1;
  const isTheLosses = network === "discriminator" && last && makesProbabilities(config.objective);
  return {
    network: network as Half,
    index: isTheLosses ? index - 1 : index,
    sigmoid: isTheLosses,
  };
}

/** The group of samples in the core: [real | fake]. */
export function groupOf(of: ActivationsOptions["of"]): number {
  return of === "real" ? 0 : 1;
}

const NO_NORMS = { norm: null, gradientNorm: null };

function normsOf(tensors: readonly TensorSummary[]): { norm: number; gradientNorm: number } {
  return {
    norm: Math.hypot(...tensors.map((tensor) => tensor.norm)),
    gradientNorm: Math.hypot(...tensors.map((tensor) => tensor.gradientNorm)),
  };
}

function summary({ name, shape, norm, gradient_norm }: CoreTensor): TensorSummary {
  return {
    name,
    shape,
    norm: norm ?? Number.NaN,
    gradientNorm: gradient_norm ?? Number.NaN,
  };
}
