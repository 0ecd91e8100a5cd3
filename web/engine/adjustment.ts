// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What an Adjustment asks for, as the four numbers that the core takes: an adjustment may come from a
// form or a message, and anything in it that cannot change is an error, not ignored.

import { GanvasError } from "./errors";
import type { Adjustment, Config } from "./types";

/** In the order of the core's adjust(). */
const ADJUSTABLE: readonly string[] = [
  "generator.optimizer.lr",
  "discriminator.optimizer.lr",
  "label_smoothing",
  "instance_noise",
];

type Four = [number, number, number, number];

/** The config's values, changed. @throws GanvasError invalid_config naming the key */
export function adjustedValues(config: Config, changes: Adjustment): Four {
  const values: Four = [
    config.generator.optimizer.lr,
    config.discriminator.optimizer.lr,
    config.label_smoothing,
    config.instance_noise,
  ];
  for (const [path, value] of leaves("", changes)) {
    const index = ADJUSTABLE.indexOf(path);
    if (index === -1) {
      const line = `${path} cannot change during a run; what can is ${ADJUSTABLE.join(", ")}.`;
      throw new GanvasError("invalid_config", line);
    }
    if (typeof value !== "number") {
      throw new GanvasError("invalid_config", `${path} must be a number.`);
    }
    values[index] = value;
  }
  return values;
}

/** Every value that is no object, with its keys joined by dots; what is undefined is left out. */
function leaves(prefix: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, part]) =>
    leaves(prefix === "" ? key : `${prefix}.${key}`, part),
  );
}
