// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a config says of a run besides its hyper-parameters: the preset, made for the run's pictures.

import type { SessionConfig } from "../engine/types";
import { isConditional } from "./presets";
import type { Settings } from "./settings";

export function identityOf({
  preset,
  seed,
  examples,
  pictures,
}: Omit<Settings, "changes">): SessionConfig {
  const identity = { preset, seed, examples };
  if (pictures === null) return identity;
  const { id, channels, side, classes, classNames } = pictures;
  // As the command, which gives classes only to a preset that takes them.
  const labelled = classes > 0 && isConditional(preset);
  return {
    ...identity,
    pictures: id,
    sample_shape: [channels, side, side],
    classes: labelled ? classes : 0,
    ...(labelled && classNames.length > 0 && { class_names: classNames }),
  };
}
