// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Settings while they are typed: texts that may be wrong, beside the preset that they start from.

import type { Adjustment, Config, LayerConfig } from "../engine/types";
import {
  differences,
  findParameter,
  flatten,
  hasSetting,
  isOfOptimizer,
  NETWORKS,
  type NetworkName,
  normalize,
} from "./hyper_parameters";
import { parseLayers, printLayers } from "./layer_text";
import { type ShapedNetwork, shapeDiscriminator, shapeGenerator } from "./network_shapes";
import type { Preset } from "./presets";
import { type Changes, MAX_EXAMPLES, parseWhole, type Settings } from "./settings";

export interface Draft {
  readonly preset: Preset;
  readonly seed: string;
  readonly examples: string;
  /** The preset's own config, and the same as texts. */
  readonly config: Config;
  readonly defaults: Changes;
  /** As typed, by name; layers stand in `layers`. */
  readonly texts: Changes;
  readonly layers: Readonly<Record<NetworkName, readonly LayerConfig[]>>;
}

/** @param whole the config that the settings stand for; null when the core refuses them */
export function startDraft(settings: Settings, config: Config, whole: Config | null): Draft {
  const defaults = flatten(config);
  const { points } = settings.changes;
  const texts: Changes = {
    ...(whole === null ? { ...defaults, ...settings.changes } : flatten(whole)),
    ...(points === undefined ? {} : { points }), // which no config holds
  };
  const layers = (network: NetworkName) => parseLayers(texts[`${network}.layers`] ?? "") ?? [];
  return {
    preset: settings.preset,
    seed: String(settings.seed),
    examples: String(settings.examples),
    config,
    defaults,
    texts,
    layers: { g: layers("g"), d: layers("d") },
  };
}

/** Names of the settings that apply and whose text is no value of theirs. */
export function wrongNames(draft: Draft): ReadonlySet<string> {
  const wrong = new Set<string>();
  if (parseWhole(draft.seed, 0, Number.MAX_SAFE_INTEGER) === null) wrong.add("seed");
  if (parseWhole(draft.examples, 1, MAX_EXAMPLES) === null) wrong.add("examples");
  for (const [name, text] of Object.entries(draft.texts)) {
    const parameter = findParameter(name);
    if (!applies(draft, name) || parameter === undefined || parameter.spec.kind === "layers") {
      continue;
    }
    if (normalize(parameter, text) === null) wrong.add(name);
  }
  return wrong;
}

/** Whether the chosen optimiser has the setting. */
function applies({ texts }: Draft, name: string): boolean {
  const network = NETWORKS.find((key) => name.startsWith(`${key}.`));
  return network === undefined || hasSetting(texts[`${network}.optimizer`] ?? "", name.slice(2));
}

export function shapeDraft(draft: Draft): Readonly<Record<NetworkName, ShapedNetwork>> {
  const { config, texts, layers } = draft;
  const told = {
    ...config,
    latent_size: Number(texts["latent_size"]),
    objective: texts["objective"] as Config["objective"],
    auxiliary_classifier: texts["auxiliary_classifier"] === "true",
    gradient_penalty: Number(texts["gradient_penalty"]),
    r1: Number(texts["r1"]),
  };
  return { g: shapeGenerator(told, layers.g), d: shapeDiscriminator(told, layers.d) };
}

/** What the draft stands for, or null while something is wrong. */
export function finish(draft: Draft): Settings | null {
  const { g, d } = shapeDraft(draft);
  if (wrongNames(draft).size > 0 || g.misfit !== null || d.misfit !== null) return null;
  const flat: Record<string, string> = {};
  for (const [name, text] of Object.entries(draft.texts)) {
    const parameter = findParameter(name);
    if (parameter === undefined || !applies(draft, name)) continue;
    const network = NETWORKS.find((key) => name === `${key}.layers`);
    const value = network ? printLayers(draft.layers[network]) : normalize(parameter, text);
    if (value !== null) flat[name] = value;
  }
  return {
    preset: draft.preset,
    seed: parseWhole(draft.seed, 0, Number.MAX_SAFE_INTEGER) ?? 0,
    examples: parseWhole(draft.examples, 1, MAX_EXAMPLES) ?? 1,
    changes: differences(flat, comparable(draft)),
  };
}

/** What a run of the settings takes at once. */
export function adjustmentTo({ texts }: Draft): Adjustment {
  const value = (name: string): number => Number(texts[name]);
  return {
    label_smoothing: value("label_smoothing"),
    instance_noise: value("instance_noise"),
    generator: { optimizer: { lr: value("g.lr") } },
    discriminator: { optimizer: { lr: value("d.lr") } },
  };
}

/** Another kind of optimiser keeps nothing of the preset's, so all of its settings are told. */
function comparable({ defaults, texts }: Draft): Changes {
  const kept = Object.entries(defaults).filter(([name]) => {
    const network = NETWORKS.find((key) => name.startsWith(`${key}.`));
    const optimizer = `${network}.optimizer`;
    const same = texts[optimizer] === defaults[optimizer];
    return network === undefined || same || !isOfOptimizer(name.slice(2));
  });
  return Object.fromEntries(kept);
}

/** The draft with another kind of optimiser, and with what that one is told at first. */
export function withOptimizer(draft: Draft, network: NetworkName, optimizer: string): Draft {
  const first = Object.fromEntries(
    Object.entries(FIRST_TEXTS).map(([name, text]) => [`${network}.${name}`, text]),
  );
  const texts = { ...first, ...draft.texts, [`${network}.optimizer`]: optimizer };
  return { ...draft, texts };
}

/** As torch.optim has them. */
const FIRST_TEXTS = { beta1: "0.9", beta2: "0.999", momentum: "0", alpha: "0.99", eps: "1e-8" };

/** Whether a run of `before` can go on with `after`: only what applies at once is otherwise. */
export function canGoOn(before: Settings, after: Settings): boolean {
  const same = (["preset", "seed", "examples"] as const).every((key) => before[key] === after[key]);
  const names = new Set([...Object.keys(before.changes), ...Object.keys(after.changes)]);
  const changed = [...names].filter((name) => before.changes[name] !== after.changes[name]);
  return same && changed.length > 0 && changed.every((name) => findParameter(name)?.when === "now");
}
