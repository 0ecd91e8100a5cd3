// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Settings while they are edited: the preset they start from, and texts that can be invalid.

import { PRESET_CONFIGS } from "../engine/generated/description/preset_configs";
import type { Adjustment, Config, LayerConfig, SessionConfig } from "../engine/types";
import {
  differences,
  findParameter,
  flatten,
  hasSetting,
  isOfOptimizer,
  NETWORKS,
  type NetworkName,
  normalize,
  optimizerFields,
  withChanges,
} from "./hyper_parameters";
import { parseLayers, printLayers } from "./layer_text";
import type { Preset } from "./presets";
import { identityOf } from "./run_identity";
import {
  type Changes,
  MAX_PICTURES,
  type PictureFacts,
  parseWhole,
  type Settings,
} from "./settings";
import { MAX_EXAMPLES } from "./supply";

export interface Draft {
  readonly preset: Preset;
  readonly seed: string;
  readonly examples: string;
  readonly pictures: PictureFacts | null;
  /** The preset's config for these pictures, and its values as texts. */
  readonly config: Config;
  readonly defaults: Changes;
  /** As typed, by name; the layers are in `layers`. */
  readonly texts: Changes;
  readonly layers: Readonly<Record<NetworkName, readonly LayerConfig[]>>;
}

const CONFIGS: Readonly<Record<Preset, Config>> = PRESET_CONFIGS;

/** @param config the preset's, for the settings' pictures; those for digits are known */
export function startDraft(settings: Settings, config = CONFIGS[settings.preset]): Draft {
  const { preset, seed, examples, pictures, changes } = settings;
  const defaults = flatten(config);
  const texts: Changes = { ...defaults, ...otherOptimizers(defaults, changes), ...changes };
  const layers = (network: NetworkName) => parseLayers(texts[`${network}.layers`] ?? "") ?? [];
  return {
    preset,
    seed: String(seed),
    examples: String(examples),
    pictures,
    config,
    defaults,
    texts,
    layers: { g: layers("g"), d: layers("d") },
  };
}

/** Defaults of optimisers that are not the preset's; the core uses the same. */
function otherOptimizers(defaults: Changes, changes: Changes): Changes {
  return Object.assign(
    {},
    ...NETWORKS.map((network) => {
      const optimizer = changes[`${network}.optimizer`];
      const same = optimizer === undefined || optimizer === defaults[`${network}.optimizer`];
      return same ? {} : optimizerDefaults(network, optimizer);
    }),
  ) as Changes;
}

function optimizerDefaults(network: NetworkName, optimizer: string): Changes {
  const fields = Object.entries(optimizerFields(optimizer));
  return Object.fromEntries(
    fields.map(([name, field]) => [`${network}.${name}`, String(field.default)]),
  );
}

/** How many examples there are; of pictures that are not on this device, there may be any number. */
export function mostExamples({ pictures }: Pick<Draft, "pictures">): number {
  return pictures === null ? MAX_EXAMPLES : pictures.count || MAX_PICTURES;
}

/** Settings with what is typed of the draft's seed and number of examples, where that is valid. */
export function withTyped(settings: Settings, { seed, examples }: Draft): Settings {
  return {
    ...settings,
    seed: parseWhole(seed, 0, Number.MAX_SAFE_INTEGER) ?? settings.seed,
    examples: parseWhole(examples, 1, mostExamples(settings)) ?? settings.examples,
  };
}

/** Names of the settings that apply and have an invalid text. */
export function invalidNames(draft: Draft): ReadonlySet<string> {
  const invalid = new Set<string>();
  if (parseWhole(draft.seed, 0, Number.MAX_SAFE_INTEGER) === null) invalid.add("seed");
  if (parseWhole(draft.examples, 1, mostExamples(draft)) === null) invalid.add("examples");
  for (const [name, text] of Object.entries(draft.texts)) {
    const parameter = findParameter(name);
    if (!applies(draft, name) || parameter === undefined || parameter.spec.kind === "layers") {
      continue;
    }
    if (normalize(parameter, text) === null) invalid.add(name);
  }
  return invalid;
}

/** Whether the selected optimiser has the setting; true for all other settings. */
function applies({ texts }: Draft, name: string): boolean {
  const network = NETWORKS.find((key) => name.startsWith(`${key}.`));
  return network === undefined || hasSetting(texts[`${network}.optimizer`] ?? "", name.slice(2));
}

/** The draft as settings, without any check; invalid texts are passed on unchanged. */
function settingsOf(draft: Draft): Settings {
  const flat: Record<string, string> = {};
  for (const [name, text] of Object.entries(draft.texts)) {
    const parameter = findParameter(name);
    if (parameter === undefined || !applies(draft, name)) continue;
    const network = NETWORKS.find((key) => name === `${key}.layers`);
    flat[name] = network
      ? printLayers(draft.layers[network])
      : (normalize(parameter, text) ?? text);
  }
  return {
    preset: draft.preset,
    seed: parseWhole(draft.seed, 0, Number.MAX_SAFE_INTEGER) ?? 0,
    examples: parseWhole(draft.examples, 1, mostExamples(draft)) ?? 1,
    pictures: draft.pictures,
    changes: differences(flat, comparable(draft)),
  };
}

/** The draft as settings; null if a text is invalid. Only the core knows whether it can be built. */
export function finish(draft: Draft): Settings | null {
  return invalidNames(draft).size > 0 ? null : settingsOf(draft);
}

/** The draft's config, for the core to check. */
export function configOf(draft: Draft): SessionConfig {
  const settings = settingsOf(draft);
  const { layers } = draft;
  const config = withChanges(identityOf(settings), settings.changes);
  return {
    ...config,
    generator: { ...config.generator, layers: layers.g },
    discriminator: { ...config.discriminator, layers: layers.d },
  };
}

/** The settings that a run in progress can take. */
export function adjustmentTo({ texts }: Draft): Adjustment {
  const value = (name: string): number => Number(texts[name]);
  return {
    label_smoothing: value("label_smoothing"),
    instance_noise: value("instance_noise"),
    generator: { optimizer: { lr: value("g.lr") } },
    discriminator: { optimizer: { lr: value("d.lr") } },
  };
}

/** The preset's values, without those of optimisers that were replaced: all of their settings are listed. */
function comparable({ defaults, texts }: Draft): Changes {
  const kept = Object.entries(defaults).filter(([name]) => {
    const network = NETWORKS.find((key) => name.startsWith(`${key}.`));
    const optimizer = `${network}.optimizer`;
    const same = texts[optimizer] === defaults[optimizer];
    return network === undefined || same || !isOfOptimizer(name.slice(2));
  });
  return Object.fromEntries(kept);
}

/** Selects an optimiser; settings that the draft does not have yet get that optimiser's defaults. */
export function withOptimizer(draft: Draft, network: NetworkName, optimizer: string): Draft {
  const name = `${network}.optimizer`;
  const texts = {
    ...optimizerDefaults(network, optimizer),
    ...draft.texts,
    [name]: optimizer,
  };
  return { ...draft, texts };
}

/**
 * Whether a run of `before` can continue with `after`: all differences can be applied to it.
 * @param config the preset's
 */
export function canContinue(before: Settings, after: Settings, config: Config): boolean {
  const same =
    (["preset", "seed", "examples"] as const).every((key) => before[key] === after[key]) &&
    before.pictures?.id === after.pictures?.id;
  // In the drawer's form: a link can leave out the defaults of an optimiser that is not the preset's.
  const old = settingsOf(startDraft(before, config)).changes;
  const names = new Set([...Object.keys(old), ...Object.keys(after.changes)]);
  const changed = [...names].filter((name) => old[name] !== after.changes[name]);
  return same && changed.length > 0 && changed.every((name) => findParameter(name)?.when === "now");
}
