// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Sets up an experiment in the page: two sessions in the training worker, their data, and for digits
// the judge in its own; and clears them away again.

import type { ClientSession } from "../../api/client";
import { GanvasError } from "../../api/errors";
import { connectJudge, type JudgeClient } from "../../api/judge_client";
import { METRIC_COLUMNS, type SessionConfig } from "../../api/types";
import type { Lab } from "../lab";
import { ExperimentRun, type Reader, type Subject } from "./experiment_run";
import type { Experiment } from "./experiments";

const EXAMPLES = 10_000;
const SHOWN_POINTS = 400;

export class Laboratory {
  readonly run: ExperimentRun;
  /** (n, 2) of the real points; empty for digits. */
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

  static async set(
    lab: Lab,
    experiment: Experiment,
    seed: number,
    changed: () => void,
  ): Promise<Laboratory> {
    const { client } = lab;
    if (client === null) throw new GanvasError("worker_lost", "The core is not loaded.");
    const make = (config: SessionConfig): Promise<ClientSession> =>
      client.createSession({ ...config, seed, examples: EXAMPLES });
    const { data } = experiment;
    const judge = data === "digits" ? await connectJudge({ tier: client.info.tier }) : null;
    const sessions = [await make(experiment.healthy), await make(experiment.broken)] as const;
    let points = new Float32Array(0);
    if (data === "ring") {
      points = await client.drawPoints("ring", { count: EXAMPLES, seed });
      for (const session of sessions) await session.setPoints(points);
    } else {
      const digits = await lab.dataSet(EXAMPLES);
      for (const session of sessions) await session.useDataSet(digits, EXAMPLES);
    }
    const read: Reader = (images) => {
      if (judge === null) throw new GanvasError("internal", "There is no judge for points.");
      return judge.opinions(images);
    };
    const [healthy, broken] = sessions;
    const subjects = { healthy: subjectOf(healthy), broken: subjectOf(broken) };
    const run = new ExperimentRun(experiment, subjects, read, changed);
    await run.prepare();
    return new Laboratory(run, points.subarray(0, 2 * SHOWN_POINTS), sessions, judge);
  }

  async clear(): Promise<void> {
    this.run.stop();
    this.#judge?.terminate();
    // With their worker, sessions are gone anyway.
    await Promise.all(this.#sessions.map((session) => session.dispose().catch(() => {})));
  }
}

/** Plays in slices, so that the worker answers in between. */
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
