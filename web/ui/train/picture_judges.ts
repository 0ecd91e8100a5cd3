// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge of the run's own pictures: one worker for the loupe and the quality of a run.

import { connectPictureJudge, type PictureJudgeClient } from "../../client/judge_client";
import type { AppController } from "../state/app_controller";
import { currentSet } from "../state/own_pictures";

/** The judge compares halves of a set by the fifth neighbours in them. */
export const LEAST_JUDGED = 12;

interface Connected {
  readonly id: string;
  /** Null if the set is not on this device. */
  readonly judge: Promise<PictureJudgeClient | null>;
}

/** The last set's, per app, until the app is gone. */
const judges = new WeakMap<AppController, Connected>();

/**
 * @returns null if the run's pictures are not on this device, or fewer than LEAST_JUDGED
 * @throws GanvasError as connectPictureJudge; the next call then retries
 */
export async function pictureJudge(controller: AppController): Promise<PictureJudgeClient | null> {
  const { pictures } = controller.training?.runSettings ?? controller.store.state.settings;
  if (pictures === null) return null;
  const known = judges.get(controller);
  if (known?.id === pictures.id) return known.judge;
  void known?.judge.then((judge) => judge?.terminate()).catch(() => {});
  const forget = (): void => {
    if (judges.get(controller) === connected) judges.delete(controller);
  };
  const judge = connect(controller, forget);
  const connected = { id: pictures.id, judge };
  judges.set(controller, connected);
  try {
    const found = await judge;
    // The files may be chosen again.
    if (found === null) forget();
    return found;
  } catch (thrown) {
    forget();
    throw thrown;
  }
}

async function connect(
  controller: AppController,
  onLost: () => void,
): Promise<PictureJudgeClient | null> {
  const set = await currentSet(controller);
  if (set === null || set.pixels.length < LEAST_JUDGED * set.channels * set.side ** 2) return null;
  const { judgeOptions, ended } = controller;
  return connectPictureJudge(set, { ...judgeOptions, signal: ended, onLost });
}
