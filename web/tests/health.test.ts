// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Diagnoses of situations produced by the core: a healthy run, a discriminator far too fast, one
// that does not learn, and a generator that collapses.

import { beforeAll, describe, expect, it } from "vitest";
import type { SessionConfig } from "../engine/types";
import { type Digits, type Ganvas, loadGanvas, loadMnist } from "../index";
import { coverage } from "../ui/plane/coverage";
import { distance } from "../ui/plane/distance";
import { Curves } from "../ui/state/curves";
import {
  type Diagnosis,
  diagnose,
  type Match,
  recentMeans,
  type Situation,
  spreadOf,
} from "../ui/train/health";
import { MODULES_URL, mnistFiles } from "./real_assets";

let ganvas: Ganvas;
let digits: Digits;

beforeAll(async () => {
  ganvas = await loadGanvas({ baseUrl: MODULES_URL, threads: 1, tier: "simd" });
  digits = await loadMnist(mnistFiles(1000));
});

function situationOf(config: SessionConfig, steps: number): Situation {
  const session = ganvas.createSession({ ...config, examples: 1000 });
  session.setData(digits.images, digits.labels);
  const curves = new Curves();
  curves.add(session.train(steps).history);
  const classes = session.config().classes;
  const samples = session.sample({ count: 100, seed: 1 });
  session.dispose();
  const diversity = spreadOf(samples, 784, classes) / (classes > 0 ? 161 : 211);
  return {
    steps,
    probabilities: true,
    ...recentMeans(curves.table().mean, 50),
    diversity,
    match: null,
  };
}

describe("a recorded situation", () => {
  const CASES: readonly (readonly [string, Diagnosis, SessionConfig, number])[] = [
    ["a run's first steps", "starting", { preset: "quick" }, 10],
    ["the default run", "balanced", { preset: "quick" }, 300],
    [
      "a generator that hardly learns",
      "discriminator_wins",
      {
        preset: "seed",
        generator: { optimizer: { lr: 1e-6 } },
        discriminator: { optimizer: { lr: 2e-3 } },
      },
      300,
    ],
    [
      "a discriminator that does not learn",
      "generator_wins",
      { preset: "quick", discriminator: { optimizer: { lr: 0 } } },
      100,
    ],
    [
      "a generator with far too large steps",
      "collapse",
      { preset: "seed", generator: { optimizer: { lr: 0.05 } } },
      200,
    ],
  ];

  it.each(CASES)("of %s is diagnosed as %s", (_, diagnosis, config, steps) => {
    const situation = situationOf(config, steps);
    expect(diagnose(situation), JSON.stringify(situation)).toBe(diagnosis);
  });

  it("with outputs that are not probabilities is a critic", () => {
    const sure = { dReal: 0.99, dFake: 0.01, dFakeSpread: 0, lossG: 5, diversity: 1, match: null };
    expect(diagnose({ steps: 500, probabilities: true, ...sure })).toBe("discriminator_wins");
    expect(diagnose({ steps: 500, probabilities: false, ...sure })).toBe("critic");
    const guessing = { ...sure, dReal: 0.51, dFake: 0.5, steps: 500 };
    expect(diagnose({ ...guessing, probabilities: true })).toBe("generator_wins");
    expect(diagnose({ ...guessing, probabilities: true, match: pointsOnSpiral(0) })).toBe(
      "matched",
    );
  });
});

/** 400 points of the spiral, and 400 others without its innermost part. */
function pointsOnSpiral(missing: number): Match {
  const real = ganvas.drawPoints("spiral", { count: 400, seed: 1 });
  const others = ganvas.drawPoints("spiral", { count: 500, seed: 2 });
  const kept = others.filter((_, at) => {
    const [x = 0, y = 0] = others.subarray(at - (at % 2));
    return Math.hypot(x, y) >= missing;
  });
  const generated = kept.subarray(0, 800);
  return { distance: distance(real, generated), coverage: coverage(real, generated) };
}

describe("points that the discriminator cannot tell apart", () => {
  const guessing = {
    steps: 500,
    dReal: 0.51,
    dFake: 0.5,
    dFakeSpread: 0,
    lossG: 0.7,
    diversity: 1,
  };
  const situation = { ...guessing, probabilities: true };

  it("are matched only if every part of the data is covered", () => {
    expect(diagnose({ ...situation, match: pointsOnSpiral(0) })).toBe("matched");
    const incomplete = pointsOnSpiral(0.32);
    expect(incomplete.distance).toBeLessThan(0.008);
    expect(diagnose({ ...situation, match: incomplete })).toBe("incomplete");
    expect(diagnose({ ...situation, match: pointsOnSpiral(0.6) })).toBe("generator_wins");
  });
});

describe("spreadOf", () => {
  it("is the variance among samples, summed over the pixels", () => {
    // Two pixels with variances 1 and 4 over three samples.
    expect(spreadOf([0, 0, 1, 2, 2, 4], 2, 0)).toBeCloseTo(5, 12);
    expect(spreadOf([7, 7, 7, 7], 2, 0)).toBe(0);
  });

  it("with classes counts only differences within a class", () => {
    // Samples 0 and 2 have class 0, 1 and 3 class 1.
    expect(spreadOf([0, 9, 0, 9], 1, 2)).toBe(0);
    expect(spreadOf([0, 9, 2, 9], 1, 2)).toBeCloseTo(1, 12);
  });

  it("of real digits equals the page's constants", () => {
    const values = Float32Array.from(digits.images, (byte) => byte / 127.5 - 1);
    expect(spreadOf(values, 784, 0) / 211).toBeCloseTo(1, 1);
  });
});
