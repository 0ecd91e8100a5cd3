// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The state of the Explore view and its form in a link:
// `?view=explore&tool=plane&model=dcgan&z=7&digit=3&truncation=0.8&at=0.25,0.6`. `z` is the seed
// that latents are drawn from; `at` is the tool's position, as numbers that each tool defines.

import { type Problem, parseWhole } from "../../config/settings";
import { PRETRAINED } from "../../config/supply";
import type { ModelName } from "../state/models";

export const TOOLS = ["plane", "path", "digit", "variety", "axes", "draw"] as const;
export type Tool = (typeof TOOLS)[number];

export interface Choice {
  readonly tool: Tool;
  readonly model: ModelName;
  /** Seed of the latents. */
  readonly latent: number;
  /** The class to draw; models with fewer classes take the last one. */
  readonly digit: number;
  readonly truncation: number;
  /** Position of each tool; missing tools are at their start. */
  readonly at: Partial<Readonly<Record<Tool, readonly number[]>>>;
}

export const DEFAULT_CHOICE: Choice = {
  tool: "plane",
  model: "conditional",
  latent: 1,
  digit: 3,
  truncation: 1,
  at: {},
};

const MAX_LATENT_SEED = 2 ** 32 - 1;
const MAX_CLASS = 99;
const MAX_PLACES = 1024;

/** The choice in the address, and the parameters that are invalid. */
export function readChoice(search: string): { choice: Choice; problems: Problem[] } {
  const address = new URLSearchParams(search);
  const problems: Problem[] = [];
  function read<T>(name: string, parse: (text: string) => T | null, otherwise: T): T {
    const text = address.get(name);
    if (text === null) return otherwise;
    const value = parse(text);
    if (value === null) problems.push({ name, value: text });
    return value ?? otherwise;
  }
  const { tool: first, model, latent, digit, truncation } = DEFAULT_CHOICE;
  const tool = read("tool", (text) => TOOLS.find((name) => name === text) ?? null, first);
  const at = read<readonly number[] | null>("at", parseNumbers, null);
  return {
    choice: {
      tool,
      model: read<ModelName>("model", parseModel, model),
      latent: read("z", (text) => parseWhole(text, 0, MAX_LATENT_SEED), latent),
      digit: read("digit", (text) => parseWhole(text, 0, MAX_CLASS), digit),
      truncation: read("truncation", parseShare, truncation),
      at: at === null ? {} : { [tool]: at },
    },
    problems,
  };
}

/** Link parameters for a choice; null for defaults. */
export function choiceParameters(choice: Choice): Record<string, string | null> {
  const unless = <T extends string | number>(value: T, usual: T): string | null =>
    value === usual ? null : String(value);
  const at = choice.at[choice.tool] ?? [];
  return {
    tool: choice.tool,
    model: unless(choice.model, DEFAULT_CHOICE.model),
    z: unless(choice.latent, DEFAULT_CHOICE.latent),
    digit: unless(choice.digit, DEFAULT_CHOICE.digit),
    truncation: unless(choice.truncation, DEFAULT_CHOICE.truncation),
    at: at.length === 0 ? null : at.map(asInLinks).join(","),
  };
}

/** Rounded as in links, so that a link leads to exactly the same place. */
export function asInLinks(value: number): number {
  return Number(value.toFixed(4));
}

/** A run or file exists only on one device; links to them open the default model. */
function parseModel(text: string): ModelName | null {
  if (text === "run" || text === "file") return DEFAULT_CHOICE.model;
  return PRETRAINED.find((name) => name === text) ?? null;
}

function parseShare(text: string): number | null {
  const [share, ...more] = parseNumbers(text) ?? [];
  return share === undefined || more.length > 0 || share < 0 || share > 1 ? null : share;
}

function parseNumbers(text: string): number[] | null {
  const words = text.split(",");
  const numbers = words.map(Number);
  const plain = words.every((word) => /^-?\d{1,9}(\.\d{1,9})?$/.test(word));
  return plain && words.length <= MAX_PLACES ? numbers : null;
}
