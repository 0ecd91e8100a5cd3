// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge of the run's own pictures: one worker for the loupe and the quality of a run.

import { connectPictureJudge, type PictureJudgeClient } from "../../client/judge_client";
import type { PictureSet } from "../../engine/pictures";
import type { AppController } from "../state/app_controller";
import { currentSet } from "../state/own_pictures";

interface Connected {
  readonly id: string;
  readonly judge: Promise<PictureJudgeClient>;
}

/** The last set's, per app, until the app is gone. */
const judges = new WeakMap<AppController, Connected>();

export interface JudgedSet {
  readonly set: PictureSet;
  readonly judge: PictureJudgeClient;
}

/**
 * @returns null if the run's pictures are not on this device
 * @throws GanvasError as connectPictureJudge; the next call then retries
 */
export async function pictureJudge(controller: AppController): Promise<JudgedSet | null> {
  const set = await currentSet(controller);
  if (set === null) return null;
  const known = judges.get(controller);
  if (known?.id === set.id) return { set, judge: await known.judge };
  void known?.judge.then((judge) => judge.terminate()).catch(() => {});
  const judge = connectPictureJudge(set, {
    ...controller.judgeOptions,
    signal: controller.ended,
    onLost: () => judges.delete(controller),
  });
  judges.set(controller, { id: set.id, judge });
  try {
    return { set, judge: await judge };
  } catch (thrown) {
    judges.delete(controller);
    throw thrown;
  }
}
