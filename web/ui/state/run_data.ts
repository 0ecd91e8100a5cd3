// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Gives a run its data: points, the user's own pictures, or digits, which are downloaded unless enough are
// in the worker.

import type { ClientSession, GanvasClient } from "../../client/training_client";
import { isOfDigits } from "../../config/classes";
import { isOfPoints } from "../../config/presets";
import type { Settings } from "../../config/settings";
import { GanvasError } from "../../engine/errors";
import type { Config } from "../../engine/types";
import type { PageHooks } from "../platform/page_hooks";
import { dropSet, provideSet, setInWorker } from "./picture_sets";
import { realPoints } from "./point_data";
import type { Live, Store } from "./store";
import type { TrainingDigits } from "./training_digits";

interface Sources {
  readonly store: Store;
  readonly page: PageHooks;
  readonly client: GanvasClient;
  readonly digits: TrainingDigits;
  /** Receives the number of examples loaded so far. */
  readonly report: (done: number) => void;
}

/** What the page shows of a run's data. */
type RealData = Pick<Live, "realPoints" | "realImages">;

/**
 * @throws GanvasError no_data for pictures that are not on this page, malformed for drawn points that
 * cannot be read, and the errors of loadMnist
 */
export async function provideData(
  { session, config }: { readonly session: ClientSession; readonly config: Config },
  settings: Settings,
  sources: Sources,
): Promise<RealData> {
  const { client, digits, report } = sources;
  const { preset, pictures, examples } = settings;
  if (isOfPoints(preset)) {
    const points = await realPoints(client, settings);
    await session.setPoints(points);
    return { realPoints: points, realImages: null };
  }
  const inWorker = pictures === null ? digits.loaded(examples) : setInWorker(client, pictures.id);
  // What is in the worker is given to the run within a moment, in which no button is disabled.
  if (inWorker === null) report(0);
  if (pictures === null && !isOfDigits(config)) throw missing();
  if (pictures === null) await dropSet(client);
  const loaded = await (pictures === null
    ? digits.provide(client, examples, (progress) => report(progress.examples))
    : provideSet(sources, client, pictures.id));
  if (loaded === null) throw missing();
  await session.useDataSet(loaded, examples);
  return { realPoints: null, realImages: loaded.preview };
}

function missing(): GanvasError {
  return new GanvasError("no_data", "The run's pictures are not on this page.");
}
