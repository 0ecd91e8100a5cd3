// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gives a run its data: points, or digits, which are downloaded unless enough are in the worker.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { isOfDigits } from "../../config/classes";
import { isOfPoints } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { GanvasError } from "../../engine/errors";
import { realPoints } from "./point_data";
import type { TrainingDigits } from "./training_digits";

interface Sources {
  readonly client: GanvasClient;
  readonly digits: TrainingDigits;
  /** Receives the number of digits loaded so far. */
  readonly report: (done: number) => void;
}

/**
 * Returns the real points, (examples, 2), or null for runs on digits.
 * @throws GanvasError no_data for a run on other pictures, malformed for drawn points that cannot be read, and the errors of loadMnist
 */
export async function provideData(
  run: ClientSession,
  settings: Settings,
  { client, digits, report }: Sources,
): Promise<Float32Array<ArrayBuffer> | null> {
  if (isOfPoints(settings.preset)) {
    const points = await realPoints(client, settings);
    await run.setPoints(points);
    return points;
  }
  if (!isOfDigits(await run.config())) {
    throw new GanvasError("no_data", "The run's pictures are not on this page.");
  }
  report(0);
  const loaded = await digits.provide(client, settings.examples, (p) => report(p.examples));
  await run.useDataSet(loaded, settings.examples);
  return null;
}
