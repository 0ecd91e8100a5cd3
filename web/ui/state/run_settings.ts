// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Settings as the core takes them, and as a run in training has them. Changes of hyper-parameters are
// rare, so what reads them is loaded when there are any.

import type { Preset } from "../../config/presets";
import type { Settings } from "../../config/settings";
import type { Config, SessionConfig } from "../../engine/types";

export async function sessionConfig(settings: Settings): Promise<SessionConfig> {
  const { preset, seed, examples, changes } = settings;
  const identity: SessionConfig & { preset: Preset } = { preset, seed, examples };
  if (Object.keys(changes).length === 0) return identity;
  const { withChanges } = await import("../../config/hyper_parameters");
  return withChanges(identity, changes);
}

/**
 * The settings of a run that may have gone back to before some of the changes of `shown`; null if it
 * has them all.
 * @param run the run's own config
 * @param preset the config without any change
 */
export async function settingsOfRun(
  shown: Settings,
  run: Config,
  preset: Config,
): Promise<Settings | null> {
  const { adjustedChanges } = await import("../../config/hyper_parameters");
  const changes = adjustedChanges(shown.changes, run, preset);
  return changes === null ? null : { ...shown, changes };
}
