// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn's sessions in the training worker: none is left behind where they are no longer wanted.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { GanvasError } from "../engine/errors";
import { ALL_EXPERIMENTS } from "../lessons/experiments";
import { ExperimentSessions } from "../ui/learn/experiment_sessions";
import { Lesson } from "../ui/learn/lesson";
import type { AppController } from "../ui/state/app_controller";

const judge = vi.hoisted(() => ({ terminate: vi.fn() }));
vi.mock("../client/judge_client", () => ({ connectJudge: async () => judge }));

const network = { optimizer: { lr: 1 } };

/** Sessions that the worker has. */
let open: Set<object>;
let makeSession: () => Promise<object>;
const dataSet = vi.fn(async (): Promise<object> => ({}));
const play = vi.fn(async () => {});
const controller = {
  client: { createSession: () => makeSession() },
  judgeOptions: {},
  dataSet,
} as unknown as AppController;

beforeEach(() => {
  vi.clearAllMocks();
  open = new Set();
  makeSession = async () => {
    const session = {
      config: async () => ({ discriminator: network, generator: network }),
      useDataSet: async () => {},
      state: async () => ({ step: 0 }),
      play,
      dispose: async () => void open.delete(session),
    };
    open.add(session);
    return session;
  };
});

describe("an experiment whose digits do not come", () => {
  it.each(["aborted", "fetch_failed"] as const)(
    "(%s) leaves no session and no judge",
    async (code) => {
      dataSet.mockRejectedValueOnce(new GanvasError(code, ""));
      const { signal } = new AbortController();
      const opened = ExperimentSessions.open(
        controller,
        ALL_EXPERIMENTS.strong,
        1,
        () => {},
        signal,
      );
      await expect(opened).rejects.toMatchObject({ code });
      expect(open.size).toBe(0);
      expect(judge.terminate).toHaveBeenCalledOnce();
    },
  );
});

describe("a lesson that is left while its networks are made", () => {
  it.each([1, 2])("(number %i) leaves none of them, and trains nothing", async (number) => {
    const make = makeSession;
    let arrive = (): void => {};
    const slow = async (): Promise<object> => {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      return make();
    };
    const made = vi.fn(make);
    makeSession = made;
    if (number === 2) made.mockImplementationOnce(make);
    made.mockImplementationOnce(slow);
    const lesson = new Lesson(controller);
    const begun = lesson.resume();
    await vi.waitFor(() => expect(made).toHaveBeenCalledTimes(number));
    await lesson.dispose();
    arrive();
    await begun;
    expect(open.size).toBe(0);
    expect(play).not.toHaveBeenCalled();
  });
});
