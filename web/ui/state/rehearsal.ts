// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gets ready for Train while the opening is looked at: the digits are in the worker, and some steps of
// a run that nobody sees make the browser optimise the core's loops, which takes it about a second of
// training. Not where data is metered or saved. What fails here fails again, and is reported, when it
// is needed.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { isOfPoints } from "../../config/presets";
import { sessionConfig } from "./run_settings";
import type { Store } from "./store";
import type { TrainingDigits } from "./training_digits";

/** Browsers optimise code after some dozen calls. */
const STEPS = 64;
/** The opening's own samples come first. */
const WAIT_MS = 300;

/** Chromium's; other browsers do not tell. */
interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
}

/** @param loadTraining loads the code that trains, and gives the digits of this page */
export async function rehearse(
  store: Store,
  client: GanvasClient,
  loadTraining: () => Promise<TrainingDigits>,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const { settings } = store.state;
  if (isDataDear() || isOver(store) || isOfPoints(settings.preset) || settings.pictures) return;
  try {
    const digits = await loadTraining();
    if (isOver(store)) return;
    const data = await digits.provideAhead(client, settings.examples);
    if (isOver(store)) return;
    const run = await client.createSession(await sessionConfig(settings));
    try {
      await run.useDataSet(data, settings.examples);
      await playBriefly(store, run);
    } finally {
      await run.dispose();
    }
  } catch {
    // See above.
  }
}

async function playBriefly(store: Store, run: ClientSession): Promise<void> {
  const unsubscribe = store.subscribe(() => {
    if (isOver(store)) run.pause().catch(() => {});
  });
  try {
    const samples = { count: 16, seed: 1, everyMs: 50 };
    await run.play({ steps: STEPS, samples, onProgress: () => {} });
  } finally {
    unsubscribe();
  }
}

/** Whether the worker has something better to do. */
function isOver({ state: { view, mode } }: Store): boolean {
  return view !== "train" || mode !== "pretrained";
}

function isDataDear(): boolean {
  const { connection } = navigator as { readonly connection?: Connection };
  const wish = matchMedia("(prefers-reduced-data: reduce)").matches;
  return wish || connection?.saveData === true || connection?.type === "cellular";
}
