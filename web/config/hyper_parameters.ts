// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// All editable hyper-parameters, from the core's description, by their names in a link. Configs are
// flattened into names and texts; changed texts are merged back into a config.

import { NETWORK_FIELDS } from "../engine/generated/description/network_fields";
import { OPTIMIZERS } from "../engine/generated/description/optimizers";
import { RUN_FIELDS } from "../engine/generated/description/run_fields";
import type {
  Config,
  LayerConfig,
  NetworkConfig,
  OptimizerConfig,
  OptimizerType,
  SessionConfig,
} from "../engine/types";
import { POINT_DISTRIBUTIONS } from "../engine/types";
import { accepts, type Field, type NumberField, parseNumber } from "./fields";
import { parseLayers, printLayers } from "./layer_text";
import { parsePoints } from "./point_text";
import { isOfPoints, type Preset } from "./presets";
import type { Changes, Problem } from "./settings";

export type Spec =
  | NumberField
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  | { readonly kind: "layers" }
  | { readonly kind: "points" };

export interface HyperParameter {
  /** As in a link, such as "batch_size" or "g.lr". */
  readonly name: string;
  readonly spec: Spec;
  /** Whether a change applies to the run in progress or needs a new run. */
  readonly when: "now" | "reset";
}

export const NETWORKS = ["g", "d"] as const;
export type NetworkName = (typeof NETWORKS)[number];
/** The networks' keys in a config. */
export const NETWORK_KEYS = { g: "generator", d: "discriminator" } as const;

type Fields = Readonly<Record<string, Field>>;

/** Fields of a run that are not hyper-parameters. */
const IDENTITY = ["seed", "examples", "classes"];

function parametersOf(fields: Fields): HyperParameter[] {
  return Object.entries(fields).flatMap(([name, field]): HyperParameter[] => {
    const spec = specOf(field);
    return spec === null
      ? []
      : [{ name, spec, when: field.changes === "at_once" ? "now" : "reset" }];
  });
}

/** Null if the page has no input for the field. */
function specOf(field: Field): Spec | null {
  switch (field.kind) {
    case "whole":
    case "real":
      return field;
    case "flag":
      return { kind: "choice", choices: [String(field.default), String(!field.default)] };
    case "choice":
      return { kind: "choice", choices: field.choices };
    case "text":
    case "shape":
      return null;
  }
}

export const RUN_PARAMETERS: readonly HyperParameter[] = parametersOf(RUN_FIELDS).filter(
  ({ name }) => !IDENTITY.includes(name),
);

/** Only for runs on points: their distribution, or "drawn". */
export const DATA_PARAMETER: HyperParameter = {
  name: "data",
  spec: { kind: "choice", choices: [...POINT_DISTRIBUTIONS, "drawn"] },
  when: "reset",
};
const POINT_PARAMETERS: readonly HyperParameter[] = [
  DATA_PARAMETER,
  { name: "points", spec: { kind: "points" }, when: "reset" },
];

const OPTIMIZER_PARAMETERS = parametersOf(
  Object.assign({}, ...Object.values<Fields>(OPTIMIZERS)) as Fields,
);

export const NETWORK_PARAMETERS: readonly HyperParameter[] = [
  { name: "optimizer", spec: { kind: "choice", choices: Object.keys(OPTIMIZERS) }, when: "reset" },
  ...OPTIMIZER_PARAMETERS,
  ...parametersOf(NETWORK_FIELDS),
  { name: "layers", spec: { kind: "layers" }, when: "reset" },
];

/** The optimiser's fields; none if it does not exist. */
export function optimizerFields(optimizer: string): Fields {
  return Object.hasOwn(OPTIMIZERS, optimizer) ? OPTIMIZERS[optimizer as OptimizerType] : {};
}

/** @param name without its network prefix, e.g. "lr" */
export function isOfOptimizer(name: string): boolean {
  return OPTIMIZER_PARAMETERS.some((parameter) => parameter.name === name);
}

/** Whether a network with this optimiser has the setting. */
export function hasSetting(optimizer: string, name: string): boolean {
  return !isOfOptimizer(name) || Object.hasOwn(optimizerFields(optimizer), name);
}

const ALL: ReadonlyMap<string, HyperParameter> = new Map(
  [
    ...RUN_PARAMETERS,
    ...POINT_PARAMETERS,
    ...NETWORKS.flatMap((network) =>
      NETWORK_PARAMETERS.map((parameter) => ({
        ...parameter,
        name: `${network}.${parameter.name}`,
      })),
    ),
  ].map((parameter) => [parameter.name, parameter]),
);

function isOfData(parameter: HyperParameter): boolean {
  return POINT_PARAMETERS.includes(parameter);
}

export function findParameter(name: string): HyperParameter | undefined {
  return ALL.get(name);
}

/** The text in its normal form; null if it is not a valid value. */
export function normalize({ spec }: HyperParameter, text: string): string | null {
  switch (spec.kind) {
    case "whole":
    case "real": {
      const value = parseNumber(text);
      return accepts(spec, value) ? String(value) : null;
    }
    case "choice":
      return spec.choices.includes(text) ? text : null;
    case "layers": {
      const layers = parseLayers(text);
      return layers === null ? null : printLayers(layers);
    }
    case "points":
      return parsePoints(text) === null ? null : text;
  }
}

/** Splits a link's parameters into valid changes and problems. */
export function checkChanges(
  requested: Changes,
  preset: Preset,
): { changes: Changes; problems: Problem[] } {
  const changes: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(requested)) {
    const parameter = findParameter(name);
    const known = parameter !== undefined && (isOfPoints(preset) || !isOfData(parameter));
    const text = known ? normalize(parameter, value) : null;
    if (text === null) problems.push({ name, value });
    else changes[name] = text;
  }
  for (const network of NETWORKS) {
    const optimizer = changes[`${network}.optimizer`] ?? "adam"; // the optimiser of all presets
    for (const { name } of OPTIMIZER_PARAMETERS) {
      const key = `${network}.${name}`;
      const value = changes[key];
      if (value === undefined || hasSetting(optimizer, name)) continue;
      problems.push({ name: key, value });
      delete changes[key];
    }
  }
  // Drawn points are used unless another distribution is given; "drawn" needs points.
  const { data, points } = changes;
  if (points !== undefined && data === undefined) changes["data"] = "drawn";
  if (points === undefined && data === "drawn") {
    problems.push({ name: "data", value: data });
    delete changes["data"];
  }
  return { changes, problems };
}

/** A config as texts by name, without settings that its optimisers do not have. */
export function flatten(config: Config): Changes {
  const flat: Record<string, string> = {};
  for (const { name } of RUN_PARAMETERS) flat[name] = String(config[name as keyof Config]);
  if (config.data !== "images") flat["data"] = config.data;
  for (const network of NETWORKS) {
    const { layers, optimizer, init, updates } = config[NETWORK_KEYS[network]];
    const values: Record<string, unknown> = { ...optimizer, init, updates };
    values["optimizer"] = optimizer.type;
    values["layers"] = printLayers(layers);
    for (const { name } of NETWORK_PARAMETERS) {
      if (values[name] !== undefined) flat[`${network}.${name}`] = String(values[name]);
    }
  }
  return flat;
}

/** The values of `flat` that differ from the preset's. */
export function differences(flat: Changes, preset: Changes): Changes {
  return Object.fromEntries(Object.entries(flat).filter(([name, text]) => preset[name] !== text));
}

/**
 * The changes that a run has. It was given `changes`, but it can have been restored to a state before
 * some of them. Null if it has them all.
 * @param run the run's current config
 * @param preset the preset's config
 */
export function adjustedChanges(changes: Changes, run: Config, preset: Config): Changes | null {
  const [now, defaults] = [flatten(run), flatten(preset)];
  const adjusted: Record<string, string> = { ...changes };
  for (const [name, text] of Object.entries(now)) {
    if (findParameter(name)?.when !== "now" || text === (changes[name] ?? defaults[name])) continue;
    // The settings of an optimiser that is not the preset's are always listed.
    const listed = `${name.slice(0, 1)}.optimizer` in changes && isOfOptimizer(name.slice(2));
    if (text === defaults[name] && !listed) delete adjusted[name];
    else adjusted[name] = text;
  }
  const names = new Set([...Object.keys(changes), ...Object.keys(adjusted)]);
  return [...names].some((name) => changes[name] !== adjusted[name]) ? adjusted : null;
}

/** A session's config with changes that `checkChanges` has accepted. */
export function withChanges(identity: SessionConfig, changes: Changes): SessionConfig {
  const run: Record<string, unknown> = { ...identity };
  for (const parameter of [...RUN_PARAMETERS, DATA_PARAMETER]) {
    const text = changes[parameter.name];
    if (text !== undefined) run[parameter.name] = parsed(parameter, text);
  }
  for (const network of NETWORKS) {
    const override = networkOverride(network, changes);
    if (Object.keys(override).length > 0) run[NETWORK_KEYS[network]] = override;
  }
  return run as unknown as SessionConfig;
}

type Override = Partial<Omit<NetworkConfig, "optimizer">> & {
  optimizer?: Partial<OptimizerConfig>;
};

function networkOverride(network: NetworkName, changes: Changes): Override {
  const override: Record<string, unknown> = {};
  const optimizer: Record<string, unknown> = {};
  for (const parameter of NETWORK_PARAMETERS) {
    const text = changes[`${network}.${parameter.name}`];
    if (text === undefined) continue;
    const value = parsed(parameter, text);
    if (parameter.name === "optimizer") optimizer["type"] = value;
    else if (OPTIMIZER_PARAMETERS.includes(parameter)) optimizer[parameter.name] = value;
    else override[parameter.name] = value;
  }
  if (Object.keys(optimizer).length > 0) override["optimizer"] = optimizer;
  return override;
}

function parsed({ spec }: HyperParameter, text: string): number | string | boolean | LayerConfig[] {
  switch (spec.kind) {
    case "whole":
    case "real":
      return Number(text);
    case "choice":
      return text === "true" || text === "false" ? text === "true" : text;
    case "layers":
      return parseLayers(text) ?? [];
    case "points":
      return text;
  }
}
