// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Judges a session again and again while it trains, at a price that is known.
//
// A judgement costs twice. The training worker generates the samples, all of one step, and trains
// nothing meanwhile; the next ones are not drawn before that time was SHARE of the time that passed,
// so that training keeps the rest of it. And the judge's worker computes: where there is a core to
// spare this costs training nothing, else it takes turns with it, and the same share holds. Both
// times are measured each time, so that a large generator or a slow device only makes judgements
// rarer.

import type { Quality } from "../engine/judge";
import type { PictureQuality } from "../engine/picture_judge";
import { processorCount } from "../engine/probes";
import type { JudgeClient, PictureJudgeClient } from "./judge_client";
import type { ClientSession } from "./training_client";

/** What judging may take of the time that training has. */
const SHARE = 0.03;
/** Nobody reads numbers faster. */
const MIN_INTERVAL_MS = 1000;
/** How soon a session that rested is looked at again. */
const IDLE_MS = 250;

export interface QualityReport extends Quality {
  /** The step whose generator it was. */
  readonly step: number;
}

export interface PictureQualityReport extends PictureQuality {
  readonly step: number;
}

export interface WatchOptions<Report = QualityReport> {
  /** Of each judgement; 1,000 by default. */
  readonly samples?: number;
  /** Decides the noise; the same seed draws the same noise at any step. */
  readonly seed?: number;
  /** How many threads train: EngineInfo.threads. */
  readonly threads: number;
  /** Default: the machine's. */
  readonly processors?: number;
  readonly onQuality: (report: Report) => void;
}

export interface QualityWatch {
  /** No report comes after this. */
  stop(): void;
  /** Resolves after `stop`; rejects when the session or the judge fails, with their error. */
  readonly ended: Promise<void>;
}

/**
 * The judge has to have real digits, and must not be used for other samples meanwhile. A session that
 * takes no steps is not judged again.
 */
export function watchQuality(
  session: WatchedSession,
  judge: Pick<JudgeClient, "reset" | "add" | "quality">,
  options: WatchOptions,
): QualityWatch {
  return watch(session, options, async (samples, asked) => {
    await judge.reset();
    await judge.add(samples, asked);
    return judge.quality();
  });
}

/** The same of a session that makes other pictures than digits. */
export function watchPictureQuality(
  session: WatchedSession,
  judge: Pick<PictureJudgeClient, "quality">,
  options: WatchOptions<PictureQualityReport>,
): QualityWatch {
  return watch(session, options, (samples) => judge.quality(samples));
}

type WatchedSession = Pick<ClientSession, "state" | "config" | "sampleOneStep">;

function watch<Judgement extends object>(
  session: WatchedSession,
  options: WatchOptions<Judgement & { readonly step: number }>,
  judge: (samples: Float32Array, asked?: Uint8Array<ArrayBuffer>) => Promise<Judgement>,
): QualityWatch {
  const { samples: count = 1000, seed = 1, threads, onQuality } = options;
  const processors = options.processors ?? processorCount();
  // The page's own thread wants one as well.
  const coreToSpare = processors >= threads + 2;
  let stopped = false;
  let wake = (): void => {};
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (stopped) return resolve();
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Judges once, and says how long to leave the session in peace, from the beginning on. */
  const judgeOnce = async (asked?: Uint8Array<ArrayBuffer>): Promise<number> => {
    const { step, samples, ms } = await session.sampleOneStep({ count, seed });
    const started = performance.now();
    const quality = await judge(samples, asked);
    const judgedMs = performance.now() - started;
    if (!stopped) onQuality({ ...quality, step });
    return Math.max(MIN_INTERVAL_MS, (coreToSpare ? ms : ms + judgedMs) / SHARE);
  };

  const run = async (): Promise<void> => {
    const { classes } = await session.config();
    const asked =
      classes > 0 ? Uint8Array.from({ length: count }, (_, i) => i % classes) : undefined;
    let judgedStep = -1;
    while (!stopped) {
      const { step } = await session.state();
      if (step === judgedStep) {
        await sleep(IDLE_MS);
        continue;
      }
      judgedStep = step;
      const began = performance.now();
      const interval = await judgeOnce(asked);
      await sleep(Math.max(0, began + interval - performance.now()));
    }
  };

  return {
    stop: () => {
      stopped = true;
      wake();
    },
    ended: run().catch((thrown: unknown) => {
      // The session or the judge may be gone by then.
      if (!stopped) throw thrown;
    }),
  };
}
