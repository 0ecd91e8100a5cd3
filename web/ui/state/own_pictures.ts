// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Begins runs on the user's own pictures.

import { DEFAULT_PRESET, defaultSpeed, OWN_PICTURES, type Preset } from "../../config/presets";
import type { PictureFacts, Settings } from "../../config/settings";
import { PRESET_CONFIGS } from "../../engine/generated/description/preset_configs";
import type { PictureSet } from "../../engine/pictures";
import { writeSettings } from "./address";
import type { AppController } from "./app_controller";
import { factsOf, findSet, keepSet } from "./picture_sets";

/**
 * Keeps the set on this device and begins a run on it; or lets a run go on that has missed it. Its arrays
 * move to the worker.
 * @param name of the folder or file, for lists
 */
export async function trainOn(
  controller: AppController,
  set: PictureSet,
  name: string,
): Promise<void> {
  const facts = factsOf(set, name);
  const { store, page } = controller;
  await controller.complete().catch(() => {});
  await controller.show("train");
  const { settings: shown, mode } = store.state;
  const isSame = shown.pictures?.id === set.id;
  await keepSet(controller, { facts, set });
  const { training } = controller;
  if (isSame && mode === "train" && training?.run && shown.pictures?.count !== 0) {
    return training.retryDigits();
  }
  const settings = isSame ? completed(shown, facts) : newRun(facts);
  await training?.pause();
  await training?.keeper.release(settings);
  const { preset } = settings;
  store.patch({ settings, speed: defaultSpeed(preset), grid: null, frame: null, problems: [] });
  writeSettings(page, settings);
  page.write({ view: "train", grid: null, speed: null });
  await controller.startTraining(() => true);
}

/** The set of the current run; null for digits and points, and if it is not here. */
export async function currentSet(controller: AppController): Promise<PictureSet | null> {
  const { pictures } = controller.training?.runSettings ?? controller.store.state.settings;
  return pictures === null ? null : findSet(controller, pictures.id);
}

/** A link's settings with what was not known of its pictures. */
function completed(settings: Settings, facts: PictureFacts): Settings {
  return { ...settings, pictures: facts, examples: Math.min(settings.examples, facts.count) };
}

function newRun(facts: PictureFacts): Settings {
  const preset = presetFor(facts);
  const { examples } = PRESET_CONFIGS[preset];
  const most = examples > 0 ? examples : facts.count;
  return {
    preset,
    seed: 1,
    examples: Math.min(facts.count, most),
    pictures: facts,
    changes: {},
  };
}

/** From this many pictures on, `quick` can learn them; it is made for ten thousand. */
const LIKE_MNIST = 1000;

/** `quick` for sets like MNIST, such as Fashion-MNIST; for others the preset made for own pictures. */
function presetFor({ channels, side, classes, count }: PictureFacts): Preset {
  const isLikeDigits = channels === 1 && side === 28 && classes === 10 && count >= LIKE_MNIST;
  return isLikeDigits ? DEFAULT_PRESET : OWN_PICTURES;
}
