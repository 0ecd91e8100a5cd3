// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn's experiments: measurements of samples and gradients, and a short run of each with the
// compiled core. How often they show the intended effect is measured by
// tests/bench/experiments.mjs.

import { beforeAll, describe, expect, it } from "vitest";
import { type Ganvas, loadGanvas } from "../engine/loader";
import { type Digits, loadMnist } from "../engine/mnist";
import type { SessionConfig } from "../engine/types";
import {
  compareGradients,
  ExperimentRun,
  type Reader,
  type Subject,
  shareReadable,
  spotsReached,
} from "../lessons/experiment_run";
import { ALL_EXPERIMENTS, type Experiment } from "../lessons/experiments";
import { english } from "../ui/learn/texts_en";
import { chinese } from "../ui/learn/texts_zh_hans";
import { mnistFiles } from "./real_assets";

const EXAMPLES = 500;

let ganvas: Ganvas;
let digits: Digits;

beforeAll(async () => {
  digits = await loadMnist(mnistFiles(EXAMPLES));
  ganvas = await loadGanvas({ tier: "simd", threads: 1 });
}, 60_000);

function subject(config: SessionConfig, { data }: Experiment): Subject {
  const session = ganvas.createSession({ ...config, seed: 1, examples: EXAMPLES });
  if (data === "ring") session.setPoints(ganvas.drawPoints("ring", { count: EXAMPLES, seed: 1 }));
  else session.setData(digits.images, digits.labels);
  return { session, advance: async (steps) => session.train(steps).history };
}

/** Reads every image as a 3. */
const onlyThrees: Reader = (images) => ({
  classes: new Uint8Array(images.length / 784).fill(3),
  confidences: new Float32Array(images.length / 784).fill(1),
});

function runOf(experiment: Experiment, changed = (): void => {}): ExperimentRun {
  const healthy = subject(experiment.healthy, experiment);
  const broken = subject(experiment.broken, experiment);
  return new ExperimentRun(experiment, { healthy, broken }, onlyThrees, changed);
}

describe("measurements", () => {
  it("find all eight spots in the real points, and one for a clump on one spot", () => {
    const { modes, onSpots } = spotsReached(ganvas.drawPoints("ring", { count: 4000, seed: 3 }));
    expect(modes).toBe(8);
    // A round 2-d Gaussian has 1 - exp(-9 / 2) of its points within three standard deviations.
    expect(onSpots).toBeCloseTo(1 - Math.exp(-4.5), 2);
    const heap = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0 : 0.7));
    expect(spotsReached(heap)).toEqual({ modes: 1, onSpots: 1 });
    expect(spotsReached(new Float32Array(200))).toEqual({ modes: 0, onSpots: 0 });
  });

  it("count a digit as readable if it matches its column", () => {
    const classes = Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(shareReadable({ classes, confidences: new Float32Array(20) })).toBe(11 / 20);
  });

  it("compare a leak with the gradient it was added to", () => {
    const leak = Float32Array.of(0, -3, 0);
    expect(compareGradients(leak, Float32Array.of(0, 1, 0))).toEqual({ cosine: -1, left: 0.25 });
    const across = compareGradients(leak, Float32Array.of(4, -3, 0));
    expect(across.cosine).toBeCloseTo(0, 12);
    expect(across.left).toBeCloseTo(5 / 4, 6);
  });

  it("compare the gradient that leaks from lossD with lossG's", async () => {
    const { detach } = ALL_EXPERIMENTS;
    const run = runOf({ ...detach, steps: 4, every: 2 });
    await run.run();
    for (const side of ["healthy", "broken"] as const)
      expect(run.side(side).measurements.length).toBe(2);
    for (const { figures } of run.side("broken").measurements) {
      // With a Wasserstein loss they differ only by one update of D.
      expect(figures.cosine).toBeLessThan(-0.5);
    }
    expect(
      run.side("healthy").measurements.every(({ figures }) => figures.cosine === undefined),
    ).toBe(true);
  });
});

describe("an experiment", () => {
  it("keeps both runs at the same step and measures each", async () => {
    for (const experiment of Object.values(ALL_EXPERIMENTS)) {
      let changes = 0;
      const run = runOf({ ...experiment, steps: 5, every: 2 }, () => {
        changes += 1;
      });
      expect(run.findings()).toBeNull();
      await run.run();
      expect(changes).toBe(3);
      for (const side of ["healthy", "broken"] as const) {
        const { measurements, samples, failed } = run.side(side);
        expect(measurements.map(({ step }) => step)).toEqual([2, 4, 5]);
        expect(failed).toBe(false);
        expect(samples.length).toBe(experiment.data === "ring" ? 512 * 2 : 100 * 784);
        const wanted = experiment.figures.filter((name) => name !== "cosine" && name !== "left");
        for (const name of wanted) expect(measurements.at(-1)?.figures[name]).not.toBeUndefined();
      }
      expect(run.findings()).toMatchObject({ steps: 5 });
    }
  });

  it("finds the last means of the losses, and the median of what one step says", async () => {
    const norms = [1, 9, 2];
    const made = (): Subject => {
      let measured = 0;
      const inspect = () => {
        const gradientNorm = norms[measured] ?? 0;
        measured += 1;
        return { generator: [{ gradientNorm }] };
      };
      const session = { inspect, sample: () => new Float32Array(4) };
      const advance = async () => Float32Array.of(1, 2, 3, 4, 1, 4, 3, 8);
      return { session, advance } as unknown as Subject;
    };
    const experiment = { ...ALL_EXPERIMENTS.collapse, data: "ring", steps: 6, every: 2 } as const;
    const sides = { healthy: made(), broken: made() };
    const run = new ExperimentRun(experiment, sides, onlyThrees, () => {});
    await run.run();
    expect(run.findings()?.healthy).toMatchObject({ lossG: 3, dFake: 6, gradientG: 2 });
  });

  it("stops on request", async () => {
    const run: ExperimentRun = runOf(ALL_EXPERIMENTS.collapse, () => run.stop());
    await run.run();
    expect(run.step).toBe(ALL_EXPERIMENTS.collapse.every);
  });

  it("trains exactly as a run without measurements", async () => {
    const { detach } = ALL_EXPERIMENTS;
    const run = runOf({ ...detach, steps: 6, every: 3 });
    await run.run();
    const { session, advance } = subject(detach.broken, detach);
    await advance(6);
    const samples = await session.sample({ count: 512, seed: 1 });
    expect(run.side("broken").samples).toEqual(samples);
  });

  it("reports a diverged run and continues the other", async () => {
    const { collapse, detach } = ALL_EXPERIMENTS;
    const optimizer = { type: "sgd", lr: 99, momentum: 0.9 } as const;
    const { layers } = detach.healthy.discriminator ?? {};
    const broken: SessionConfig = {
      ...detach.healthy,
      gradient_penalty: 0,
      generator: { optimizer },
      discriminator: { ...(layers && { layers }), optimizer },
    };
    const run = runOf({ ...collapse, broken, steps: 400, every: 200 });
    await run.run();
    expect(run.side("broken").failed).toBe(true);
    expect(run.side("healthy").measurements.length).toBe(2);
  });

  it("has a verdict in both languages for any figures", () => {
    const figures = {
      modes: 8,
      onSpots: 0.86,
      readable: 0.67,
      dFake: 0.1,
      gradientG: 6,
      cosine: -0.96,
    };
    for (const { experiments } of [english, chinese]) {
      for (const { verdict } of Object.values(experiments)) {
        const textFor = (shown: boolean): string =>
          verdict({ steps: 400, healthy: figures, broken: figures, shown }).join(" ");
        expect(textFor(true)).toMatch(/8|86|67/);
        expect(textFor(true)).not.toBe(textFor(false));
        expect(textFor(true)).not.toMatch(/NaN|undefined/);
      }
    }
  });
});
