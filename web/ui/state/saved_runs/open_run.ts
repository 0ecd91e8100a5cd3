// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens a saved run in the place of the current one, and makes saved runs of checkpoints: those that
// this page or `ganvas train` wrote.

import type { GanvasClient } from "../../../client/training_client";
import { isOfDigits } from "../../../config/classes";
import { defaultSpeed, isOfPoints, PRESETS } from "../../../config/presets";
import type { PictureFacts, Settings } from "../../../config/settings";
import { MAX_EXAMPLES, USUAL_EXAMPLES } from "../../../config/supply";
import { GanvasError } from "../../../engine/errors";
import { importPart } from "../../../engine/parts";
import type { Config } from "../../../engine/types";
import { REACH } from "../../plane/reach";
import type { PageHooks } from "../../platform/page_hooks";
import { writeSettings } from "../address";
import type { AppController } from "../app_controller";
import { Film } from "../film";
import { configOf } from "../run_settings";
import { readHeader } from "./checkpoint_header";
import { type KeptRun, type SavedRun, THUMBNAIL_SAMPLES, withRuns } from "./run_storage";
import { ownId } from "./tab_lock";

/** A checkpoint of the largest run that fits into memory is smaller. */
const MOST_FILE_BYTES = 512e6;
const THUMBNAIL_POINTS = 256;

/** @param plays whether it trains at once */
export async function openRun(
  controller: AppController,
  kept: KeptRun,
  plays: boolean,
): Promise<void> {
  const { settings, speed, grid, noise } = kept.run;
  await controller.complete().catch(() => {});
  await controller.show("train");
  // The current run is saved with its own settings.
  await controller.training?.pause();
  await controller.training?.keeper.release(settings);
  controller.store.patch({ settings, speed, grid, noise, problems: [] });
  writeSettings(controller.page, settings);
  const byDefault = speed === defaultSpeed(settings.preset);
  controller.page.write({
    view: "train",
    grid: grid === null ? null : String(grid),
    speed: byDefault ? null : String(speed ?? "max"),
  });
  await controller.startTraining(() => plays, kept);
}

/**
 * Reads a checkpoint as a run to go on with.
 * @throws GanvasError worker_lost, too_large, bad_magic, truncated, malformed, missing_tensor, shape_mismatch;
 * not_trainable if it holds networks alone, or its data is not at hand; no_data if it learns from more digits
 * than there are
 */
export async function importRun(
  { client, page }: Pick<AppController, "client" | "page">,
  file: File,
): Promise<KeptRun> {
  if (client === null) throw new GanvasError("worker_lost", "The core is not loaded.");
  if (file.size > MOST_FILE_BYTES) {
    throw new GanvasError("too_large", `The file has ${file.size} bytes.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const film = new Film();
  const session = await client.openModel(bytes);
  let settings: Settings;
  try {
    // Of networks alone, this throws.
    await session.save();
    settings = await settingsOf(client, page, await session.config());
    const points = isOfPoints(settings.preset);
    const count = points ? THUMBNAIL_POINTS : THUMBNAIL_SAMPLES;
    film.offer(0, await session.sample({ count, seed: 1 }), points ? REACH : 1);
  } finally {
    await session.dispose();
  }
  const { step } = readHeader(bytes);
  const now = Date.now();
  const run: SavedRun = {
    id: ownId(),
    name: file.name.replace(/\.safetensors$/, ""),
    settings,
    speed: defaultSpeed(settings.preset),
    grid: null,
    noise: 1,
    step,
    firstStep: step + 1,
    trainedMs: 0,
    created: now,
    saved: now,
    bytes: bytes.length,
    thumbnail: film.at(0)?.levels.slice() ?? new Uint8Array(0),
    writer: "",
    declined: false,
  };
  return { run, checkpoint: bytes, history: [], film: [] };
}

/** The page's settings for a run of this config. */
async function settingsOf(
  client: GanvasClient,
  page: PageHooks,
  config: Config,
): Promise<Settings> {
  const preset = PRESETS.find((name) => name === config.preset);
  if (preset === undefined) {
    throw new GanvasError("not_trainable", `There is no preset "${String(config.preset)}".`);
  }
  if (config.data === "drawn") {
    throw new GanvasError("not_trainable", "The run's drawn points are not in its checkpoint.");
  }
  const examples = config.examples === 0 ? USUAL_EXAMPLES : config.examples;
  const ofDigits = config.data === "images" && isOfDigits(config);
  if (ofDigits && examples > MAX_EXAMPLES) {
    throw new GanvasError("no_data", `The run learns from ${examples} digits, of ${MAX_EXAMPLES}.`);
  }
  const pictures = config.data !== "images" || ofDigits ? null : await picturesOf(page, config);
  const plain: Settings = { preset, seed: config.seed, examples, pictures, changes: {} };
  const { differences, flatten } = await importPart(
    () => import("../../../config/hyper_parameters"),
  );
  const changes = differences(flatten(config), flatten(await configOf(client, plain)));
  return { ...plain, changes };
}

/** What this device knows of a run's pictures, and else what the config says. */
async function picturesOf(page: PageHooks, config: Config): Promise<PictureFacts> {
  const { pictures: id = "", sample_shape, classes, class_names: classNames = [] } = config;
  const read = () => withRuns((storage) => storage.pictures(id)).catch(() => null);
  const kept = page.keeps ? await read() : null;
  if (kept !== null) return kept.facts;
  // A row of 784 is of a grey picture.
  const [channels, side] = sample_shape.length === 3 ? sample_shape : [1, 28];
  const shape = { channels: channels === 3 ? 3 : 1, side: side ?? 28 } as const;
  return { id, name: "", count: config.examples, ...shape, classes, classNames };
}
