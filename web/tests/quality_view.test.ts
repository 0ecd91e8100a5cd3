// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The element that has the digits judged, without a browser: it is never drawn, and the test is its judge.

import { LitElement } from "lit";
import { beforeEach, expect, it, vi } from "vitest";
import type { JudgeClientOptions } from "../client/judge_client";
import { GanvasError } from "../engine/errors";
import { QualityView } from "../ui/train/curves/quality_view";

const judges = vi.hoisted((): JudgeClientOptions[] => []);
const watched = vi.hoisted((): unknown[] => []);

vi.mock("../ui/charts/curve_chart", () => ({}));
vi.mock("../client/judge_client", () => ({
  connectJudge: async (options: JudgeClientOptions) => {
    judges.push(options);
    return { loadReal: async () => {} };
  },
}));
vi.mock("../client/quality_watch", () => ({
  watchQuality: (run: unknown) => {
    watched.push(run);
    return { stop: () => {}, ended: new Promise(() => {}) };
  },
}));

beforeEach(() => {
  for (const name of ["connectedCallback", "requestUpdate"] as const) {
    vi.spyOn(LitElement.prototype, name).mockImplementation(() => {});
  }
});

it("says that its judge was lost, and has the same run judged by the next one", async () => {
  const run = {};
  const view = new QualityView();
  const state = { engine: { status: "ready", value: { threads: 1 } } };
  view.controller = {
    store: { state, subscribe: () => () => {} },
    training: { run, config: { sample_shape: [784], classes: 0 } },
    judgeOptions: {},
    assetUrl: (path: string) => path,
  } as unknown as QualityView["controller"];
  view.connectedCallback();
  await vi.waitFor(() => expect(watched).toEqual([run]));
  judges[0]?.onLost?.(new GanvasError("worker_lost", ""));
  expect(view.loading).toMatchObject({ status: "failed", error: { code: "worker_lost" } });
  // As another try does.
  view.connectedCallback();
  await vi.waitFor(() => expect(watched).toEqual([run, run]));
  expect(view.loading.status).toBe("ready");
});
