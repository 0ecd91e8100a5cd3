// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The two optimisers: their settings, with one variable where both networks share a value, and the
// lines that create them.

import { OPTIMIZERS } from "../engine/generated/description/optimizers";
import type { Config, OptimizerConfig } from "../engine/types";
import { call, printFloat, printNumber, printTuple } from "./python";

/** A hyper-parameter of the script: name and value as Python source. */
export type Setting = readonly [name: string, value: string];

export interface Optimizers {
  readonly settings: readonly Setting[];
  /** Lines that create the optimisers and their learning rate schedules. */
  readonly lines: readonly string[];
}

/** Values by PyTorch's argument names. */
type Settings = ReadonlyMap<string, string>;

const CLASSES = { adam: "Adam", sgd: "SGD", rmsprop: "RMSprop" } as const;

export function writeOptimizers({ generator, discriminator }: Config): Optimizers {
  const gen = settingsOf(generator.optimizer);
  const disc = settingsOf(discriminator.optimizer);
  const settings = [...new Set([...gen.keys(), ...disc.keys()])].flatMap((name): Setting[] => {
    const [ofGen, ofDisc] = [gen.get(name), disc.get(name)];
    if (ofGen !== undefined && ofGen === ofDisc) return [[name, ofGen]];
    return [
      ...(ofGen === undefined ? [] : [[`${name}_gen`, ofGen] as const]),
      ...(ofDisc === undefined ? [] : [[`${name}_disc`, ofDisc] as const]),
    ];
  });
  const variables = new Set(settings.map(([variable]) => variable));
  const named = (own: Settings, of: string): Settings =>
    new Map([...own.keys()].map((name) => [name, variables.has(name) ? name : `${name}_${of}`]));
  const names = { gen: named(gen, "gen"), disc: named(disc, "disc") };
  const lines = [
    ...makeOptimizer("gen", generator.optimizer, names.gen),
    ...makeOptimizer("disc", discriminator.optimizer, names.disc),
    ...makeSchedule("gen", names.gen),
    ...makeSchedule("disc", names.disc),
  ];
  return { settings, lines };
}

/** The learning rate, and whatever differs from the defaults (the core's are PyTorch's). */
function settingsOf(optimizer: OptimizerConfig): Settings {
  const settings = new Map([["lr", printNumber(optimizer.lr)]]);
  const fields: Readonly<Record<string, { readonly default: unknown }>> =
    OPTIMIZERS[optimizer.type];
  for (const [name, value] of Object.entries(optimizer)) {
    const field = fields[name];
    if (field === undefined || name === "lr" || value === field.default) continue;
    if (optimizer.type === "adam" && name.startsWith("beta")) {
      const betas = [optimizer.beta1, optimizer.beta2];
      settings.set("betas", printTuple(betas.map(printFloat)));
    } else {
      settings.set(name, printNumber(Number(value)));
    }
  }
  return settings;
}

function makeOptimizer(of: "gen" | "disc", { type }: OptimizerConfig, names: Settings): string[] {
  const passed = [...names].filter(([name]) => name !== "lr_decay_steps");
  const settings = passed.map(([name, variable]) => `${name}=${variable}`);
  return call(`opt_${of} = torch.optim.${CLASSES[type]}`, [`${of}.parameters()`, ...settings]);
}

/** Linear decay of the learning rate to 0. */
function makeSchedule(of: "gen" | "disc", names: Settings): string[] {
  const steps = names.get("lr_decay_steps");
  if (steps === undefined) return [];
  const args = [`opt_${of}`, "1.0", "0.0", `total_iters=${steps}`];
  return call(`schedule_${of} = LinearLR`, args);
}
