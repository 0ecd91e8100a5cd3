// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Opens the two sessions of an experiment in the training worker, loads their data, connects a
// judge if the data are digits, and closes them all.

import { connectJudge, type JudgeClient } from "../../client/judge_client";
import type { ClientSession } from "../../client/training_client";
import { USUAL_EXAMPLES } from "../../config/supply";
import { GanvasError } from "../../engine/errors";
import { METRIC_COLUMNS, type SessionConfig } from "../../engine/types";
import { ExperimentRun, type Reader, type Subject } from "../../lessons/experiment_run";
import type { Experiment } from "../../lessons/experiments";
import type { AppController } from "../state/app_controller";

const POINTS = 10_000;
const SHOWN_POINTS = 400;

export class ExperimentSessions {
  readonly run: ExperimentRun;
  /** Real points, (n, 2); empty for digits. */
  readonly realPoints: Float32Array;
  readonly #sessions: readonly ClientSession[];
  readonly #judge: JudgeClient | null;

  private constructor(
    run: ExperimentRun,
    realPoints: Float32Array,
    sessions: readonly ClientSession[],
    judge: JudgeClient | null,
  ) {
    this.run = run;
    this.realPoints = realPoints;
    this.#sessions = sessions;
    this.#judge = judge;
  }

  /**
   * @param changed called at each change of the run, and when something of it has come
   * @param signal ends the judge
   */
  static async open(
    controller: AppController,
    experiment: Experiment,
    seed: number,
    changed: () => void,
    signal: AbortSignal,
  ): Promise<ExperimentSessions> {
    const { client } = controller;
    if (client === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    const { data } = experiment;
    const examples = data === "ring" ? POINTS : USUAL_EXAMPLES;
    const sessions: ClientSession[] = [];
    const make = async (config: SessionConfig): Promise<ClientSession> => {
      const session = await client.createSession({ ...config, seed, examples });
      sessions.push(session);
      return session;
    };
    const options = { ...controller.judgeOptions, onProgress: changed, signal };
    const judge = data === "digits" ? await connectJudge(options) : null;
    try {
      const healthy = await make(experiment.healthy);
      const broken = await make(experiment.broken);
      let points = new Float32Array(0);
      if (data === "ring") {
        points = await client.drawPoints("ring", { count: examples, seed });
        for (const session of sessions) await session.setPoints(points);
      } else {
        const digits = await controller.dataSet(examples, changed);
        for (const session of sessions) await session.useDataSet(digits, examples);
      }
      const read: Reader = (images) => {
        if (judge === null) throw new GanvasError("internal", "Points have no judge.");
        return judge.opinions(images);
      };
      const subjects = { healthy: subjectOf(healthy), broken: subjectOf(broken) };
      const run = new ExperimentRun(experiment, subjects, read, changed);
      await run.prepare();
      return new ExperimentSessions(run, points.subarray(0, 2 * SHOWN_POINTS), sessions, judge);
    } catch (thrown) {
      await end(sessions, judge);
      throw thrown;
    }
  }

  async close(): Promise<void> {
    this.run.stop();
    await end(this.#sessions, this.#judge);
  }
}

async function end(sessions: readonly ClientSession[], judge: JudgeClient | null): Promise<void> {
  judge?.terminate();
  // Disposing fails if the worker was lost, and the session with it.
  await Promise.all(sessions.map((session) => session.dispose().catch(() => {})));
}

/** Trains in slices, so that the worker can answer other calls in between. */
function subjectOf(session: ClientSession): Subject {
  return {
    session,
    advance: async (steps) => {
      const history = new Float32Array(steps * METRIC_COLUMNS);
      let filled = 0;
      await session.play({
        steps,
        onProgress: ({ metrics }) => {
          history.set(metrics.history, filled);
          filled += metrics.history.length;
        },
      });
      return history;
    },
  };
}
