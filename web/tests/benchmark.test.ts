// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The benchmark with simulated trainers: the order of measurement, correct step counts, termination
// of every worker, and recovery from any failure.

import { describe, expect, it } from "vitest";
import { GanvasError } from "../engine/errors";
import type { Features } from "../engine/probes";
import {
  type Cell,
  type Engine,
  gigaflops,
  measure,
  nextBlock,
  type Outcome,
  Outcomes,
  planBenchmark,
  runBenchmark,
} from "../ui/benchmark/benchmark";
import { browserName, writeReport } from "../ui/benchmark/benchmark_report";
import { FakeClock, FakeSession } from "./fake_session";

const FLOPS = 2e6;
const FEATURES: Features = { simd: true, relaxedSimd: true, threads: true, processors: 8 };
const RELAXED: Engine = { tier: "relaxed", threads: 1 };

/** Simulated clients whose steps take a fixed time, with a record of their calls. */
class FakeTrainers {
  readonly clock = new FakeClock();
  readonly connected: Engine[] = [];
  alive = 0;
  mostAlive = 0;
  readonly blocks: number[] = [];
  msPerStep: (engine: Engine) => number = () => 2;
  onTrain: (engine: Engine) => void = () => {};
  readonly now = () => this.clock.now();

  readonly connect = async (engine: Engine) => {
    this.connected.push(engine);
    this.alive += 1;
    this.mostAlive = Math.max(this.mostAlive, this.alive);
    let terminated = false;
    return {
      createSession: async () => this.#session(engine, () => terminated),
      terminate: () => {
        if (!terminated) this.alive -= 1;
        terminated = true;
      },
    };
  };

  #session(engine: Engine, terminated: () => boolean) {
    const session = new FakeSession(this.clock, 0);
    return {
      setData: async (images: Uint8Array, labels: Uint8Array) => {
        expect(images.length).toBe(labels.length * 784);
      },
      train: async (steps: number) => {
        this.onTrain(engine);
        if (terminated()) throw new GanvasError("worker_lost", "It was terminated.");
        const ms = steps * this.msPerStep(engine);
        this.clock.ms += ms;
        this.blocks.push(ms);
        return session.train(steps);
      },
      state: async () => ({
        step: session.step,
        epoch: 0,
        imagesSeen: 0,
        hasData: true,
        canTrain: true,
        flopsPerStep: FLOPS,
        nextHalf: "discriminator" as const,
        inStep: false,
      }),
      dispose: async () => {},
    };
  }
}

const names = (engines: readonly Engine[]) =>
  engines.map(({ tier, threads }) => `${tier} ${threads}`);
const cellNames = (cells: readonly Cell[]) =>
  cells.map(({ engine, preset }) => `${engine.tier} ${engine.threads} ${preset}`);

describe("the plan", () => {
  it("measures the engine in use first, then two presets on every other", () => {
    const { cells, engines } = planBenchmark(RELAXED, { ...FEATURES, processors: 2 });
    expect(cellNames(cells)).toEqual([
      "relaxed 1 quick",
      "relaxed 1 seed",
      "relaxed 1 mlp",
      "relaxed 1 dcgan",
      "scalar 1 quick",
      "scalar 1 seed",
      "simd 1 quick",
      "simd 1 seed",
      "relaxed 2 quick",
      "relaxed 2 seed",
    ]);
    expect(names(engines)).toEqual(["scalar 1", "simd 1", "relaxed 1", "relaxed 2"]);
  });

  it.each([
    [1, []],
    [2, ["simd 2"]],
    [6, ["simd 2", "simd 3"]],
    [64, ["simd 2", "simd 4"]],
  ])("on %d processors, measures the useful thread counts", (processors, threads) => {
    const { engines } = planBenchmark({ tier: "simd", threads: 1 }, { ...FEATURES, processors });
    expect(names(engines).filter((name) => !name.endsWith(" 1"))).toEqual(threads);
  });

  it("has no threads without shared memory", () => {
    const { engines } = planBenchmark(RELAXED, { ...FEATURES, threads: false });
    expect(names(engines)).toEqual(["scalar 1", "simd 1", "relaxed 1"]);
  });

  it("includes the engine from the address once, in order", () => {
    const { engines, cells } = planBenchmark({ tier: "simd", threads: 3 }, FEATURES);
    expect(names(engines)).toEqual([
      "scalar 1",
      "simd 1",
      "simd 2",
      "simd 3",
      "simd 4",
      "relaxed 1",
    ]);
    expect(new Set(cellNames(cells)).size).toBe(cells.length);
  });

  it("leaves out presets whose steps take seconds", () => {
    const { presets, cells } = planBenchmark({ tier: "scalar", threads: 1 }, FEATURES);
    expect(presets).not.toContain("dcgan");
    expect(cellNames(cells)).not.toContain("scalar 1 dcgan");
  });
});

describe("measuring", () => {
  it.each([0.05, 1, 7, 90, 2500])("finds the step rate for steps of %d ms", async (msPerStep) => {
    const trainers = new FakeTrainers();
    trainers.msPerStep = () => msPerStep;
    const figures = await measure(await trainers.connect(RELAXED), "seed", trainers.now);
    expect(figures.stepsPerSecond).toBeCloseTo(1000 / msPerStep, 6);
    expect(gigaflops(figures)).toBeCloseTo((FLOPS * 1000) / msPerStep / 1e9, 9);
    expect(Math.max(...trainers.blocks)).toBeLessThanOrEqual(Math.max(msPerStep, 205));
    // A step of several seconds is run once to warm up and once to measure.
    expect(trainers.clock.ms).toBeLessThan(Math.max(2000, 2 * msPerStep + 1));
  });

  it("does not count warm-up steps", async () => {
    const trainers = new FakeTrainers();
    trainers.msPerStep = () => (trainers.clock.ms < 450 ? 50 : 5);
    const trainer = await trainers.connect(RELAXED);
    const { stepsPerSecond } = await measure(trainer, "seed", trainers.now);
    expect(stepsPerSecond).toBeCloseTo(200, 6);
  });

  it("grows blocks at most fourfold, up to a tenth of a second", () => {
    expect(nextBlock(1, 0)).toBe(4);
    expect(nextBlock(10, 100)).toBe(10);
    expect(nextBlock(10, 400)).toBe(2);
    expect(nextBlock(1, 5000)).toBe(1);
  });
});

describe("a benchmark", () => {
  const { cells } = planBenchmark(RELAXED, { ...FEATURES, processors: 2 });

  function setUp() {
    const trainers = new FakeTrainers();
    const aborter = new AbortController();
    const seen: { cell: string; outcome: Outcome }[] = [];
    const outcomes = new Outcomes();
    const run = (connect: (engine: Engine) => ReturnType<FakeTrainers["connect"]>) =>
      runBenchmark(cells, {
        connect,
        now: trainers.now,
        signal: aborter.signal,
        report: (cell, outcome) => {
          outcomes.set(cell, outcome);
          seen.push({ cell: cellNames([cell])[0] ?? "", outcome });
        },
      });
    return { trainers, aborter, seen, outcomes, run };
  }

  it("uses one worker per engine, one at a time, and terminates them all", async () => {
    const { trainers, seen, run } = setUp();
    await run(trainers.connect);
    expect(names(trainers.connected)).toEqual(["relaxed 1", "scalar 1", "simd 1", "relaxed 2"]);
    expect(trainers.mostAlive).toBe(1);
    expect(trainers.alive).toBe(0);
    expect(seen.map(({ cell }) => cell)).toEqual(cellNames(cells).flatMap((cell) => [cell, cell]));
    expect(seen.map(({ outcome }) => outcome.status)).toEqual(
      cells.flatMap(() => ["measuring", "measured"]),
    );
  });

  it("continues after an engine that cannot run", async () => {
    const { trainers, outcomes, run } = setUp();
    await run(async (engine) => {
      if (engine.tier === "scalar") throw new GanvasError("tier_unavailable", "Not here.");
      return trainers.connect(engine);
    });
    const missing = { status: "failed", error: { code: "tier_unavailable", message: "Not here." } };
    for (const { engine, preset } of cells) {
      const outcome = outcomes.get(engine, preset);
      if (engine.tier === "scalar") expect(outcome).toEqual(missing);
      else expect(outcome.status).toBe("measured");
    }
  });

  it("starts a new worker after one is lost", async () => {
    const { trainers, outcomes, run } = setUp();
    let calls = 0;
    trainers.onTrain = () => {
      calls += 1;
      if (calls === 3) throw new GanvasError("worker_lost", "Out of memory.");
    };
    await run(trainers.connect);
    const statuses = cells.map(({ engine, preset }) => outcomes.get(engine, preset).status);
    expect(statuses).toEqual(["failed", ...Array(cells.length - 1).fill("measured")]);
    expect(names(trainers.connected).slice(0, 2)).toEqual(["relaxed 1", "relaxed 1"]);
    expect(trainers.alive).toBe(0);
  });

  it("terminates its worker when stopped, and keeps its results", async () => {
    const { trainers, aborter, outcomes, run } = setUp();
    trainers.onTrain = ({ tier }) => {
      if (tier === "scalar") aborter.abort();
    };
    await run(trainers.connect);
    expect(trainers.alive).toBe(0);
    expect(names(trainers.connected)).toEqual(["relaxed 1", "scalar 1"]);
    const statuses = cells.map(({ engine, preset }) => outcomes.get(engine, preset).status);
    expect(statuses).toEqual([...Array(4).fill("measured"), ...Array(6).fill("waiting")]);
  });

  it("does not wait for a worker that is still loading when stopped", async () => {
    const { trainers, aborter, run } = setUp();
    let loaded = (): void => {};
    const loading = new Promise<void>((resolve) => {
      loaded = resolve;
    });
    const stopped = run(async (engine) => {
      const late = await trainers.connect(engine);
      await loading;
      return late;
    });
    await Promise.resolve();
    aborter.abort();
    await stopped;
    expect(trainers.alive).toBe(1);
    loaded();
    await new Promise((resolve) => setTimeout(resolve));
    expect(trainers.alive).toBe(0);
  });
});

describe("the report", () => {
  const plan = planBenchmark(RELAXED, { ...FEATURES, threads: false });
  const words = {
    engine: "Engine",
    stepsPerSecond: "Steps/s",
    cores: "8 cores",
    describe: ({ tier, threads }: Engine) => `${tier}, ${threads}`,
    reason: ({ code }: { code: string }) => code,
    figure: (value: number) => value.toPrecision(3),
  };

  it("is a Markdown table of results and failures", () => {
    const outcomes = new Outcomes();
    const [first, second] = plan.cells;
    if (!first || !second) throw new Error("There is nothing to measure.");
    const figures = { stepsPerSecond: 250, flopsPerStep: 8e7 };
    outcomes.set(first, { status: "measured", figures });
    outcomes.set(second, { status: "failed", error: { code: "worker_lost", message: "" } });
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    expect(writeReport(plan, outcomes, agent, words)).toBe(
      [
        "Ganvas · Firefox 145.0 · 8 cores",
        "",
        "| Engine | GAN | Steps/s | GFLOP/s |",
        "| --- | --- | ---: | ---: |",
        "| relaxed, 1 | quick | 250 | 20.0 |",
        "| relaxed, 1 | seed | worker_lost |  |",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [
      "Chrome 142.0.0.0",
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    ],
    [
      "Edge 142.0.0.0",
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    ],
    [
      "Safari 18.4",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1",
    ],
    [
      "Chrome 142.0.7444.5",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.5 Mobile/15E148 Safari/604.1",
    ],
    ["Something/1.0", "Something/1.0"],
  ])("names %s", (name, agent) => {
    expect(browserName(agent)).toBe(name);
  });
});
