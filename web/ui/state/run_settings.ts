// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Conversion between the page's settings and the core's config. The code that reads changed
// hyper-parameters is loaded only if there are any.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { firstProblem } from "../../config/problem_place";
import { identityOf } from "../../config/run_identity";
import type { Settings } from "../../config/settings";
import { importPart } from "../../engine/parts";
import type { Config, ConfigProblem, SessionConfig, SessionState } from "../../engine/types";
import type { KeptRun } from "./saved_runs/run_storage";

export async function sessionConfig(settings: Settings): Promise<SessionConfig> {
  const { changes } = settings;
  const identity = identityOf(settings);
  if (Object.keys(changes).length === 0) return identity;
  const { withChanges } = await importPart(() => import("../../config/hyper_parameters"));
  return withChanges(identity, changes);
}

/** A new session and what it is; or why the core does not train these settings. */
type Created =
  | { readonly refusal: ConfigProblem; readonly made: null }
  | {
      readonly refusal: null;
      readonly made: {
        readonly run: ClientSession;
        readonly config: Config;
        readonly state: SessionState;
      };
    };

/** @param kept the run to go on with; null: from step 0 */
export async function createRun(
  client: GanvasClient,
  settings: Settings,
  kept: KeptRun | null,
): Promise<Created> {
  // What is gone on with has its own config, whose pictures may be of another shape.
  const wanted = kept === null ? await sessionConfig(settings) : { preset: settings.preset };
  const refusal = firstProblem(await client.checkConfig(wanted));
  if (refusal !== null) return { refusal, made: null };
  const run = await client.createSession(wanted);
  try {
    if (kept !== null) await run.load(kept.checkpoint);
    const [config, state] = await Promise.all([run.config(), run.state()]);
    return { refusal, made: { run, config, state } };
  } catch (thrown) {
    await run.dispose();
    throw thrown;
  }
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
