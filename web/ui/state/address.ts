// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reads and writes the parameters of a link, or of an element's attributes, which open the same page
// and run: the run
// (`?preset=dcgan&seed=7&examples=1000&g.lr=0.001`, with `pictures=ID` for own ones), its display
// (`?view=train&hide=curves,film&grid=8`), and the engine, for comparisons and debugging
// (`?tier=simd&threads=1`). Values that are not understood are reported as problems and ignored.

import {
  DEFAULT_PRESET,
  defaultSpeed,
  isOfPoints,
  type Preset,
  presetsFor,
} from "../../config/presets";
import type { Changes, Problem, Settings } from "../../config/settings";
import { knownAs, MAX_PICTURES, parseWhole } from "../../config/settings";
import { MAX_EXAMPLES, USUAL_EXAMPLES } from "../../config/supply";
import { type LoadOptions, MAX_THREADS, TIERS } from "../../engine/types";
import { matchLocale } from "../platform/locale_choice";
import type { PageHooks } from "../platform/page_hooks";
import { asTheme } from "../platform/theme_choice";
import { type Opening, PANELS, type Panel, VIEWS, type View } from "./store";

export const GRID_SIDES = [4, 6, 8, 10, 12, 16] as const;
export const MAX_SPEED = 1000;
export const DEFAULT_SETTINGS: Settings = {
  preset: DEFAULT_PRESET,
  seed: 1,
  examples: USUAL_EXAMPLES,
  pictures: null,
  changes: {},
};
/** Parameters that the views read and check themselves. */
const OF_VIEWS = ["model", "z", "digit", "truncation", "tool", "at", "station", "experiment"];

/** Former names of panels, still found in old links. */
const RENAMED_PANELS: Readonly<Record<string, Panel>> = { machine: "diagram" };

/** Parsers of the known parameters; each returns whether it accepts the value. */
type Known = Record<string, (value: string) => boolean>;

/** What they have accepted. */
interface Found {
  preset: Preset;
  seed: number;
  examples: number;
  pictures: Settings["pictures"];
  view: View;
  mode: Opening["mode"];
  grid: number | null;
  /** Undefined: the preset's. */
  speed: number | null | undefined;
  readonly hidden: Set<Panel>;
}

export interface Address {
  readonly opening: Opening;
  /** All other parameters, possibly network settings, unchecked: see hyper_parameters.ts. */
  readonly rest: Changes;
}

export function readAddress(search: string): Address {
  const address = new URLSearchParams(search);
  const isOwn = /^[0-9a-f]{16}$/.test(address.get("pictures") ?? "");
  const found: Found = {
    ...DEFAULT_SETTINGS,
    view: "train",
    mode: "pretrained",
    grid: null,
    speed: undefined,
    hidden: new Set(),
  };
  const known = parsersInto(found, isOwn);
  const problems: Problem[] = [];
  const rest: [string, string][] = [];
  for (const [name, value] of address) {
    if (OF_VIEWS.includes(name)) continue;
    const read = Object.hasOwn(known, name) ? known[name] : undefined;
    if (read === undefined) rest.push([name, value]);
    else if (!read(value)) problems.push({ name, value });
  }
  const { preset, seed, examples, view, mode, grid, speed = defaultSpeed(preset), hidden } = found;
  const pictures = isOfPoints(preset) ? null : found.pictures;
  const settings = { preset, seed, examples, pictures, changes: {} };
  return {
    opening: { settings, view, mode, grid, speed, hidden, problems },
    rest: Object.fromEntries(rest),
  };
}

/** @param isOwn whether the run is on own pictures, which not every preset can learn */
function parsersInto(found: Found, isOwn: boolean): Known {
  const whole =
    (name: "seed" | "examples" | "speed", least: number, most: number) =>
    (value: string): boolean => {
      const number = parseWhole(value, least, most);
      if (number !== null) found[name] = number;
      return number !== null;
    };
  const limit = whole("speed", 1, MAX_SPEED);
  return {
    preset: (value) => {
      const preset = presetsFor(isOwn).find((name) => name === value);
      found.preset = preset ?? found.preset;
      return preset !== undefined;
    },
    seed: whole("seed", 0, Number.MAX_SAFE_INTEGER),
    examples: whole("examples", 1, isOwn ? MAX_PICTURES : MAX_EXAMPLES),
    pictures: (value) => {
      if (isOwn) found.pictures = knownAs(value);
      return isOwn;
    },
    view: (value) => {
      if (value === "train") found.mode = "train";
      found.view = VIEWS.find((name) => name === value) ?? found.view;
      return value === found.view || value === "benchmark";
    },
    grid: (value) => {
      const number = parseWhole(value, 1, 16);
      found.grid = GRID_SIDES.find((side) => side === number) ?? null;
      return found.grid !== null;
    },
    speed: (value) => {
      if (value === "max") found.speed = null;
      return found.speed === null || limit(value);
    },
    hide: (value) => {
      const names = value.split(",").map((name) => RENAMED_PANELS[name] ?? name);
      for (const panel of PANELS) if (names.includes(panel)) found.hidden.add(panel);
      return names.every((name) => PANELS.some((panel) => panel === name));
    },
    lang: (value) => matchLocale(value) !== null,
    theme: (value) => asTheme(value) !== null,
    tier: (value) => value === "auto" || TIERS.some((tier) => tier === value),
    threads: (value) => value === "auto" || readThreads(value) !== null,
  };
}

export function readEngineOptions(search: string): Pick<LoadOptions, "tier" | "threads"> {
  const address = new URLSearchParams(search);
  const tier = TIERS.find((name) => name === address.get("tier")) ?? "auto";
  return { tier, threads: readThreads(address.get("threads")) ?? "auto" };
}

/** Whether this page can have several threads: if not, a link that asks for them opens all the same. */
export function hasThreads(): boolean {
  return typeof SharedArrayBuffer === "function" && globalThis.crossOriginIsolated !== false;
}

function readThreads(text: string | null): number | null {
  return parseWhole(text, 1, hasThreads() ? MAX_THREADS : 1);
}

export function asksForBenchmark(search: string): boolean {
  return new URLSearchParams(search).get("view") === "benchmark";
}

/** Writes a run's settings to the link and removes those of the previous run. */
export function writeSettings(
  page: PageHooks,
  { preset, seed, examples, pictures, changes }: Settings,
): void {
  const { rest } = readAddress(page.search);
  const removed = Object.fromEntries(Object.keys(rest).map((name) => [name, null]));
  const identity = { preset, seed: String(seed), examples: String(examples) };
  page.write({ ...removed, ...identity, pictures: pictures?.id || null, ...changes });
}

/** The value of the link's `view`; null for the view that a bare link opens. */
export function viewParameter({ view, mode }: Pick<Opening, "view" | "mode">): string | null {
  return view === "train" && mode === "pretrained" ? null : view;
}
