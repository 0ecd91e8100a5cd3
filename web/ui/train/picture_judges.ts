// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge of the run's own pictures: one worker for the loupe and the quality of a run.

import {
  connectPictureJudge,
  type PictureJudgeClient,
  type PictureJudgeClientOptions,
} from "../../client/judge_client";
import { countOf } from "../../engine/picture_count";
import type { AppController } from "../state/app_controller";
import { currentSet } from "../state/own_pictures";

/** The judge compares halves of a set by the fifth neighbours in them. */
export const LEAST_JUDGED = 12;

/** What a judge does before it answers. */
export type JudgeStage =
  | { readonly doing: "loading" }
  | { readonly doing: "comparing"; readonly pictures: number };

interface Connected {
  readonly id: string;
  /** Null if the set is not on this device. */
  readonly judge: Promise<PictureJudgeClient | null>;
  /** Ends the worker, also while it is loading. */
  readonly attempt: AbortController;
  readonly stages: Stages;
}

/** Tells everybody who waits for one judge what it does. */
class Stages {
  readonly #waiting = new Set<(stage: JudgeStage) => void>();
  #now: JudgeStage = { doing: "loading" };

  tell(now: JudgeStage): void {
    this.#now = now;
    for (const show of this.#waiting) show(now);
  }

  /** Returns a function that ends it. */
  follow(show: (stage: JudgeStage) => void): () => void {
    this.#waiting.add(show);
    show(this.#now);
    return () => this.#waiting.delete(show);
  }
}

/** The last set's, per app, until the app is gone. */
const judges = new WeakMap<AppController, Connected>();

/**
 * @param onStage called at once, and for all news until the promise settles
 * @returns null if the run's pictures are not on this device, or fewer than LEAST_JUDGED
 * @throws GanvasError as connectPictureJudge; the next call then retries
 */
export async function pictureJudge(
  controller: AppController,
  onStage: (stage: JudgeStage) => void = () => {},
): Promise<PictureJudgeClient | null> {
  const { pictures } = controller.training?.runSettings ?? controller.store.state.settings;
  if (pictures === null) return null;
  const known = judges.get(controller);
  if (known?.id !== pictures.id) forgetPictureJudge(controller);
  const connected = judges.get(controller) ?? begin(controller, pictures.id);
  const end = connected.stages.follow(onStage);
  return connected.judge.finally(end);
}

/** Ends the app's judge, so that the next call begins anew. */
export function forgetPictureJudge(controller: AppController): void {
  judges.get(controller)?.attempt.abort();
  judges.delete(controller);
}

function begin(controller: AppController, id: string): Connected {
  const attempt = new AbortController();
  controller.ended.addEventListener("abort", () => attempt.abort(), { once: true });
  const stages = new Stages();
  const forget = (): void => {
    if (judges.get(controller)?.attempt === attempt) judges.delete(controller);
  };
  const judge = connect(controller, { signal: attempt.signal, onLost: forget }, stages);
  // If there is none, the files may be chosen again.
  judge.then((found) => found ?? forget(), forget);
  const connected = { id, judge, attempt, stages };
  judges.set(controller, connected);
  return connected;
}

async function connect(
  controller: AppController,
  ends: Pick<PictureJudgeClientOptions, "signal" | "onLost">,
  stages: Stages,
): Promise<PictureJudgeClient | null> {
  const set = await currentSet(controller);
  const pictures = set === null ? 0 : countOf(set);
  if (set === null || pictures < LEAST_JUDGED) return null;
  return connectPictureJudge(set, {
    ...controller.judgeOptions,
    ...ends,
    onProgress: () => stages.tell({ doing: "loading" }),
    onComparing: () => stages.tell({ doing: "comparing", pictures }),
  });
}
