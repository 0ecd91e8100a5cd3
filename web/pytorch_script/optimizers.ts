// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The two optimisers: their settings, with one variable where both networks share a value, and the
// lines that create them.

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

/** The learning rate, and whatever differs from PyTorch's defaults. */
function settingsOf(optimizer: OptimizerConfig): Settings {
  const { lr, weight_decay, lr_decay_steps } = optimizer;
  const settings = new Map([["lr", printNumber(lr)]]);
  const add = (name: string, value: number, byDefault: number): void => {
    if (value !== byDefault) settings.set(name, printNumber(value));
  };
  switch (optimizer.type) {
    case "adam": {
      const betas = [optimizer.beta1, optimizer.beta2];
      if (betas.join() !== "0.9,0.999") settings.set("betas", printTuple(betas.map(printFloat)));
      add("eps", optimizer.eps, 1e-8);
      break;
    }
    case "sgd":
      add("momentum", optimizer.momentum, 0);
      break;
    case "rmsprop":
      add("alpha", optimizer.alpha, 0.99);
      add("eps", optimizer.eps, 1e-8);
      break;
  }
  add("weight_decay", weight_decay, 0);
  add("lr_decay_steps", lr_decay_steps, 0);
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
