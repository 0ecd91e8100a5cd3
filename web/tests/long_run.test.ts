// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Ten million steps by a simulated clock: what a run keeps in memory and in a save stays bounded.

import { afterEach, expect, it, vi } from "vitest";
import { RunRecord } from "../ui/state/run_record";
import { Live } from "../ui/state/store";
import { Player } from "../worker/player";
import { FakeClock, FakeSession } from "./fake_session";

const STEPS = 10_000_000;
const MIB = 2 ** 20;

afterEach(() => vi.unstubAllGlobals());

it("a run of ten million steps keeps at most 16 MiB of metrics, 512 bins and 160 snapshots", async () => {
  vi.stubGlobal("requestAnimationFrame", () => 1);
  const clock = new FakeClock();
  const session = new FakeSession(clock, 0.05);
  const record = new RunRecord(new Live());
  record.sampleSize = 784;
  let reports = 0;
  const player = new Player(
    session.asSession(),
    { steps: STEPS, samples: { count: 1, seed: 1, everyMs: 50 } },
    clock,
    ({ metrics, samples }) => {
      reports += 1;
      record.add(metrics);
      if (samples !== null) record.showSamples(samples, 1);
    },
  );
  await player.run();
  expect(reports).toBeGreaterThan(5000);
  const { curves, film } = record;
  expect(curves.history.last).toBe(STEPS);
  const bytes = curves.history.parts().reduce((sum, part) => sum + part.byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(16 * MIB);
  expect(bytes).toBeGreaterThan(8 * MIB);
  const numbers = curves.history
    .parts()
    .flatMap((part, index) => [part[0], index])
    .filter((_, i) => i % 2 === 0);
  expect(numbers).toEqual(numbers.map((_, part) => 1 + part * 4096 * curves.history.stride));
  const { steps } = curves.table();
  expect(steps.length).toBeLessThanOrEqual(512);
  expect(steps.length).toBeGreaterThan(256);
  expect(film.length).toBeLessThanOrEqual(160);
  expect(film.at(0)?.step).toBeLessThan(2000);
  expect(film.at(film.length - 1)?.step).toBeGreaterThan(STEPS * 0.9);
});
