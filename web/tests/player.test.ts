// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop: short slices, prompt pauses, complete histories, and limited time for samples.

import { describe, expect, it } from "vitest";
import { nextSlice } from "../worker/clock";
import { Player, type PlayOptions, type PlayProgress } from "../worker/player";
import { RateMeter } from "../worker/rate_meter";
import { TrainingSession } from "../worker/training_session";
import { FakeClock, FakeSession } from "./fake_session";

function setUp(msPerStep: number, options: PlayOptions, msPerSample = 0) {
  const clock = new FakeClock();
  const session = new FakeSession(clock, msPerStep, msPerSample);
  const reports: PlayProgress[] = [];
  const player = new Player(session.asSession(), options, clock, (report) => reports.push(report));
  return { clock, session, reports, player };
}

/** Step numbers, as the fake session writes them to the history. */
function reportedSteps(reports: readonly PlayProgress[]): number[] {
  return reports.flatMap(({ metrics }) => [...metrics.history].filter((_, i) => i % 4 === 0));
}

const oneTo = (steps: number) => Array.from({ length: steps }, (_, index) => index + 1);

describe("Player", () => {
  it("trains the requested steps and reports each of them once", async () => {
    const { player, reports, session } = setUp(0.7, { steps: 1234 });
    await player.run();
    expect(session.step).toBe(1234);
    expect(reportedSteps(reports)).toEqual(oneTo(1234));
    expect(reports.at(-1)?.metrics.step).toBe(1234);
  });

  it.each([0.05, 1, 7])("yields about every 12 ms with steps of %d ms", async (msPerStep) => {
    const { player, clock } = setUp(msPerStep, { steps: Math.ceil(3000 / msPerStep) });
    const gaps: number[] = [];
    let before = 0;
    clock.onYield = () => {
      gaps.push(clock.ms - before);
      before = clock.ms;
    };
    await player.run();
    expect(Math.max(...gaps)).toBeLessThanOrEqual(14);
    expect(gaps.slice(12).reduce((a, b) => a + b, 0) / (gaps.length - 12)).toBeGreaterThan(6);
  });

  it("takes at least one step at a time, however slow", async () => {
    const { player, session } = setUp(400, { steps: 3 });
    await player.run();
    expect(session.step).toBe(3);
  });

  it("stops at the next yield when requested, with everything reported", async () => {
    const { player, clock, session, reports } = setUp(1, {});
    clock.onYield = () => {
      if (session.step > 50) player.stop();
    };
    await player.run();
    const { step } = session;
    expect(step).toBeLessThan(50 + 2 * 12);
    expect(reportedSteps(reports)).toEqual(oneTo(step));
  });

  it("reports about fifteen times a second", async () => {
    const { player, reports } = setUp(1, { steps: 2000 });
    await player.run();
    expect(reports.length).toBeGreaterThan(20);
    expect(reports.length).toBeLessThan(35);
    expect(reports.at(-1)?.stepsPerSecond).toBeCloseTo(1000, 0);
  });

  it("makes no further report before the last one is taken, and then tells of every step", async () => {
    const { clock, session } = setUp(1, {});
    const reports: PlayProgress[] = [];
    const taken: (() => void)[] = [];
    const slow = (report: PlayProgress): Promise<void> =>
      new Promise((resolve) => {
        reports.push(report);
        taken.push(resolve);
      });
    const player = new Player(session.asSession(), {}, clock, slow);
    clock.onYield = () => {
      if (clock.ms > 1000 && taken.length === 1) taken[0]?.();
      if (clock.ms > 2000) player.stop();
    };
    await player.run();
    // One waits for a second, the next is never taken, and the last is made all the same.
    expect(reports.map(({ metrics }) => Math.round(metrics.step / 1000))).toEqual([0, 1, 2]);
    expect(reportedSteps(reports)).toEqual(oneTo(session.step));
  });

  it("fits its slices to a processor that becomes twenty times slower, within two of them", async () => {
    const { clock, session, player } = setUp(0.5, {});
    const slices: number[] = [];
    let before = 0;
    clock.onYield = () => {
      slices.push(clock.ms - before);
      before = clock.ms;
      if (slices.length === 40) session.msPerStep = 10;
      if (slices.length === 60) player.stop();
    };
    await player.run();
    const [first = 0, ...rest] = slices.slice(40);
    expect(first).toBeGreaterThan(200);
    expect(Math.max(...rest)).toBeLessThanOrEqual(14);
  });

  it("sends samples at the requested interval, and once more when it stops", async () => {
    const samples = { count: 4, seed: 1, everyMs: 100 };
    const { player, reports } = setUp(1, { steps: 2000, samples });
    await player.run();
    const withSamples = reports.filter((report) => report.samples !== null);
    expect(withSamples.length).toBeGreaterThan(12);
    expect(withSamples.length).toBeLessThan(23);
    expect(reports.at(-1)?.samples?.length).toBe(4 * 784);
  });

  it("sends the last step's samples whenever it is stopped", async () => {
    for (let stopAt = 1; stopAt < 120; stopAt += 1) {
      const samples = { count: 1, seed: 1, everyMs: 80 };
      const { player, clock, session, reports } = setUp(1, { samples });
      let yields = 0;
      clock.onYield = () => {
        yields += 1;
        if (yields === stopAt) player.stop();
      };
      await player.run();
      const shown = reports.filter((report) => report.samples !== null).at(-1);
      expect(shown?.samples?.[0]).toBe(session.step);
      expect(reportedSteps(reports)).toEqual(oneTo(session.step));
    }
  });

  it("spends at most a tenth of its time on samples, however slow they are", async () => {
    const samples = { count: 4, seed: 1, everyMs: 10 };
    const { player, session, clock } = setUp(1, { steps: 20_000, samples }, 50);
    await player.run();
    expect((session.samplesDrawn * 50) / clock.ms).toBeLessThan(0.12);
    expect(session.samplesDrawn).toBeGreaterThan(20);
  });

  it.each([null, 0.5, 200])("takes no step while held, at %s steps a second", async (pace) => {
    const clock = new FakeClock();
    const session = new FakeSession(clock, 1);
    const options = { steps: 5, stepsPerSecond: pace };
    let heldUntil = Number.POSITIVE_INFINITY;
    // Drawing can begin whenever messages are read.
    const pass = () => {
      clock.ms += 1;
      if (session.turns.length === 1 && heldUntil === Number.POSITIVE_INFINITY) {
        heldUntil = clock.ms + 3000;
      }
    };
    clock.onYield = pass;
    clock.onSleep = pass;
    const held = () => session.turns.length === 1 && clock.ms < heldUntil;
    await new Player(session.asSession(), options, clock, () => {}, held).run();
    expect(session.step).toBe(5);
    expect((session.turns[1]?.at ?? 0) - (session.turns[0]?.at ?? 0)).toBeGreaterThanOrEqual(3000);
  });

  it("reports the steps before a failure, then fails", async () => {
    const { player, reports, session } = setUp(1, {});
    session.failAt = 500;
    await expect(player.run()).rejects.toMatchObject({ code: "non_finite" });
    const reported = reportedSteps(reports);
    expect(reported).toEqual(oneTo(reported.length));
    expect(reported.length).toBeGreaterThan(480);
  });
});

describe("Player with a limited speed", () => {
  /** Intervals between turns. */
  const gaps = (turns: FakeSession["turns"]): number[] =>
    turns.slice(1).map(({ at }, i) => at - (turns[i]?.at ?? 0));

  it.each([3, 40, 200])("takes %d steps a second, one at a time", async (stepsPerSecond) => {
    const { player, session, reports } = setUp(1, { steps: 30, stepsPerSecond });
    await player.run();
    expect(session.turns.map(({ what }) => what)).toEqual(Array(30).fill("step"));
    for (const gap of gaps(session.turns).slice(1)) expect(gap).toBeCloseTo(1000 / stepsPerSecond);
    expect(reportedSteps(reports)).toEqual(oneTo(30));
  });

  it.each([0.5, 2])("takes %d steps a second in halves, evenly spaced", async (stepsPerSecond) => {
    const { player, session } = setUp(1, { steps: 6, stepsPerSecond });
    await player.run();
    const kinds = session.turns.map(({ what }) => what);
    expect(kinds).toEqual(Array.from({ length: 6 }, () => ["half", "step"]).flat());
    for (const gap of gaps(session.turns).slice(1)) expect(gap).toBeCloseTo(500 / stepsPerSecond);
  });

  it("applies a new speed immediately, including no limit", async () => {
    const { player, session, clock } = setUp(1, { steps: 1000, stepsPerSecond: 0.5 });
    clock.onSleep = () => {
      if (clock.ms > 100) player.pace(null);
    };
    await player.run();
    expect(session.step).toBe(1000);
    expect(clock.ms).toBeLessThan(1200);
  });

  it("stops within one pause", async () => {
    const { player, clock, session } = setUp(1, { stepsPerSecond: 0.5 });
    clock.onSleep = () => player.stop();
    await player.run();
    expect(clock.ms).toBeLessThan(50);
    expect(session.turns.length).toBeLessThan(3);
  });

  it("goes no faster than it can, and does not catch up after a slow step", async () => {
    const { player, clock, session } = setUp(700, { steps: 4, stepsPerSecond: 5 });
    await player.run();
    expect(session.step).toBe(4);
    expect(clock.ms).toBeGreaterThanOrEqual(2800);
  });

  it.each([0, -1, Number.NaN, 5000])("rejects %d steps a second", (stepsPerSecond) => {
    expect(() => setUp(1, { stepsPerSecond })).toThrow(/stepsPerSecond/);
  });
});

describe("Player, when a run diverges", () => {
  it("restores a state from the last five seconds", async () => {
    const { player, session } = setUp(1, {});
    session.failAt = 18_000;
    await expect(player.run()).rejects.toMatchObject({ code: "non_finite" });
    expect(session.step).toBeGreaterThan(18_000 - 5050);
    expect(session.step).toBeLessThan(18_000);
  });

  it("restores the initial state if it is recent enough", async () => {
    const { player, session } = setUp(1, {});
    session.step = 40;
    session.failAt = 41;
    await expect(player.run()).rejects.toMatchObject({ code: "non_finite" });
    expect(session.step).toBe(40);
  });

  it("spends at most a hundredth of its time on saving states, however large", async () => {
    const { player, session, clock } = setUp(1, { steps: 200_000 });
    session.msPerSave = 200;
    await player.run();
    expect((session.saved * session.msPerSave) / clock.ms).toBeLessThan(0.012);
    expect(session.saved).toBeGreaterThan(5);
  });
});

describe("TrainingSession", () => {
  it("plays no more when a pause is answered, has reported every step, and can play again", async () => {
    const session = new TrainingSession(new FakeSession(new FakeClock(), 1).asSession(), new Map());
    let reported = 0;
    const onProgress = ({ metrics }: PlayProgress): void => {
      reported = metrics.step;
    };
    const played = session.play({ onProgress });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { step } = await session.pause();
    expect(reported).toBe(step);
    expect((await session.play({ steps: 1 })).step).toBe(step + 1);
    expect((await played).step).toBeGreaterThan(0);
  });

  it("has no checkpoint in the middle of a step, which taking it would complete", () => {
    const session = new TrainingSession(new FakeSession(new FakeClock(), 1).asSession(), new Map());
    session.advanceHalf();
    expect(session.checkpoint()).toBeNull();
    session.train(1);
    expect(session.checkpoint()).toEqual(new TextEncoder().encode("1"));
  });
});

describe("nextSlice", () => {
  it("at most doubles, and is at least one", () => {
    expect(nextSlice(4, 0)).toBe(8);
    expect(nextSlice(10, 12)).toBe(10);
    expect(nextSlice(10, 120)).toBe(1);
    expect(nextSlice(1, 5000)).toBe(1);
  });
});

describe("RateMeter", () => {
  it("measures the rate of the last second and a half only", () => {
    const meter = new RateMeter();
    for (let ms = 0; ms <= 10_000; ms += 10) meter.add(ms, ms);
    for (let ms = 10_010; ms <= 14_000; ms += 10) meter.add(ms, 10_000 + (ms - 10_000) / 10);
    expect(meter.perSecond()).toBeCloseTo(100, 0);
  });

  it("is of that time at least, however far apart the measurements are", () => {
    const meter = new RateMeter();
    for (const [at, total] of [
      [0, 0],
      [1000, 10],
      [2000, 20],
      [2400, 30],
    ] as const) {
      meter.add(at, total);
    }
    expect(meter.perSecond()).toBeCloseTo(30 / 2.4);
  });

  it("is 0 before the first measurement", () => {
    const meter = new RateMeter();
    expect(meter.perSecond()).toBe(0);
    meter.add(5, 0);
    expect(meter.perSecond()).toBe(0);
  });
});
