// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between the page's settings and the core's config. The code that reads changed
// hyper-parameters is loaded only if there are any.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { identityOf } from "../../config/run_identity";
import type { Settings } from "../../config/settings";
import { importPart } from "../../engine/parts";
import type { Config, SessionConfig } from "../../engine/types";

export async function sessionConfig(settings: Settings): Promise<SessionConfig> {
  const { changes } = settings;
  const identity = identityOf(settings);
  if (Object.keys(changes).length === 0) return identity;
  const { withChanges } = await importPart(() => import("../../config/hyper_parameters"));
  return withChanges(identity, changes);
}

/** The complete config for these settings. */
export async function configOf(client: GanvasClient, settings: Settings): Promise<Config> {
  const session = await client.createSession(await sessionConfig(settings));
  const config = await session.config();
  await session.dispose();
  return config;
}

/**
 * The settings of a run that may have been restored to before some of the changes in `shown`; null if
 * it has them all.
 */
export async function settingsOfRun(
  client: GanvasClient,
  run: ClientSession,
  shown: Settings,
): Promise<Settings | null> {
  const preset = await configOf(client, { ...shown, changes: {} });
  const { adjustedChanges } = await importPart(() => import("../../config/hyper_parameters"));
  const changes = adjustedChanges(shown.changes, await run.config(), preset);
  return changes === null ? null : { ...shown, changes };
}
