// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The one judge of own pictures that the loupe and the quality of a run share, with a worker that the test answers for.

import { expect, it, vi } from "vitest";
import type { connectPictureJudge, PictureJudgeClient } from "../client/judge_client";
import type { AppController } from "../ui/state/app_controller";
import { type JudgeStage, pictureJudge } from "../ui/train/picture_judges";

const JUDGE = {} as PictureJudgeClient;
const tell = vi.hoisted(() => ({ progress: () => {}, ready: (): void => {} }));

vi.mock("../ui/state/own_pictures", () => ({
  currentSet: async () => ({ channels: 1, side: 2, pixels: new Uint8Array(80) }),
}));
vi.mock("../client/judge_client", () => ({
  connectPictureJudge: ((_, { onProgress, onComparing } = {}) => {
    tell.progress = () => onProgress?.({ loaded: 0, total: 1 });
    return new Promise((resolve) => {
      tell.ready = () => {
        onComparing?.();
        resolve(JUDGE);
      };
    });
  }) satisfies typeof connectPictureJudge,
}));

it("tells all who wait for it what it does, and nobody who has it", async () => {
  const state = { settings: { pictures: { id: "0123456789abcdef" } } };
  const ended = new AbortController().signal;
  const controller = { training: null, store: { state }, ended } as unknown as AppController;
  const heard: JudgeStage[][] = [[], []];
  const asked = heard.map((stages) => pictureJudge(controller, (stage) => stages.push(stage)));
  await new Promise((resolve) => setTimeout(resolve));
  tell.ready();
  expect(await Promise.all(asked)).toEqual([JUDGE, JUDGE]);
  const stages = [{ doing: "loading" }, { doing: "comparing", pictures: 20 }];
  expect(heard).toEqual([stages, stages]);
  tell.progress();
  expect(heard).toEqual([stages, stages]);
});
